import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Stretch } from '../../db/actions/stretches.ts';
import { USUAL_PACE, msOf, paceOf } from './pace.ts';

const runs = { numRuns: Number(process.env['SD_FUZZ'] ?? 1) * 100 };
const steps = fc.integer({ min: 1, max: 1e7 });
const bytes = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 1e15 }));
const stretch: fc.Arbitrary<Stretch> = fc.record({ steps, bytes, ms: fc.double({ min: 1, max: 1e9, noNaN: true }) });
const stretches = fc.array(stretch, { maxLength: 8 });

test('whatever was seen: a time is above zero, and grows with files and with bytes', () => {
  const check = (seen: readonly Stretch[], some: number, written: number, more: number): void => {
    const pace = paceOf(seen);
    const ms = msOf({ steps: some, bytes: written }, pace);
    assert.ok(Number.isFinite(ms) && ms > 0);
    assert.ok(msOf({ steps: some + more, bytes: written }, pace) > ms || pace.step * more < ms * Number.EPSILON);
    assert.ok(msOf({ steps: some, bytes: written + more }, pace) > ms || pace.byte * more < ms * Number.EPSILON);
  };
  fc.assert(fc.property(stretches, steps, bytes, steps, check), runs);
});

test('a disk of any pace is learned from a copy of many files and one of many bytes', () => {
  const factor = fc.double({ min: 0.05, max: 100, noNaN: true });
  const check = (slower: number, slowerBytes: number): void => {
    const real = { step: USUAL_PACE.step * slower, byte: USUAL_PACE.byte * slowerBytes };
    const done = [
      { steps: 20_000, bytes: 20_000_000 },
      { steps: 10, bytes: 20_000_000_000 },
    ];
    const pace = paceOf(done.map((work) => ({ ...work, ms: msOf(work, real) })));
    for (const work of [...done, { steps: 5_000, bytes: 5_000_000_000 }]) {
      const off = msOf(work, pace) / msOf(work, real);
      assert.ok(off > 0.8 && off < 1.25, `${off} times as long`);
    }
  };
  fc.assert(fc.property(factor, factor, check), runs);
});

test('of one copy the same again takes as long; nothing seen is a plain disk', () => {
  const seen = { steps: 19_623, bytes: 380_000_000, ms: 12_000 };
  assert.ok(Math.abs(msOf(seen, paceOf([seen])) - seen.ms) < 1);
  assert.deepEqual(paceOf([]), USUAL_PACE);
});
