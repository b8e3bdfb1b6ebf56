import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BenchDaemon } from './daemon.ts';
import { type Row, atMost, median, told } from './row.ts';
import { once } from './trees.ts';

const PER_FOLDER = 1_000;
/** Memory that is mounted almost everywhere: another file system, on which nothing is written here. */
const ELSEWHERE = '/dev/shm';

/** What a person waits for before and after they say yes to moving `files` files. */
export async function benchPlans(trees: string, files: number, rounds: number): Promise<Row[]> {
  const top = filesToMove(trees, files);
  const daemon = await BenchDaemon.start();
  try {
    await daemon.index(top, 'shallow');
    const big = join(top, 'big');
    return [
      atMost(
        `preview of a move of ${files} indexed files, on their file system`,
        await preview(daemon, big, join(top, 'to'), rounds),
        1_000,
        ' ms',
      ),
      await acrossFileSystems(daemon, big, files, rounds),
      await commits(daemon, top, rounds),
    ];
  } finally {
    await daemon.stop();
  }
}

function filesToMove(trees: string, files: number): string {
  return once(trees, `plans-${files}`, (path) => {
    mkdirSync(join(path, 'to'), { recursive: true });
    for (let index = 0; index < files; index++) {
      const folder = join(path, 'big', `folder-${Math.floor(index / PER_FOLDER)}`);
      if (index % PER_FOLDER === 0) mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, `file-${index}.txt`), '');
    }
  });
}

async function acrossFileSystems(daemon: BenchDaemon, big: string, files: number, rounds: number): Promise<Row> {
  const work = `preview of a move of ${files} indexed files to another file system, a step each`;
  let elsewhere: string;
  try {
    elsewhere = mkdtempSync(join(realpathSync(ELSEWHERE), 'sd-bench-'));
  } catch {
    return told(work, `not measured: ${ELSEWHERE} is not there`);
  }
  try {
    if (statSync(elsewhere).dev === statSync(big).dev) return told(work, 'not measured: there is one file system only');
    return atMost(work, await preview(daemon, big, elsewhere, rounds), 1_000, ' ms');
  } finally {
    rmSync(elsewhere, { recursive: true });
  }
}

/** Milliseconds a client waits; the first starts the thread and is not counted. */
async function preview({ client }: BenchDaemon, source: string, to: string, rounds: number): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const started = performance.now();
    await client.call('preview:entries.move', { sources: [source], to });
    if (round > 0) times.push(performance.now() - started);
  }
  return median(times);
}

/** From saying yes until the job has ended, against the bare rename. There and back: the tree stays what it was. */
async function commits(daemon: BenchDaemon, top: string, rounds: number): Promise<Row> {
  const [here, there] = [join(top, 'big'), join(top, 'to', 'big')];
  const [ours, bare]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds * 2; round++) {
    const [from, to] = round % 2 === 0 ? [here, join(top, 'to')] : [there, top];
    const { plan_id } = await daemon.client.call('preview:entries.move', { sources: [from], to });
    const started = performance.now();
    const { result } = await daemon.client.call('action:entries.move', { plan_id });
    await daemon.ended(result.job.id);
    ours.push(performance.now() - started);
  }
  for (let round = 0; round < rounds * 2; round++) {
    const started = performance.now();
    if (round % 2 === 0) renameSync(here, there);
    else renameSync(there, here);
    bare.push(performance.now() - started);
  }
  const [mine, plain] = [median(ours), median(bare)];
  return atMost(
    'commit of that move, beyond the rename',
    mine - plain,
    50,
    ' ms',
    `the rename takes ${plain.toFixed(2)} ms`,
  );
}
