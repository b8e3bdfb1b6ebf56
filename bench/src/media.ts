import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSharp } from '@sd/platform-node/media/sharp.ts';
import { BenchDaemon } from './daemon.ts';
import { type Row, atLeast, median } from './row.ts';

const ALONE = join(import.meta.dirname, 'sharp-alone.ts');
const WIDTH = 4000;
const HEIGHT = 3000;

/** Two thumbnails and the metadata of twelve-megapixel JPEGs, against sharp alone doing the same. */
export async function benchPictures(trees: string, files: number, rounds: number): Promise<Row[]> {
  const folder = await pictures(trees, files);
  const alone: number[] = [];
  const ours: number[] = [];
  for (let round = 0; round < rounds; round++) {
    alone.push(sharpAlone(folder));
    const daemon = await BenchDaemon.start();
    const { location } = await daemon.index(folder, 'content');
    const started = performance.now();
    const { result } = await daemon.client.call('action:sidecars.make', { location });
    const { read, failed } = (await daemon.ended(result.job.id)).result as { read: number; failed: number };
    ours.push((performance.now() - started) / 1000);
    await daemon.stop();
    if (read !== files || failed > 0) throw new Error(`${read} of ${files} files were read, ${failed} failed`);
  }
  return [
    atLeast(
      `${files} JPEG of 12 megapixels, two sizes, metadata, against sharp alone`,
      median(alone) / median(ours),
      0.85,
      ' ×',
      `${(files / median(ours)).toFixed(1)} files/s, sharp ${(files / median(alone)).toFixed(1)} files/s`,
    ),
  ];
}

function sharpAlone(folder: string): number {
  const into = mkdtempSync(join(tmpdir(), 'sd-sharp-alone-'));
  try {
    const started = performance.now();
    const { status, stderr } = spawnSync(process.execPath, [ALONE, folder, into], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    if (status !== 0) throw new Error(String(stderr));
    return (performance.now() - started) / 1000;
  } finally {
    rmSync(into, { recursive: true, force: true });
  }
}

/** Pictures of some megabytes, each another one, made once. */
async function pictures(trees: string, files: number): Promise<string> {
  const folder = join(trees, `pictures-${files}`);
  if (existsSync(folder)) return folder;
  const partial = `${folder}.partial`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  const sharp = await loadSharp();
  for (let index = 0; index < files; index++) {
    const noise = { type: 'gaussian', mean: 60 + (index % 120), sigma: 45 } as const;
    const coarse = await sharp({ create: { width: 500, height: 375, channels: 3, background: '#888', noise } })
      .png()
      .toBuffer();
    await sharp(coarse)
      .resize(WIDTH, HEIGHT)
      .jpeg({ quality: 92 })
      .withExif({ IFD0: { Make: 'Bench', Model: String(index) } })
      .toFile(join(partial, `${index}.jpg`));
  }
  renameSync(partial, folder);
  return folder;
}
