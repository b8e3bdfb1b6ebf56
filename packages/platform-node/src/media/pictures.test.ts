import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import sharp, { type Sharp } from 'sharp';
import { thumbHashToAverageRGBA } from 'thumbhash';
import { readMedia } from '@sd/core/testing/pictures/read-media.ts';

/** Left half red, right half blue; 1,500 × 1,000. */
async function picture(): Promise<Sharp> {
  const half = await sharp({ create: { width: 750, height: 1000, channels: 3, background: '#f00' } })
    .png()
    .toBuffer();
  return sharp({ create: { width: 1500, height: 1000, channels: 3, background: '#00f' } }).composite([
    { input: half, left: 0, top: 0 },
  ]);
}

/** Width and height of a thumbnail, and the colour at its left edge. */
async function look(bytes: Uint8Array | undefined): Promise<[width: number, height: number, left: string]> {
  assert.ok(bytes);
  const { data, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  assert.equal((await sharp(bytes).metadata()).format, 'webp');
  const middle = Math.floor(info.height / 2) * info.width * 3;
  const left = data[middle]! > 200 ? 'red' : data[middle + 2]! > 200 ? 'blue' : 'other';
  return [info.width, info.height, left];
}

for (const format of ['jpeg', 'png', 'webp', 'gif', 'tiff', 'avif'] as const) {
  test(`${format}: its size, two thumbnails, a placeholder, its colour`, async () => {
    const {
      facts,
      images = [],
      problems,
      format: seen,
    } = await readMedia('a.bin', await (await picture())[format]().toBuffer());
    assert.equal(seen, format);
    assert.deepEqual(problems, []);
    assert.deepEqual([facts['width'], facts['height']], [1500, 1000]);
    const [small, large] = ['thumbnail_256', 'thumbnail_1024'].map((kind) =>
      images.find((image) => image.kind === kind),
    );
    assert.deepEqual(await look(small?.bytes), [256, 171, 'red']);
    assert.deepEqual(await look(large?.bytes), [1024, 683, 'red']);
    const { r, g, b } = thumbHashToAverageRGBA(Buffer.from(String(facts['thumbhash']), 'base64'));
    assert.ok(r > 0.3 && b > 0.3 && g < 0.2, `${r} ${g} ${b}`);
    assert.match(String(facts['dominant_color']), /^#(?:f[d-f]|00|0[0-2])0[0-2](?:f[d-f]|00|0[0-2])$/);
  });
}

test('nothing is enlarged', async () => {
  const small = await sharp({ create: { width: 40, height: 20, channels: 3, background: '#f00' } })
    .png()
    .toBuffer();
  const { images = [] } = await readMedia('a.png', small);
  for (const { bytes } of images) assert.deepEqual(await look(bytes), [40, 20, 'red']);
  assert.equal(images.length, 2);
});

/** Where the red left half is after turning, by EXIF orientation: what the left edge shows, and the size as shown. */
const TURNED: readonly (readonly [orientation: number, width: number, height: number, left: string])[] = [
  [1, 1500, 1000, 'red'],
  [2, 1500, 1000, 'blue'],
  [3, 1500, 1000, 'blue'],
  [4, 1500, 1000, 'red'],
];
for (const [orientation, width, height, left] of TURNED) {
  test(`orientation ${orientation} is applied`, async () => {
    const { facts, images = [] } = await readMedia(
      'a.jpg',
      await (await picture()).jpeg().withMetadata({ orientation }).toBuffer(),
    );
    assert.deepEqual([facts['width'], facts['height'], facts['orientation']], [width, height, orientation]);
    assert.equal((await look(images[0]?.bytes))[2], left);
  });
}
for (const orientation of [5, 6, 7, 8]) {
  test(`orientation ${orientation} stands it upright`, async () => {
    const { facts, images = [] } = await readMedia(
      'a.jpg',
      await (await picture()).jpeg().withMetadata({ orientation }).toBuffer(),
    );
    assert.deepEqual([facts['width'], facts['height']], [1000, 1500]);
    const [width, height] = await look(images.find(({ kind }) => kind === 'thumbnail_1024')?.bytes);
    assert.deepEqual([width, height], [683, 1024]);
  });
}

test('what the camera says: exposure, place, and the moment in its zone', async () => {
  const bytes = await (
    await picture()
  )
    .jpeg()
    .withExif({
      IFD0: { Make: 'Canon', Model: 'EOS R5' },
      IFD2: {
        DateTimeOriginal: '2024:05:06 07:08:09',
        OffsetTimeOriginal: '+02:00',
        FNumber: '28/10',
        ExposureTime: '1/250',
        LensModel: 'RF50mm F1.2',
        ISOSpeedRatings: '400',
        FocalLength: '50/1',
      },
      IFD3: {
        GPSLatitudeRef: 'S',
        GPSLatitude: '33/1 51/1 30/1',
        GPSLongitudeRef: 'E',
        GPSLongitude: '151/1 12/1 0/1',
      },
    })
    .toBuffer();
  const { facts } = await readMedia('a.jpg', bytes);
  assert.partialDeepStrictEqual(facts, {
    camera_make: 'Canon',
    camera_model: 'EOS R5',
    lens: 'RF50mm F1.2',
    exposure_time: 0.004,
    aperture: 2.8,
    iso: 400,
    focal_length: 50,
    longitude: 151.2,
    taken_at: Date.UTC(2024, 4, 6, 5, 8, 9),
    taken_zone: '+02:00',
  });
  assert.ok(Math.abs(Number(facts['latitude']) + 33.858333) < 1e-5);
});

test('a clock without a zone is read as UTC, and no zone is made up', async () => {
  const bytes = await (
    await picture()
  )
    .jpeg()
    .withExif({ IFD2: { DateTimeOriginal: '2024:05:06 07:08:09' } })
    .toBuffer();
  const { facts } = await readMedia('a.jpg', bytes);
  assert.equal(facts['taken_at'], Date.UTC(2024, 4, 6, 7, 8, 9));
  assert.ok(!('taken_zone' in facts));
});

test('an animation: how many frames, and the first of them', async () => {
  const frames = await Promise.all(
    ['#f00', '#00f'].map((background) =>
      sharp({ create: { width: 30, height: 20, channels: 3, background } })
        .png()
        .toBuffer(),
    ),
  );
  for (const format of ['gif', 'webp'] as const) {
    const animation = sharp(frames, { join: { animated: true } });
    const { facts, images = [] } = await readMedia(`a.${format}`, await animation[format]().toBuffer());
    assert.partialDeepStrictEqual(facts, { width: 30, height: 20, pages: 2, animated: true });
    assert.deepEqual(await look(images[0]?.bytes), [30, 20, 'red']);
  }
});

test('SVG is drawn large, from nothing but itself', async () => {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="12"><rect width="24" height="12" fill="red"/></svg>';
  const { facts, images = [] } = await readMedia('a.svg', Buffer.from(svg));
  assert.partialDeepStrictEqual(facts, { width: 24, height: 12 });
  assert.deepEqual(await look(images.find(({ kind }) => kind === 'thumbnail_1024')?.bytes), [1024, 512, 'red']);
});

test('a bitmap of Windows', async () => {
  const { facts, images = [] } = await readMedia('a.bmp', bitmap(30, 20));
  assert.partialDeepStrictEqual(facts, { width: 30, height: 20 });
  assert.deepEqual(await look(images[0]?.bytes), [30, 20, 'red']);
});

test('HEIC as a phone writes it', { skip: hasNot('heif-enc') }, async (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'sd-heic-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  await (await picture()).jpeg().toFile(join(folder, 'a.jpg'));
  execFileSync('heif-enc', ['-o', join(folder, 'a.heic'), join(folder, 'a.jpg')], { stdio: 'ignore' });
  const { facts, images = [], format } = await readMedia('a.heic', readFileSync(join(folder, 'a.heic')));
  assert.equal(format, 'heic');
  assert.deepEqual([facts['width'], facts['height']], [1500, 1000]);
  assert.deepEqual(await look(images.find(({ kind }) => kind === 'thumbnail_1024')?.bytes), [1024, 683, 'red']);
});

/** 24 bits a pixel, all red. */
function bitmap(width: number, height: number): Buffer {
  const row = Math.ceil((width * 3) / 4) * 4;
  const file = Buffer.alloc(54 + row * height);
  file.write('BM');
  file.writeUInt32LE(54, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(height, 22);
  file.writeUInt16LE(24, 28);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) file[54 + y * row + x * 3 + 2] = 255;
  return file;
}

function hasNot(program: string): string | false {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return false;
  } catch {
    return `${program} is not installed`;
  }
}
