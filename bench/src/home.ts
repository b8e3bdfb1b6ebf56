import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { BenchDaemon } from './daemon.ts';
import { BenchDaemon as Daemon } from './daemon.ts';
import { bareWalk } from './bare-walk.ts';
import { findSeconds, warm } from './reference.ts';
import { type Row, atMost, median } from './row.ts';
import { tree } from './trees.ts';

const MIB = 2 ** 20;

/** Indexes `home`, and leaves the daemon with it for what is measured next. */
export async function benchHome(
  trees: string,
  files: number,
  rounds: number,
): Promise<{ rows: Row[]; daemon: BenchDaemon; location: string; root: string }> {
  const small = await indexRounds(tree(trees, 'home', files / 10), rounds);
  await small.daemon.stop();
  const root = tree(trees, 'home', files);
  const large = await indexRounds(root, rounds);
  const { daemon } = large;
  const perFile = large.seconds / files / (small.seconds / (files / 10));
  const peak = daemon.memory().peak;
  const counted = await daemon.client.call('query:library.statistics');
  const rows = [
    atMost(
      `index home, ${files} files, shallow, encrypted, against find`,
      large.seconds / large.find,
      2.5,
      ' ×',
      `${large.seconds.toFixed(2)} s, find ${large.find.toFixed(2)} s`,
    ),
    atMost(
      `cost per file at ${files} against ${files / 10}`,
      perFile,
      1.3,
      ' ×',
      `${small.seconds.toFixed(2)} s for ${files / 10}`,
    ),
    { work: 'every file counted', reach: `${files}`, measured: String(counted.files), ok: counted.files === files },
    atMost(
      'text index built, against find',
      large.textIndex / large.find,
      8,
      ' ×',
      `${large.textIndex.toFixed(1)} s after the start`,
    ),
    atMost('peak memory while indexing', peak / MIB, 350, ' MiB'),
  ];
  const walks: number[] = [];
  const rescans: number[] = [];
  for (let round = 0; round < rounds; round++) {
    walks.push(await bareWalk(daemon.dataFolder, root));
    rescans.push(await daemon.rescan(large.location));
  }
  rows.push(
    atMost(
      're-scan, nothing changed, against a walk by the same walker',
      median(rescans) / median(walks),
      1.3,
      ' ×',
      `${median(rescans).toFixed(2)} s, walk ${median(walks).toFixed(2)} s`,
    ),
  );
  return { rows, daemon, location: large.location, root };
}

async function indexRounds(root: string, rounds: number) {
  warm(root);
  const finds: number[] = [];
  const indexes: number[] = [];
  const textIndexes: number[] = [];
  for (let round = 0; ; round++) {
    finds.push(findSeconds(root));
    const daemon = await Daemon.start();
    const started = performance.now();
    const { seconds, location } = await daemon.index(root, 'shallow');
    indexes.push(seconds);
    await daemon.textIndexReady();
    textIndexes.push((performance.now() - started) / 1000);
    if (round + 1 >= rounds)
      return { seconds: median(indexes), find: median(finds), textIndex: median(textIndexes), daemon, location };
    await daemon.stop();
  }
}

/** What the library takes on disk, with everything settled, and what the idle daemon takes in memory. */
export async function benchSize(daemon: BenchDaemon): Promise<{ rows: Row[]; daemon: BenchDaemon }> {
  const { entries } = await daemon.client.call('query:library.statistics');
  const folder = (await daemon.client.call('query:libraries.list')).libraries[0]?.folder ?? '';
  await daemon.stop({ keep: true });
  const bytes = ['library.db', 'names.db', 'jobs.db'].reduce(
    (sum, name) => sum + (statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
  const again = await Daemon.start(daemon.dataFolder);
  // A person looks around: what a daemon holds that has just started and answered nothing says little.
  for (const text of ['report', 'img_2019', 'e', 'müller']) await again.client.call('query:search.files', { text });
  const answering = again.memory().now;
  await again.quiet();
  const rows = [
    atMost(
      'library size per million entries',
      bytes / MIB / (entries / 1e6),
      140,
      ' MiB',
      `${Math.round(bytes / MIB)} MiB for ${entries} entries`,
    ),
    atMost(
      'memory of the idle daemon with that library',
      again.memory().now / MIB,
      150,
      ' MiB',
      `${Math.round(answering / MIB)} while answering searches`,
    ),
  ];
  return { rows, daemon: again };
}
