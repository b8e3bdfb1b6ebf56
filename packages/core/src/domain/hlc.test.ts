import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { HLC_ZERO, type Hlc, MAX_DRIFT_MS, advance, compareHlc, hlcFromBytes, hlcToBytes, receive } from './hlc.ts';

const wallClock = fc.integer({ min: 0, max: 2 ** 47 });
const stamp = fc.record({ ms: wallClock, counter: fc.integer({ min: 0, max: 0xffff }) });

test('local stamps rise whatever the wall clock does, also through a full counter', () => {
  fc.assert(
    fc.property(fc.option(stamp), fc.array(wallClock), (start, times) => {
      let last: Hlc = start ?? HLC_ZERO;
      for (const now of times) {
        const next = advance(last, now);
        assert.ok(compareHlc(last, next) < 0 && next.counter <= 0xffff);
        last = next;
      }
    }),
  );
});

test("a peer's stamp is passed, or refused where it lies too far in the future", () => {
  fc.assert(
    fc.property(stamp, stamp, wallClock, (last, remote, now) => {
      const next = receive(last, remote, now);
      if (remote.ms > now + MAX_DRIFT_MS) return assert.equal(next, undefined);
      assert.ok(next && compareHlc(last, next) < 0 && compareHlc(remote, next) < 0);
    }),
  );
});

test('bytes keep the stamp and its order', () => {
  fc.assert(
    fc.property(stamp, stamp, (a, b) => {
      assert.equal(compareHlc(hlcFromBytes(hlcToBytes(a)), a), 0);
      assert.equal(Math.sign(Buffer.compare(hlcToBytes(a), hlcToBytes(b))), Math.sign(compareHlc(a, b)));
    }),
  );
});
