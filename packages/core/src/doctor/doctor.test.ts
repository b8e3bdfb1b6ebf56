import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SdError } from '../errors.ts';
import { HEALTHY_LIBRARY, HEALTHY_SURVEY, NOW, doctorWorld, job, location } from '../testing/doctor-world.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { diagnose } from './doctor.ts';
import type { DoctorWorld } from './world.ts';

/** What is not well, as `state check: seen → way out`. */
async function ills(ill: Partial<DoctorWorld>): Promise<string[]> {
  const findings = await diagnose(doctorWorld(ill));
  return findings
    .filter(({ state }) => state !== 'ok')
    .map(({ state, check, seen, way_out }) => `${state} ${check}: ${seen} → ${way_out}`);
}

test('where all is well, every check says what it saw', async () => {
  const findings = await diagnose(doctorWorld());
  assert.deepEqual([...new Set(findings.map(({ state }) => state))], ['ok']);
  assert.ok(findings.length >= 12 && findings.every(({ seen }) => seen !== ''));
});

test('every ill is told by one finding with a way out', async () => {
  const day = 86_400_000;
  const cases: [Partial<DoctorWorld>, RegExp][] = [
    [
      { files: { facts: () => undefined, isPrivate: () => false, listFolder() {} } },
      /^problem data folder: .* → chmod 700 \/data$/,
    ],
    [{ libraries: () => [{ ...HEALTHY_LIBRARY, state: 'damaged', reason: 'bad' }] }, /^problem key of "Photos": bad/],
    [
      { survey: async () => ({ ...HEALTHY_SURVEY, problems: ['names: broken'] }) },
      /^problem databases of "Photos": names: broken/,
    ],
    [
      { survey: async () => ({ ...HEALTHY_SURVEY, clock_ms: NOW + 3 * 3_600_000 }) },
      /^warning clock of "Photos": .* 3 h behind/,
    ],
    [{ lastBackup: async () => undefined }, /^warning backup of "Photos": there is none → sd library backup/],
    [{ lastBackup: async () => NOW - 31 * day }, /^warning backup .* 31 days old/],
    [
      { locations: () => [{ library: 'x', view: location({ state: 'offline' }) }] },
      /^warning location "Pictures": it is offline/,
    ],
    [{ locations: () => [{ library: 'x', view: location({ state: 'unreadable' }) }] }, /^problem location/],
    [
      {
        locations: () => [
          {
            library: 'x',
            view: location({
              state: 'needs_attention',
              attention: { reason: 'would_remove', would_remove: 7, of: 9, since: NOW },
            }),
          },
        ],
      },
      /^warning .* 7 of 9 entries .* → sd location accept/,
    ],
    [
      {
        locations: () => [
          {
            library: 'x',
            view: location({}),
            watch: { state: 'partial', folders: 90, watched: 40, poll_ms: 60_000, reason: 'sysctl x' },
          },
        ],
      },
      /^warning changes in "Pictures": 40 of 90 folders are watched, the rest is looked at every 60 s → sysctl x$/,
    ],
    [
      { watchLimits: () => ({ watches: 100, used: 95, raise: 'sysctl y' }) },
      /^warning watches: 95 of 100 .* → sysctl y$/,
    ],
    [
      { survey: async () => ({ ...HEALTHY_SURVEY, sidecars: { ...HEALTHY_SURVEY.sidecars, orphans: 4_000 } }) },
      /^warning sidecars .* → sd sidecar sweep$/,
    ],
    [
      { survey: async () => ({ ...HEALTHY_SURVEY, sidecars: { ...HEALTHY_SURVEY.sidecars, sample: ['a', 'b'] } }) },
      /^warning sidecars .*: 2 of 2 .* → sd sidecar sweep && sd sidecar make$/,
    ],
    [
      { jobs: () => [job({ state: 'failed', error: { code: 'IO', message: 'bad disk' } })] },
      /^warning job "Pictures" .*failed: bad disk → sd job retry/,
    ],
  ];
  for (const [ill, expected] of cases) {
    const found = await ills(ill);
    assert.equal(found.length, 1, `${expected}: ${found.join('\n')}`);
    assert.match(found[0] ?? '', expected);
  }
});

test('little room is a warning, hardly any a problem', async () => {
  const states = async (free: number): Promise<string[]> =>
    (await diagnose(doctorWorld({ space: async () => ({ free, total: 1e12 }) })))
      .filter(({ check }) => check.startsWith('disk space'))
      .map(({ state }) => state);
  assert.deepEqual(await states(1e9), ['warning', 'warning']);
  assert.deepEqual(await states(1e8), ['problem', 'problem']);
});

test('a failed job that was repeated with success, or is old, is over', async () => {
  const failed = job({ state: 'failed', ended_at: NOW - 10 });
  assert.deepEqual(await ills({ jobs: () => [job({ ended_at: NOW - 5 }), failed] }), []);
  assert.deepEqual(await ills({ jobs: () => [{ ...failed, ended_at: NOW - 8 * 86_400_000 }] }), []);
});

test('a check that fails or hangs is a finding, and the others are made', async () => {
  const failed = await ills({ space: () => Promise.reject(new SdError('IO', 'the disk is dead')) });
  assert.deepEqual([failed.length, failed.every((line) => line.includes('the disk is dead'))], [2, true]);
  const clock = new ManualClock(NOW);
  const hangs = diagnose(doctorWorld({ clock, host: () => new Promise(() => {}) }), 1_000);
  // The others have answered, and taken their timers back.
  while (clock.timers > 1) await new Promise((resolve) => setImmediate(resolve));
  clock.pass(1_000);
  const late = (await hangs).filter(({ state }) => state !== 'ok');
  assert.deepEqual(
    late.map(({ check, seen }) => [check, seen]),
    [['daemon', 'it did not answer within 1 s']],
  );
});
