import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { BenchDaemon } from './daemon.ts';
import { has, seconds, warm } from './reference.ts';
import { type Row, atLeast, median, told } from './row.ts';
import { smallFiles, tree } from './trees.ts';

/** Content mode on many small files, against the BLAKE3 of the command line. */
export async function benchSmallFiles(trees: string, files: number, rounds: number): Promise<Row[]> {
  const root = smallFiles(trees, files);
  const hashes: number[] = [];
  const indexes: number[] = [];
  for (let round = 0; round < rounds; round++) {
    if (has('b3sum')) hashes.push(seconds('find "$1" -type f -print0 | xargs -0 b3sum', root));
    const daemon = await BenchDaemon.start();
    const { seconds: taken, job } = await daemon.index(root, 'content');
    const { identified } = job.result as { identified: number };
    if (identified !== files) throw new Error(`${identified} of ${files} files were identified`);
    indexes.push(taken);
    await daemon.stop();
  }
  const rate = `${Math.round(files / median(indexes))} files/s`;
  if (hashes.length === 0)
    return [
      told(
        `${files} files of 4–64 KiB, content mode`,
        `${rate}; b3sum is not installed, so there is nothing to compare with`,
      ),
    ];
  return [
    atLeast(
      `${files} files of 4–64 KiB, content mode, against b3sum`,
      median(hashes) / median(indexes),
      1.5,
      ' ×',
      `${rate}, b3sum ${Math.round(files / median(hashes))} files/s`,
    ),
  ];
}

/** The published shapes: the original's own benchmark gives 73–75 files a second in content mode. */
export async function benchShapes(trees: string, shapes: readonly ('small' | 'medium' | 'large')[]): Promise<Row[]> {
  const rows: Row[] = [];
  for (const shape of shapes) {
    const root = made(() => tree(trees, shape));
    if (root === undefined) {
      rows.push(
        told(`recipe ${shape}, content mode`, 'not measured: the tree could not be made, most likely for want of room'),
      );
      continue;
    }
    warm(root);
    const daemon = await BenchDaemon.start();
    const { seconds: taken, job } = await daemon.index(root, 'content');
    const { files } = job.result as { files: number };
    rows.push(
      told(
        `recipe ${shape}, content mode (the original publishes 73–75 files/s)`,
        `${Math.round(files / taken)} files/s, ${files} files in ${taken.toFixed(2)} s`,
      ),
    );
    await daemon.stop();
  }
  return rows;
}

/** `large` claims terabytes; on a file system that copies holes as zeros it does not fit everywhere. */
function made(make: () => string): string | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}

/** A folder of exactly a thousand files, for listing. */
export function folderOfThousand(trees: string): string {
  const root = smallFiles(trees, 1000);
  const folder = readdirSync(root)
    .map((name) => join(root, name))
    .find((path) => statSync(path).isDirectory());
  if (!folder) throw new Error('no folder');
  return folder;
}
