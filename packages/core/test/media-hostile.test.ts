import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, before, test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { nodeClock } from '@sd/platform-node/clock.ts';
import { loadSharp } from '@sd/platform-node/media/sharp.ts';
import { nodeWorkers } from '@sd/platform-node/workers.ts';
import { decodeNative } from '../src/domain/native-path.ts';
import { FILE_LIMITS } from '../src/media/limits.ts';
import { MediaPool, type ReadResult } from '../src/media/media-pool.ts';
import type { Log } from '../src/ports/log.ts';
import type { MediaRequest } from '../src/ports/media.ts';
import { box } from '../src/testing/pictures/boxes.ts';
import { deflatedZeros, pngOf } from '../src/testing/pictures/png.ts';
import { tiffOf } from '../src/testing/pictures/tiff.ts';
import { threadEntry } from '../src/testing/test-platform.ts';

/** What one file may take here; the pool adds its grace. */
const SECONDS = 6;
const QUIET: Log = { debug() {}, info() {}, warn() {}, error() {}, child: () => QUIET };

let picture: Buffer;
before(async () => {
  const sharp = await loadSharp();
  picture = await sharp({
    create: {
      width: 600,
      height: 400,
      channels: 3,
      background: '#888',
      noise: { type: 'gaussian', mean: 120, sigma: 30 },
    },
  })
    .jpeg()
    .toBuffer();
});

interface Bench {
  readonly folder: string;
  read(name: string, bytes: Uint8Array): Promise<ReadResult>;
  readAt(path: string): Promise<ReadResult>;
}

/** Processes that read files, and a folder for these. Afterwards an ordinary file must still be read. */
function bench(context: TestContext, memoryMiB?: number): Bench {
  const folder = mkdtempSync(join(tmpdir(), 'sd-hostile-'));
  const pool = new MediaPool({
    workers: nodeWorkers(threadEntry),
    clock: nodeClock,
    log: QUIET,
    ...(memoryMiB ? { memoryMiB } : {}),
  });
  const { port1 } = new MessageChannel();
  port1.on('message', () => undefined);
  const readAt = (path: string): Promise<ReadResult> => pool.read(requestFor(path), new AbortController().signal);
  context.after(async () => {
    writeFileSync(join(folder, 'ordinary.jpg'), picture);
    const { type } = await readAt(join(folder, 'ordinary.jpg'));
    await pool.stop();
    rmSync(folder, { recursive: true, force: true });
    port1.close();
    assert.equal(type, 'read');
  });
  return {
    folder,
    readAt,
    read(name, bytes) {
      writeFileSync(join(folder, name), bytes);
      return readAt(join(folder, name));
    },
  };
}

function requestFor(path: string): MediaRequest {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return { path, name, size: 0, wants: ['facts', 'thumbnails'], limits: { ...FILE_LIMITS, seconds: SECONDS } };
}

/** Why there are no thumbnails, and how long it took to say so. */
async function refusal(read: Promise<ReadResult>): Promise<string> {
  const began = performance.now();
  const result = await read;
  assert.ok(performance.now() - began < (SECONDS + 6) * 1000, 'it took longer than the limit');
  if (result.type === 'killed') return result.reason;
  assert.deepEqual(result.outcome.images ?? [], []);
  const problem = result.outcome.problems.find(({ want }) => want === 'thumbnails');
  assert.ok(problem?.broken, JSON.stringify(result.outcome));
  return problem.reason;
}

async function imagesOf(read: Promise<ReadResult>): Promise<Map<string, Uint8Array>> {
  const result = await read;
  assert.ok(result.type === 'read', JSON.stringify(result));
  return new Map((result.outcome.images ?? []).map(({ kind, bytes }) => [kind, bytes]));
}

test('a JPEG that ends in the middle says so, and keeps its facts', async (context) => {
  const { read } = bench(context);
  const result = await read('cut.jpg', picture.subarray(0, picture.length / 2));
  assert.match(await refusal(Promise.resolve(result)), /cannot be decoded: .*(premature|end)/i);
  assert.ok(result.type === 'read');
  assert.deepEqual([result.outcome.facts?.['width'], result.outcome.facts?.['height']], [600, 400]);
});

test('a PNG of 500 megapixels is refused by its header', async (context) => {
  const { read } = bench(context);
  const file = pngOf({ width: 25_000, height: 20_000, data: deflatedZeros(1000) });
  assert.match(await refusal(read('huge.png', file)), /500 megapixels/);
});

test('a picture that takes more memory than there is for it ends its process, and no other', async (context) => {
  const { read } = bench(context, 250);
  const [width, height] = [8_000, 8_000];
  const data = deflatedZeros(width * height * 4 + height * 4);
  const why = await refusal(read('bomb.png', pngOf({ width, height, data, interlaced: true })));
  if (process.platform === 'linux') assert.match(why, /more than 250 MiB of memory/);
});

test('chunks that unpack to hundreds of megabytes are left packed', async (context) => {
  const { read } = bench(context);
  const zeros = deflatedZeros(300 * 2 ** 20);
  const [width, height] = [8, 8];
  const pixels = deflateSync(Buffer.alloc((width * 4 + 1) * height));
  const chunks = [
    ['iCCP', Buffer.concat([Buffer.from('profile\0\0', 'latin1'), zeros])],
    ['zTXt', Buffer.concat([Buffer.from('Comment\0\0', 'latin1'), zeros])],
    ['tEXt', Buffer.concat([Buffer.from('Comment\0', 'latin1'), Buffer.alloc(20 * 2 ** 20, 65)])],
  ] as const;
  const result = await read('chunks.png', pngOf({ width, height, data: pixels, chunks }));
  assert.equal(result.type, 'read');
});

test('an SVG reaches no file and no server', async (context) => {
  let asked = 0;
  const server = createServer((_request, response) => {
    asked++;
    response.end();
  }).listen(0, '127.0.0.1');
  context.after(() => server.close());
  await new Promise<void>((resolve) => server.once('listening', resolve));
  const { folder, read } = bench(context);
  const sharp = await loadSharp();
  await sharp({ create: { width: 50, height: 50, channels: 3, background: '#0f0' } })
    .png()
    .toFile(join(folder, 'green.png'));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const references = [
    'green.png',
    `file://${folder}/green.png`,
    'file:///etc/passwd',
    `${address}/a.png`,
    `&#102;ile://${folder}/green.png`,
  ];
  const drawing = (inside: string): Buffer =>
    Buffer.from(
      `<?xml version="1.0"?><?xml-stylesheet href="${address}/a.css"?><svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:xi="http://www.w3.org/2001/XInclude" width="50" height="50"><rect width="50" height="50" fill="red"/>${inside}</svg>`,
    );
  const plain = (await imagesOf(read('plain.svg', drawing('')))).get('thumbnail_256');
  assert.ok(plain);
  for (const reference of references) {
    const inside = `<style>@import url(${reference});rect{fill:url(${reference})}</style><image xlink:href="${reference}" href='${reference}' width="50" height="50"/><use href="${reference}#a"/><xi:include href="${reference}" parse="text"/><script href="${reference}"/>`;
    const drawn = (await imagesOf(read('reaching.svg', drawing(inside)))).get('thumbnail_256');
    assert.ok(drawn);
    const { data } = await sharp(drawn).raw().toBuffer({ resolveWithObject: true });
    assert.ok((data[1] ?? 255) < 50, `${reference} was drawn`);
  }
  assert.equal(asked, 0);
});

test('entities, and elements that draw each other over and over, come to an end', async (context) => {
  const { read } = bench(context);
  const entities =
    '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><svg width="9" height="9"><text>&b;</text></svg>';
  assert.match(await refusal(read('entities.svg', Buffer.from(entities))), /entities/);
  const levels = Array.from(
    { length: 30 },
    (_, at) => `<g id="l${at + 1}">${`<use href="#l${at}"/>`.repeat(10)}</g>`,
  ).join('');
  const laughs = `<svg xmlns="http://www.w3.org/2000/svg" width="99" height="99"><defs><rect id="l0" width="1" height="1"/>${levels}</defs><use href="#l30"/></svg>`;
  const began = performance.now();
  await read('laughs.svg', Buffer.from(laughs));
  assert.ok(performance.now() - began < (SECONDS + 6) * 1000);
});

test('a GIF of huge frames, and one that never ends', async (context) => {
  const { read } = bench(context);
  const huge = Buffer.from('GIF89a\xff\xff\xff\xff\x00\x00\x00', 'latin1');
  const frame = Buffer.from('\x2c\x00\x00\x00\x00\xff\xff\xff\xff\x00\x08\x01\x00\x00', 'latin1');
  await refusal(read('huge.gif', Buffer.concat([huge, frame])));
  const small = Buffer.from('GIF89a\x10\x00\x10\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff', 'latin1');
  const again = Buffer.from('\x2c\x00\x00\x00\x00\x10\x00\x10\x00\x00\x02\x02\x44\x01\x00', 'latin1');
  const began = performance.now();
  await read('endless.gif', Buffer.concat([small, ...Array.from({ length: 500_000 }, () => again)]));
  assert.ok(performance.now() - began < (SECONDS + 6) * 1000);
});

test('EXIF whose directories lead in circles takes nothing from the picture', async (context) => {
  const { read } = bench(context);
  const exif = tiffOf(200, { 8: { tags: { 0x8769: 8, 0x8825: 8, 0xa005: 8, 0x0110: 4_000_000_000 }, next: 8 } });
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exif]);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(body.length + 2);
  const file = Buffer.concat([picture.subarray(0, 2), Buffer.from([0xff, 0xe1]), length, body, picture.subarray(2)]);
  const images = await imagesOf(read('exif.jpg', file));
  assert.deepEqual([...images.keys()], ['thumbnail_256', 'thumbnail_1024']);
});

test('a film of absurd boxes comes to an end', async (context) => {
  const { read } = bench(context);
  const type = box('ftyp', Buffer.from('isom\0\0\0\0isom', 'latin1'));
  let deep: Buffer = Buffer.alloc(0);
  for (let level = 0; level < 2_000; level++) deep = box('trak', deep);
  for (const [name, body] of [
    ['zero', box('moov', Buffer.alloc(100))],
    ['lying', box('moov', Buffer.alloc(8), 0xfffffff0)],
    ['deep', box('moov', deep)],
    ['samples', box('moov', box('trak', box('mdia', box('minf', box('stbl', box('stsz', Buffer.alloc(12, 0xff)))))))],
  ] as const)
    await refusal(read(`${name}.mp4`, Buffer.concat([type, body])));
});

test('what is no regular file, or is gone, is refused by name', async (context) => {
  const { folder, readAt } = bench(context);
  await assert.rejects(readAt(join(folder, 'gone.jpg')), { code: 'NOT_FOUND' });
  mkdirSync(join(folder, 'folder.jpg'));
  await assert.rejects(readAt(join(folder, 'folder.jpg')), { code: 'NOT_READABLE' });
  if (process.platform === 'win32') return;
  execFileSync('mkfifo', [join(folder, 'pipe.jpg')]);
  await assert.rejects(readAt(join(folder, 'pipe.jpg')), { code: 'NOT_READABLE' });
});

test(
  'a name that is no text',
  { skip: process.platform === 'linux' ? false : 'names are text here' },
  async (context) => {
    const { folder, readAt } = bench(context);
    const name = Buffer.from('caf\xe9.jpg', 'latin1');
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), name]), picture);
    const images = await imagesOf(readAt(`${folder}/${decodeNative(name)}`));
    assert.equal(images.size, 2);
  },
);

test(
  'a reader killed from outside costs its file alone',
  { skip: process.platform === 'linux' ? false : 'needs /proc' },
  async (context) => {
    const { read } = bench(context);
    // Slow enough to be met: a filter as large as the drawing.
    const slow = `<svg xmlns="http://www.w3.org/2000/svg" width="1000" height="1000"><filter id="f"><feTurbulence baseFrequency="0.01" numOctaves="200"/></filter><rect width="1000" height="1000" filter="url(#f)"/></svg>`;
    const reading = read('slow.svg', Buffer.from(slow));
    const known = new Set<number>();
    while (known.size === 0) {
      await new Promise((resolve) => setImmediate(resolve));
      for (const pid of readersOf(process.pid)) known.add(pid);
    }
    for (const pid of known) process.kill(pid, 'SIGKILL');
    assert.match(await refusal(reading), /ended by SIGKILL/);
  },
);

/** The ids of the processes that read files for this one. */
function readersOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
        return (
          Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === parent &&
          readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes('\0media\0')
        );
      } catch {
        return false;
      }
    });
}
