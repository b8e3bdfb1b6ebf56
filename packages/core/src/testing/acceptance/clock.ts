import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Clock } from '../../ports/clock.ts';
import type { Random } from '../../ports/random.ts';

/** What every `Clock` port does. */
export function clockAcceptance(name: string, clock: Clock): void {
  describe(`${name}: Clock`, () => {
    test('the time is in whole milliseconds of this age, and durations only grow', () => {
      assert.ok(Number.isInteger(clock.now()) && clock.now() > Date.UTC(2025, 0));
      let last = clock.monotonic();
      for (let look = 0; look < 1000; look++) {
        const now = clock.monotonic();
        assert.ok(now >= last);
        last = now;
      }
    });

    test('what is due later is called once, what is cancelled never', async () => {
      const called: string[] = [];
      const cancel = clock.after(1, () => called.push('cancelled'));
      cancel();
      // Timers of a port keep no process alive: something else has to, until this one has come.
      const alive = setInterval(() => {}, 1000);
      await new Promise<void>((resolve) => clock.after(5, () => (called.push('due'), resolve())));
      clearInterval(alive);
      assert.deepEqual(called, ['due']);
    });
  });
}

/** What every `Random` port does. */
export function randomAcceptance(name: string, random: Random): void {
  test(`${name}: Random: as many bytes as asked for, never the same`, () => {
    assert.equal(random.bytes(0).length, 0);
    const seen = new Set(Array.from({ length: 1000 }, () => random.bytes(16).join()));
    assert.equal(seen.size, 1000);
    const counts = new Uint32Array(256);
    for (const byte of random.bytes(65_536)) counts[byte]!++;
    assert.ok(
      counts.every((count) => count > 100),
      'every value comes up',
    );
  });
}
