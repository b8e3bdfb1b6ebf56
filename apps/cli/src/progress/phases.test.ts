import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JobInfo } from '../wire.ts';
import { colorsIf } from '../output/colors.ts';
import { barAndFacts } from './bar.ts';
import { phaseFacts, phaseName, phaseOutcome, phaseOver, phaseShare, whatIsWaitedFor } from './phases.ts';

const job = (progress: Partial<JobInfo['progress']>, state: JobInfo['state'] = 'running'): JobInfo => ({
  id: 'a',
  kind: 'locations.index',
  library: 'b',
  subject: 'Pictures',
  input: {},
  priority: 'user',
  state,
  progress: { phase: 'discover', done: 0, bytes: 0, rate: 0, ...progress },
  created_at: 0,
});

test('a phase without an end says how far it is, one with an end how far it has to go', () => {
  const looking = job({ done: 12_345, bytes: 1.2e9, rate: 98_765.4 });
  assert.equal(phaseName(looking), 'Looking for files');
  assert.deepEqual(phaseFacts(looking), ['12,345 entries', '1.2 GB', '98,765 entries/s']);
  assert.equal(phaseShare(looking), undefined);
  const reading = job({
    phase: 'extract',
    done: 50,
    total: 200,
    bytes: 1e6,
    bytes_total: 1e7,
    rate: 12,
    remaining_ms: 61_000,
  });
  assert.deepEqual(phaseFacts(reading), ['50 of 200 files', '1.0 MB of 10.0 MB', '12 files/s', '1:01 left']);
  assert.equal(phaseShare(reading), 0.1);
});

test('what is over says what it did, or nothing', () => {
  assert.deepEqual(
    [phaseOver(job({})), phaseOver(job({ phase: 'extract' })), phaseOver(job({ phase: 'cleanup' }))],
    ['Looked for files', 'Read contents', undefined],
  );
  assert.equal(phaseOutcome(job({ done: 1, bytes: 5 })), 'found 1 entry, 5 B');
  assert.equal(phaseOutcome(job({ phase: 'extract', done: 3 })), 'read 3 files');
  assert.equal(phaseOutcome(job({ phase: 'extract' })), undefined);
  assert.equal(phaseOutcome(job({ phase: 'cleanup', done: 3 })), undefined);
});

test('a job that does nothing says why', () => {
  assert.equal(phaseName(job({}, 'queued')), 'Waiting');
  const error = { code: 'DISK_FULL', message: 'no room left on the disk' };
  const waiting = { ...job({}, 'queued'), error, next_try_at: Date.now() + 20_000 };
  assert.deepEqual(
    [phaseName(waiting), ...phaseFacts(waiting)],
    ['Waiting', 'no room left on the disk', 'next try in 0:20'],
  );
  assert.equal(barAndFacts(waiting, undefined, { columns: 12, bar: 5, colors: colorsIf(false) }), 'no room lef…');
  const wayOut = { ...waiting, error: { ...error, way_out: 'make room' } };
  assert.deepEqual(whatIsWaitedFor(wayOut), ['no room left on the disk', '  → make room']);
  assert.equal(whatIsWaitedFor(job({}, 'queued')), undefined);
  assert.deepEqual(phaseFacts({ ...job({}, 'queued'), after: ['a', 'b'] }), ['for 2 other jobs']);
});

test('a phase that is not known is shown as it is called', () => {
  assert.equal(phaseName(job({ phase: 'making_thumbnails' })), 'Making thumbnails');
});

test('a plan that is carried out is as far as its bytes are', () => {
  const progress = { phase: 'carry out', done: 0, total: 1, bytes: 5, bytes_total: 10 };
  const copying = { ...job(progress), subject: 'Copy "a" to /b' };
  assert.deepEqual([phaseName(copying), phaseShare(copying)], ['Copying', 0.5]);
  assert.equal(phaseName({ ...copying, subject: 'Set the times of "a"' }), 'Working');
});
