import assert from 'node:assert/strict';
import { test } from 'node:test';
import { box } from '@sd/core/testing/pictures/boxes.ts';
import { readMedia } from '@sd/core/testing/pictures/read-media.ts';
import { tiffOf } from '@sd/core/testing/pictures/tiff.ts';
import sharp from 'sharp';

const WIDTH = 0x0100;
const HEIGHT = 0x0101;
const STRIP_OFFSET = 0x0111;
const ORIENTATION = 0x0112;
const STRIP_LENGTH = 0x0117;
const SUB_DIRECTORY = 0x014a;
const JPEG_OFFSET = 0x0201;
const JPEG_LENGTH = 0x0202;

function jpeg(width: number, height: number): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: '#f00' } })
    .jpeg()
    .toBuffer();
}

async function sizes(images: readonly { kind: string; bytes: Uint8Array }[] = []): Promise<string[]> {
  return Promise.all(
    images.map(async ({ kind, bytes }) => {
      const { width, height } = await sharp(bytes).metadata();
      return `${kind} ${width}x${height}`;
    }),
  );
}

/** Makers who number their TIFF in their own way. */
const STARTS: Readonly<Record<string, string>> = { orf: 'IIRO', rw2: 'IIU\0' };

for (const extension of ['dng', 'cr2', 'nef', 'arw', 'pef', 'orf', 'rw2']) {
  test(`${extension}: the largest picture in its directories, turned as the camera was held`, async () => {
    const [thumbnail, preview] = [await jpeg(160, 120), await jpeg(1200, 800)];
    const file = tiffOf(
      4096 + preview.length + thumbnail.length,
      {
        8: { tags: { [WIDTH]: 160, [HEIGHT]: 120, [ORIENTATION]: 6, [SUB_DIRECTORY]: 512 }, next: 256 },
        256: { tags: { [JPEG_OFFSET]: 2048, [JPEG_LENGTH]: thumbnail.length } },
        512: {
          tags: {
            [WIDTH]: 6000,
            [HEIGHT]: 4000,
            [STRIP_OFFSET]: 4096 + thumbnail.length,
            [STRIP_LENGTH]: preview.length,
          },
        },
      },
      { 2048: thumbnail, [4096 + thumbnail.length]: preview },
    );
    file.write(STARTS[extension] ?? 'II*\0', 'latin1');
    const { format, facts, images } = await readMedia(`a.${extension}`, file);
    assert.equal(format, extension);
    assert.deepEqual([facts['width'], facts['height'], facts['orientation']], [4000, 6000, 6]);
    assert.deepEqual(await sizes(images), ['thumbnail_256 171x256', 'thumbnail_1024 683x1024']);
  });
}

test('RAF says in its header where its picture is', async () => {
  const preview = await jpeg(900, 600);
  const file = Buffer.alloc(200 + preview.length);
  file.write('FUJIFILMCCD-RAW 0201');
  file.writeUInt32BE(200, 84);
  file.writeUInt32BE(preview.length, 88);
  file.set(preview, 200);
  const { format, facts, images } = await readMedia('a.raf', file);
  assert.deepEqual([format, facts['width'], facts['height']], ['raf', 900, 600]);
  assert.deepEqual(await sizes(images), ['thumbnail_256 256x171', 'thumbnail_1024 900x600']);
});

test('CR3 keeps its preview in a box', async () => {
  const preview = await jpeg(900, 600);
  const uuid = Buffer.from('eaf42b5e1c984b88b9fbb7dc406e4d16', 'hex');
  const inner = box('PRVW', Buffer.concat([Buffer.alloc(16), preview]));
  const file = Buffer.concat([
    box('ftyp', Buffer.from('crx \0\0\0\x01crx isom', 'latin1')),
    box('uuid', Buffer.concat([uuid, Buffer.alloc(8), inner])),
  ]);
  const { format, facts } = await readMedia('a.cr3', file);
  assert.deepEqual([format, facts['width'], facts['height']], ['cr3', 900, 600]);
});

test('directories that point outside or at each other end, and what they say is dropped', async () => {
  const around = tiffOf(600, {
    8: { tags: { [JPEG_OFFSET]: 4_000_000_000, [JPEG_LENGTH]: 4_000_000_000, [SUB_DIRECTORY]: 8 }, next: 256 },
    256: { tags: { [STRIP_OFFSET]: 590, [STRIP_LENGTH]: 1_000, [SUB_DIRECTORY]: 3_000_000_000 }, next: 8 },
  });
  const { problems } = await readMedia('a.nef', around);
  assert.ok(problems.some(({ want, reason }) => want === 'thumbnails' && reason.includes('no preview')));
});
