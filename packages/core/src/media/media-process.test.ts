import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SdError } from '../errors.ts';
import type { MediaRequest } from '../ports/media.ts';
import type { Worker } from '../ports/workers.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { FILE_LIMITS } from './limits.ts';
import { FileKilledProcess, MediaProcess } from './media-process.ts';

const REQUEST: MediaRequest = {
  path: '/a.jpg',
  name: 'a.jpg',
  size: 1,
  wants: ['facts', 'text'],
  limits: { ...FILE_LIMITS, textLength: 3 },
};

/** A process that has used `cpu` seconds when its limit runs out, and answers nothing. */
function silentProcess(cpu: number | undefined): { media: MediaProcess; clock: ManualClock } {
  let asked = 0;
  const clock = new ManualClock();
  const worker: Worker = {
    post: () => {},
    onMessage: () => {},
    onExit: () => {},
    terminate: async () => {},
    // What it used for the files before counts for nothing.
    cpuSeconds: () => (asked++ === 0 ? 100 : cpu === undefined ? undefined : 100 + cpu),
  };
  return { media: new MediaProcess(worker, clock), clock };
}

/** A process that answers each request with `outcome`, or ends with an error in its place. */
function processThat(answers: { outcome: unknown } | { ends: Error }): { media: MediaProcess; terminated(): boolean } {
  let hears = (_message: unknown): void => {};
  let ends = (_error: Error | undefined): void => {};
  let terminated = false;
  const worker: Worker = {
    post: () => queueMicrotask(() => ('ends' in answers ? ends(answers.ends) : hears({ type: 'read', ...answers }))),
    onMessage: (listener) => void (hears = listener),
    onExit: (listener) => void (ends = listener),
    terminate: async () => void (terminated = true),
  };
  return { media: new MediaProcess(worker, new ManualClock()), terminated: () => terminated };
}

test('an answer is believed as far as it is one; a text is no longer than it was to be', async () => {
  const { media } = processThat({ outcome: { text: 'abcdef', problems: [], more: 'x' } });
  assert.deepEqual(await media.read(REQUEST), { text: 'abc', problems: [] });
  assert.equal(media.ended, false);
});

test('a process that answers what no reader does reads no other file', async () => {
  const answers = [
    undefined,
    'x',
    {},
    { problems: [{ want: 'facts' }] },
    { problems: [], text: 7 },
    { problems: [], images: [{ kind: 'thumbnail_256', bytes: 'RIFF' }] },
    { problems: [], images: [{ kind: '../x', bytes: new Uint8Array(1) }] },
    { problems: [], images: [{ kind: 'thumbnail_256', bytes: new Uint8Array(17 * 2 ** 20) }] },
  ];
  for (const outcome of answers) {
    const { media, terminated } = processThat({ outcome });
    await assert.rejects(media.read(REQUEST), FileKilledProcess);
    assert.deepEqual([media.ended, terminated()], [true, true]);
  }
});

test('where no process can be started, the file is not blamed', async () => {
  const none = processThat({ ends: new SdError('IO', 'no process could be started') });
  await assert.rejects(none.media.read(REQUEST), { code: 'IO' });
  const died = processThat({ ends: new Error('SIGSEGV') });
  await assert.rejects(died.media.read(REQUEST), FileKilledProcess);
});

test('a process that only starts slowly has time to; one that never answers is no fault of ours', async () => {
  const { media, clock } = silentProcess(0);
  const asked = assert.rejects(media.tools(), { code: 'UNAVAILABLE' });
  clock.pass(29_000);
  assert.equal(media.ended, false);
  clock.pass(1_000);
  await asked;
  assert.equal(media.ended, true);
});

test('where the process has computed for little of its time, or the system has ended it, the file is in doubt only', async () => {
  for (const [cpu, doubtful] of [
    [0.3, true],
    [31, false],
    [undefined, false],
  ] as const) {
    const { media, clock } = silentProcess(cpu);
    const read = assert.rejects(media.read(REQUEST), { name: 'Error', doubtful, message: /longer than 32 seconds/ });
    clock.pass(32_000);
    await read;
  }
  const killed = processThat({ ends: new SdError('UNAVAILABLE', 'it was ended by SIGKILL') });
  await assert.rejects(killed.media.read(REQUEST), { doubtful: true, message: /SIGKILL/ });
  const died = processThat({ ends: new SdError('LIMIT', 'it took more than 250 MiB of memory') });
  await assert.rejects(died.media.read(REQUEST), { doubtful: false });
});
