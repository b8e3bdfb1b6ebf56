import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { readFiles as files } from '@sd/platform-node/read-files.ts';
import { nodeUserFiles } from '@sd/platform-node/user-files/user-files.ts';
import fc from 'fast-check';
import type { FoundStep } from '../../db/actions/steps.ts';
import { SdError } from '../../errors.ts';
import type { ThreadPlatform } from '../../platform.ts';
import type { UserFiles } from '../../ports/user-files.ts';
import type { WorkerPort } from '../../ports/workers.ts';
import { factsOf } from '../facts-of.ts';
import { copierRole } from './copier-worker.ts';
import { CopyTeam } from './copy-team.ts';
import { Portion } from './portion.ts';
import type { CarryWorld } from './world.ts';

const FILES = 20;
const event = fc.record({
  at: fc.integer({ min: 0, max: FILES - 1 }),
  what: fc.constantFrom('ends all', 'fails', 'stops'),
});
const story = fc.record({
  /** What happens at which copy, whoever makes it. */
  events: fc.uniqueArray(event, { maxLength: 3, selector: ({ at }) => at }),
  /** They are as good as large: this thread makes them, and before the others. */
  large: fc.uniqueArray(fc.integer({ min: 0, max: FILES - 1 }), { maxLength: 6 }),
  /** The other has turns before this thread begins with its part; else it finds what that has left. */
  otherFirst: fc.boolean(),
  /** Somebody decides that it is not to be done after all. */
  left: fc.boolean(),
});

/** A user's files where a copy goes as its event says, and the other thread, in this one. */
function aTeam(context: { stop: Int32Array; events: ReadonlyMap<number, string>; copied: string[] }) {
  const userFiles: UserFiles = {
    ...nodeUserFiles,
    copy: (from, to, onBytes) => {
      context.copied.push(from);
      const what = context.events.get(Number(from.slice(from.lastIndexOf('/') + 1)));
      if (what === 'ends all') throw new SdError('DISK_FULL', 'no room left');
      if (what === 'fails') throw new SdError('NOT_READABLE', 'not for you');
      if (what === 'stops') Atomics.store(context.stop, 0, 1);
      return nodeUserFiles.copy(from, to, onBytes);
    },
  };
  const { port1, port2 } = new MessageChannel();
  let open: (message: unknown) => void = () => {};
  const port: WorkerPort = { post: () => {}, onMessage: (listener) => void (open = listener) };
  copierRole({ files, userFiles: async () => userFiles } as unknown as ThreadPlatform, port);
  open({ type: 'open', port: port2 });
  return { userFiles, team: new CopyTeam(port1) };
}

test('of copies that two threads make, all up to what ends them are there once, and nothing of those after it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sd-portion-'));
  try {
    for (let at = 0; at < FILES; at++) writeFileSync(`${folder}/${at}`, `bytes of ${at}`);
    await fc.assert(
      fc.asyncProperty(story, async ({ events, large, otherFirst, left }) => {
        const to = mkdtempSync(`${folder}/to-`);
        const stop = new SharedArrayBuffer(4);
        const copied: string[] = [];
        const parts = {
          to,
          stop: new Int32Array(stop),
          events: new Map(events.map(({ at, what }) => [at, what])),
          copied,
        };
        const { userFiles, team } = aTeam(parts);
        const world = {
          files,
          userFiles,
          stop,
          stopped: () => Atomics.load(parts.stop, 0) !== 0,
          working: () => {},
          places: { check: () => {} },
        } as unknown as CarryWorld;
        const portion = new Portion({ world, team, settle: () => {} });
        for (let at = 0; at < FILES; at++) {
          const facts = files.facts(`${folder}/${at}`);
          assert.ok(facts);
          const step = {
            seq: at,
            kind: 'copy',
            facts: factsOf(facts),
            conflict: 'none',
            state: 'waiting',
          } as FoundStep;
          const size = large.includes(at) ? 2 ** 30 : facts.size;
          portion.add({ step, task: { source: `${folder}/${at}`, path: `${to}/${at}`, inside: false, size } });
        }
        portion.begin();
        for (let turns = 0; otherFirst && turns < 5; turns++) await new Promise((resolve) => setImmediate(resolve));
        if (left) portion.leave();
        const { ready, settled, stopped, failure } = await portion.whole();
        team.close();

        assert.deepEqual(new Set(copied).size, copied.length, 'none is copied twice');
        const seqs = [...ready, ...settled].map(({ step }) => step.seq).sort((a, b) => a - b);
        assert.deepEqual(
          seqs,
          Array.from(seqs, (_, at) => at),
          'all before the end, none after it',
        );
        assert.deepEqual(
          readdirSync(to).sort(),
          ready.map(({ step }) => `${step.seq}`).sort(),
          'what is there is what is ready',
        );
        for (const { step, made } of ready) {
          assert.equal(readFileSync(made?.path ?? '', 'utf8'), `bytes of ${step.seq}`);
          assert.deepEqual(made?.facts, files.facts(made?.path ?? ''));
        }
        for (const one of settled) assert.equal(parts.events.get(one.step.seq), 'fails');
        if (failure) assert.equal(failure.code, 'DISK_FULL');
        if (!stopped && !failure) assert.equal(seqs.length, FILES);
      }),
      { numRuns: Number(process.env['SD_FUZZ'] ?? 1) * 60 },
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});
