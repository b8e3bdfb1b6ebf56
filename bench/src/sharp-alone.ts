// node sharp-alone.ts <folder> <into>: what sharp by itself takes for two thumbnails and the metadata of every picture,
// from one decoding each, on all processors.
import { readdirSync } from 'node:fs';
import { availableParallelism, setPriority } from 'node:os';
import { join } from 'node:path';
import { loadSharp } from '@sd/platform-node/media/sharp.ts';

// As the daemon's readers: what else the machine does takes as much from the one as from the other.
setPriority(10);

const [folder = '', into = ''] = process.argv.slice(2);
const sharp = await loadSharp();
const names = readdirSync(folder);

async function make(name: string): Promise<void> {
  const picture = sharp(join(folder, name)).autoOrient();
  await picture.metadata();
  const { data, info } = await picture
    .resize(1024, 1024, { fit: 'inside', withoutEnlargement: true })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const raw = { raw: { width: info.width, height: info.height, channels: info.channels } };
  const webp = { quality: 80, effort: 2 };
  await Promise.all([
    sharp(data, raw)
      .webp(webp)
      .toFile(join(into, `${name}.1024.webp`)),
    sharp(data, raw)
      .resize(256, 256, { fit: 'inside' })
      .webp(webp)
      .toFile(join(into, `${name}.256.webp`)),
  ]);
}

async function work(): Promise<void> {
  for (let name = names.pop(); name !== undefined; name = names.pop()) await make(name);
}

await Promise.all(Array.from({ length: availableParallelism() }, work));
