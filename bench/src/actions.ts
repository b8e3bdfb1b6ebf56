import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BenchDaemon } from './daemon.ts';
import { type Row, atMost, median } from './row.ts';
import { once } from './trees.ts';

const PER_FOLDER = 500;

/** Copies within one file system, against what every system has for it in the same run. */
export async function benchCopies(trees: string, files: number, gib: number, rounds: number): Promise<Row[]> {
  const top = whatToCopy(trees, files, gib);
  const to = join(top, 'to');
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to);
  const daemon = await BenchDaemon.start();
  try {
    await daemon.index(top, 'shallow');
    return [
      await against(`copy of ${files} small files`, 'cp -a', join(top, 'small'), 1.3, () => {}),
      await against(`copy of one file of ${gib} GiB`, 'cp', join(top, 'large.bin'), 1.1, clear),
    ];
  } finally {
    await daemon.stop();
    rmSync(to, { recursive: true, force: true });
  }

  /**
   * In turns, each into a folder that is new: what the disk does meanwhile befalls both. Many copies stay until the end:
   * ext4 looks long for a free inode where ten thousand were freed a moment ago, which makes both look alike; `after`
   * makes room where few were made. The first turn starts the thread and is not counted.
   */
  async function against(
    work: string,
    program: 'cp' | 'cp -a',
    source: string,
    limit: number,
    after: () => void,
  ): Promise<Row> {
    const [ours, theirs]: [number[], number[]] = [[], []];
    for (let round = 0; round <= rounds; round++) {
      const plain = copyWith(program, source, newFolder());
      after();
      const mine = await copy(source, newFolder());
      after();
      if (round === 0) continue;
      theirs.push(plain);
      ours.push(mine);
    }
    clear();
    const [mine, plain] = [median(ours), median(theirs)];
    const said = `${mine.toFixed(2)} s, ${program} ${plain.toFixed(2)} s`;
    return atMost(`${work}, against ${program}`, mine / plain, limit, ' ×', said);
  }

  function newFolder(): string {
    const folder = mkdtempSync(join(to, 'copy-'));
    execFileSync('sync');
    return folder;
  }

  function clear(): void {
    for (const name of readdirSync(to)) rmSync(join(to, name), { recursive: true });
  }

  function copyWith(program: 'cp' | 'cp -a', source: string, into: string): number {
    const started = performance.now();
    execFileSync('cp', [...program.split(' ').slice(1), source, into]);
    return (performance.now() - started) / 1000;
  }

  /** From saying yes until the job has ended, and the index has it. */
  async function copy(source: string, into: string): Promise<number> {
    const { plan_id } = await daemon.client.call('preview:entries.copy', { sources: [source], to: into });
    const started = performance.now();
    const { result } = await daemon.client.call('action:entries.copy', { plan_id });
    await daemon.ended(result.job.id);
    return (performance.now() - started) / 1000;
  }
}

function whatToCopy(trees: string, files: number, gib: number): string {
  return once(trees, `copies-${files}-${gib}`, (path) => {
    for (let index = 0; index < files; index++) {
      const folder = join(path, 'small', `folder-${Math.floor(index / PER_FOLDER)}`);
      if (index % PER_FOLDER === 0) mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, `file-${index}.txt`), `bytes of the file ${index} `.repeat(1 + (index % 100)));
    }
    // Bytes that no file system has a shorter word for.
    execFileSync('dd', [
      'if=/dev/urandom',
      `of=${join(path, 'large.bin')}`,
      'bs=1M',
      `count=${gib * 1024}`,
      'status=none',
    ]);
  });
}
