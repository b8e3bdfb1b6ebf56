import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bareWalk } from './bare-walk.ts';
import { BenchDaemon } from './daemon.ts';
import { warm } from './reference.ts';
import { type Row, atMost, median, percentile, round, told } from './row.ts';
import { once, tree } from './trees.ts';

const MIB = 2 ** 20;
const CREATED = 10_000;
const SAVES = 100;
const CHANGES = 100;
const IDLE_SECONDS = 30;
/** What `/proc/<pid>/stat` counts in. */
const TICKS_PER_SECOND = 100;

/** How soon changes on disk are in the index, and what watching costs. */
export async function benchWatching(trees: string, files: number, rounds: number): Promise<Row[]> {
  return [
    ...(await benchCreated(rounds)),
    ...(await benchSaved()),
    ...(await benchHome(tree(trees, 'home', files), files, rounds)),
    await benchMemory(folders(trees, Math.max(1_000, Math.round(files / 10)))),
  ];
}

async function benchCreated(rounds: number): Promise<Row[]> {
  const waits: number[] = [];
  const watcher: number[] = [];
  const rescans: number[] = [];
  for (let at = 0; at < rounds; at++) {
    const place = mkdtempSync(join(tmpdir(), 'sd-bench-created-'));
    mkdirSync(join(place, 'watched'));
    mkdirSync(join(place, 'scanned'));
    const daemon = await BenchDaemon.start();
    const { location } = await daemon.index(join(place, 'watched'), 'shallow');
    await watched(daemon, location, 1);
    const before = cpuSeconds(daemon.pid);
    create(join(place, 'watched'), CREATED);
    const written = performance.now();
    await until(async () => (await totals(daemon, location)).files === CREATED);
    waits.push((performance.now() - written) / 1000);
    watcher.push(cpuSeconds(daemon.pid) - before);
    await daemon.stop();

    const unwatched = await BenchDaemon.start(configured({ watching: { limit: 0, poll_minutes: 600 } }));
    const other = await unwatched.index(join(place, 'scanned'), 'shallow');
    create(join(place, 'scanned'), CREATED);
    const beforeScan = cpuSeconds(unwatched.pid);
    await unwatched.rescan(other.location);
    rescans.push(cpuSeconds(unwatched.pid) - beforeScan);
    await unwatched.stop();
    rmSync(place, { recursive: true });
  }
  return [
    atMost(
      `${CREATED} files created in a watched folder, all in the index after the last write`,
      median(waits),
      3,
      ' s',
    ),
    atMost(
      `CPU of it, against a rescan that finds them`,
      median(watcher) / median(rescans),
      1.5,
      ' ×',
      `${round(median(watcher))} s, rescan ${round(median(rescans))} s`,
    ),
  ];
}

async function benchSaved(): Promise<Row[]> {
  const place = mkdtempSync(join(tmpdir(), 'sd-bench-saved-'));
  for (let folder = 0; folder < 100; folder++) {
    mkdirSync(join(place, String(folder)));
    for (let file = 0; file < 50; file++) writeFileSync(join(place, String(folder), `${file}.txt`), 'x');
  }
  const daemon = await BenchDaemon.start();
  const { location } = await daemon.index(place, 'content');
  await watched(daemon, location, 101);
  const times: number[] = [];
  let bytes = (await totals(daemon, location)).bytes;
  for (let save = 0; save < SAVES; save++) {
    const file = join(place, String((save * 7) % 100), `${save % 50}.txt`);
    bytes += save + 2 - readFileSync(file).length;
    const started = performance.now();
    writeFileSync(file, 'y'.repeat(save + 2));
    const saved = bytes;
    await until(async () => (await totals(daemon, location)).bytes === saved, 2);
    times.push(performance.now() - started);
  }
  await daemon.stop();
  rmSync(place, { recursive: true });
  return [
    atMost(
      'one file saved, until a query shows it, p95',
      percentile(times, 95),
      700,
      ' ms',
      `p50 ${round(percentile(times, 50))} ms`,
    ),
  ];
}

/** Catching up with a few changes at the start, and doing nothing afterwards. */
async function benchHome(root: string, files: number, rounds: number): Promise<Row[]> {
  warm(root);
  let daemon = await BenchDaemon.start();
  const { location } = await daemon.index(root, 'shallow');
  const walks: number[] = [];
  const caughtUp: number[] = [];
  for (let at = 0; at < rounds; at++) {
    await daemon.stop({ keep: true });
    const before = touchSome(root, at);
    walks.push(await bareWalk(daemon.dataFolder, root));
    daemon = await BenchDaemon.start(daemon.dataFolder);
    caughtUp.push(await caughtUpSeconds(daemon, location, before));
  }
  await until(async () => (await watchOf(daemon, location))?.state === 'live', 100);
  await daemon.quiet();
  const idle = cpuSeconds(daemon.pid);
  await sleep(IDLE_SECONDS * 1000);
  const share = ((cpuSeconds(daemon.pid) - idle) / IDLE_SECONDS) * 100;
  await daemon.stop();
  return [
    atMost(
      `catch-up at the start, ${files} files, ${CHANGES} changes, against the walk with stat`,
      median(caughtUp) / median(walks),
      1,
      ' ×',
      `${round(median(caughtUp))} s, walk ${round(median(walks))} s`,
    ),
    atMost(`idle daemon, ${files} files, nothing changing`, share, 0.5, ' % of a core'),
  ];
}

/** Of the scan that the daemon begins by itself. */
async function caughtUpSeconds(daemon: BenchDaemon, location: string, since: number): Promise<number> {
  for (;;) {
    const { jobs } = await daemon.client.call('query:jobs.list', { kind: 'locations.index' });
    const job = jobs.find(({ input, created_at }) => input['location'] === location && created_at >= since);
    if (job) {
      const { started_at = 0, ended_at = 0, result } = await daemon.ended(job.id);
      const { modified } = result as { modified: number };
      if (modified < CHANGES) throw new Error(`it found ${modified} of ${CHANGES} changes`);
      return (ended_at - started_at) / 1000;
    }
    await sleep(20);
  }
}

async function benchMemory({ root, count }: { root: string; count: number }): Promise<Row> {
  const daemon = await BenchDaemon.start();
  const { location } = await daemon.index(root, 'shallow');
  await until(async () => ['live', 'partial'].includes((await watchOf(daemon, location))?.state ?? ''), 100);
  const watch = await watchOf(daemon, location);
  await daemon.quiet();
  const memory = daemon.memory().now / MIB;
  await daemon.stop();
  const what = `memory of a daemon with ${watch?.watched ?? 0} of ${count} folders watched`;
  return count === 100_000 ? atMost(what, memory, 250, ' MiB') : told(what, `${Math.round(memory)} MiB`);
}

function folders(trees: string, count: number): { root: string; count: number } {
  const root = once(trees, `folders-${count}`, (path) => {
    mkdirSync(path, { recursive: true });
    // The root is one of them.
    for (let at = 1; at < count; at++)
      mkdirSync(join(path, `group ${at % 300}`, `a folder ${at}`), { recursive: true });
  });
  return { root, count };
}

/** Writes from another process, as programs do. */
function create(folder: string, count: number): void {
  const script = `const fs = require('node:fs');
    for (let at = 0; at < ${count}; at++) fs.writeFileSync(process.argv[1] + '/file ' + at + '.txt', 'content ' + at);`;
  execFileSync(process.execPath, ['-e', script, folder]);
}

/** Gives a hundred files all over the tree another time. Answers when it began, in milliseconds. */
function touchSome(root: string, seconds: number): number {
  const began = Date.now();
  const files = execFileSync('find', [root, '-type', 'f', '-print0'], { maxBuffer: 2 ** 30, encoding: 'buffer' })
    .toString('latin1')
    .split('\0')
    .filter(Boolean);
  for (let at = 0; at < CHANGES; at++) {
    const file = files[Math.floor((files.length / CHANGES) * at)] ?? '';
    // Another time than an earlier run gave it.
    const time = Math.floor(began / 1000) - 100_000_000 + seconds + at;
    utimesSync(Buffer.from(file, 'latin1'), time, time);
  }
  return began;
}

function configured(config: object): string {
  const folder = mkdtempSync(join(tmpdir(), 'sd-bench-'));
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
  return folder;
}

async function totals(daemon: BenchDaemon, location: string): Promise<{ files: number; bytes: number }> {
  return (await daemon.client.call('query:locations.info', { location })).totals;
}
async function watchOf(daemon: BenchDaemon, location: string) {
  return (await daemon.client.call('query:locations.info', { location })).watch;
}
async function watched(daemon: BenchDaemon, location: string, least: number): Promise<void> {
  await until(async () => ((await watchOf(daemon, location))?.watched ?? 0) >= least);
  await daemon.quiet();
}

/** CPU seconds a process has taken, in all of its threads. */
function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const [, , , , , , , , , , , user = '0', system = '0'] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(user) + Number(system)) / TICKS_PER_SECOND;
}

async function until(is: () => Promise<boolean>, every = 10): Promise<void> {
  while (!(await is())) await sleep(every);
}
function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
