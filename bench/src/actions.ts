import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BenchDaemon } from './daemon.ts';
import { type Row, atMost, median } from './row.ts';
import { once } from './trees.ts';

const PER_FOLDER = 500;

/** Copies within one file system, against what every system has for it in the same run. */
export async function benchCopies(trees: string, files: number, gib: number, rounds: number): Promise<Row[]> {
  const top = whatToCopy(trees, files, gib);
  const to = join(top, 'to');
  const daemon = await BenchDaemon.start();
  try {
    await daemon.index(top, 'shallow');
    return [
      await against(`copy of ${files} small files`, 'cp -a', join(top, 'small'), 1.3),
      await against(`copy of one file of ${gib} GiB`, 'cp', join(top, 'large.bin'), 1.1),
    ];
  } finally {
    await daemon.stop();
    rmSync(to, { recursive: true, force: true });
  }

  /** In turns, each into a folder that is empty: what the disk does meanwhile befalls both. */
  async function against(work: string, program: 'cp' | 'cp -a', source: string, limit: number): Promise<Row> {
    const [ours, theirs]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round++) {
      empty();
      theirs.push(copyWith(program, source));
      empty();
      await daemon.client.call('query:core.status');
      ours.push(await copy(source));
    }
    const [mine, plain] = [median(ours), median(theirs)];
    const said = `${mine.toFixed(2)} s, ${program} ${plain.toFixed(2)} s`;
    return atMost(`${work}, against ${program}`, mine / plain, limit, ' ×', said);
  }

  function empty(): void {
    rmSync(to, { recursive: true, force: true });
    mkdirSync(to);
    execFileSync('sync');
  }

  function copyWith(program: 'cp' | 'cp -a', source: string): number {
    const started = performance.now();
    execFileSync('cp', [...program.split(' ').slice(1), source, to]);
    return (performance.now() - started) / 1000;
  }

  /** From saying yes until the job has ended, and the index has it. */
  async function copy(source: string): Promise<number> {
    const { plan_id } = await daemon.client.call('preview:entries.copy', { sources: [source], to });
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
