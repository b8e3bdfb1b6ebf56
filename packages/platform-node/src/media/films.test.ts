import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { readMedia, reasonOf } from '@sd/core/testing/pictures/read-media.ts';
import sharp from 'sharp';
import { ffmpegPath } from './ffmpeg.ts';

const skip = ffmpegPath() === undefined ? 'ffmpeg is not installed' : false;
const FILM = ['-f', 'lavfi', '-i', 'testsrc=d=4:s=320x240:r=25'];
const SOUND = ['-f', 'lavfi', '-i', 'sine=d=4:r=44100'];

/** What ffmpeg makes of the arguments, as bytes. */
function made(context: TestContext, name: string, ...args: string[]): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'sd-films-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  execFileSync('ffmpeg', ['-v', 'error', ...args, join(folder, name)]);
  return readFileSync(join(folder, name));
}

for (const [name, format, video, audio] of [
  ['a.mp4', 'mp4', 'libx264', 'aac'],
  ['a.mov', 'mov', 'libx264', 'aac'],
  ['a.mkv', 'matroska', 'libx264', 'flac'],
  ['a.webm', 'webm', 'libvpx-vp9', 'libopus'],
  ['a.ts', 'mpegts', 'libx264', 'aac'],
] as const) {
  test(`${name}: how long, how large, what is in it, a frame and a strip`, { skip }, async (context) => {
    const bytes = made(
      context,
      name,
      ...FILM,
      ...SOUND,
      '-c:v',
      video,
      '-c:a',
      audio,
      '-pix_fmt',
      'yuv420p',
      '-g',
      '25',
    );
    const { facts, images = [], problems, format: seen } = await readMedia(name, bytes);
    assert.equal(seen, format);
    assert.deepEqual(problems, []);
    assert.partialDeepStrictEqual(facts, { width: 320, height: 240 });
    assert.ok(Math.abs(Number(facts['duration_ms']) - 4000) < 150, String(facts['duration_ms']));
    const { video: shown, audio: heard } = facts as Record<'video' | 'audio', Record<string, unknown>>;
    assert.ok(Math.abs(Number(shown['frame_rate']) - 25) < 1, String(shown['frame_rate']));
    assert.equal(typeof shown['codec'], 'string');
    assert.deepEqual([heard['channels'], heard['sample_rate']], [1, audio === 'libopus' ? 48_000 : 44_100]);
    const strip = images.find(({ kind }) => kind === 'strip');
    const { width, height } = await sharp(strip?.bytes).metadata();
    assert.deepEqual([width, height], [1600, 120]);
    assert.deepEqual(images.map(({ kind }) => kind).sort(), ['strip', 'thumbnail_1024', 'thumbnail_256']);
  });
}

for (const [name, format] of [
  ['a.mp3', 'mp3'],
  ['a.flac', 'flac'],
  ['a.ogg', 'ogg'],
  ['a.wav', 'wav'],
  ['a.m4a', 'm4a'],
] as const) {
  test(`${name}: how long it sounds, and what it is called`, { skip }, async (context) => {
    const bytes = made(context, name, ...SOUND, '-metadata', 'title=A title', '-metadata', 'artist=Somebody');
    const { facts, problems, format: seen } = await readMedia(name, bytes);
    assert.equal(seen, format);
    assert.ok(Math.abs(Number(facts['duration_ms']) - 4000) < 150, String(facts['duration_ms']));
    assert.deepEqual([facts['title'], facts['artist']], ['A title', 'Somebody']);
    assert.deepEqual(problems, [{ want: 'thumbnails', reason: 'it has no cover' }]);
  });
}

test('the cover of a song is its picture', { skip }, async (context) => {
  const cover = made(context, 'cover.jpg', '-f', 'lavfi', '-i', 'color=red:s=300x300', '-frames:v', '1');
  const folder = mkdtempSync(join(tmpdir(), 'sd-cover-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  await sharp(cover).toFile(join(folder, 'cover.png'));
  const song = made(
    context,
    'a.mp3',
    ...SOUND,
    '-i',
    join(folder, 'cover.png'),
    '-map',
    '0',
    '-map',
    '1',
    '-c:v',
    'png',
  );
  const { images = [] } = await readMedia('a.mp3', song);
  assert.deepEqual(
    images.map(({ kind }) => kind),
    ['thumbnail_256', 'thumbnail_1024'],
  );
});

test('without ffmpeg there are facts, and a word on what is missing', { skip }, async (context) => {
  const bytes = made(context, 'a.mp4', ...FILM, '-c:v', 'libx264', '-pix_fmt', 'yuv420p');
  const path = process.env['PATH'];
  context.after(() => (process.env['PATH'] = path));
  process.env['PATH'] = '/nowhere';
  const outcome = await readMedia('a.mp4', bytes);
  assert.equal(outcome.facts['width'], 320);
  assert.deepEqual(outcome.problems, [{ want: 'thumbnails', reason: 'ffmpeg is not installed', tool: 'ffmpeg' }]);
  assert.equal(reasonOf(outcome), 'ffmpeg is not installed');
});
