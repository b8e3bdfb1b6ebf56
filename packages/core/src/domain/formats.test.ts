import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mediaFormat } from './formats.ts';

const told = (name: string, start: string): string | undefined =>
  mediaFormat(
    name,
    Uint8Array.from(start, (character) => character.charCodeAt(0)),
  );

test('the first bytes tell the format, whatever the name says', () => {
  const starts: readonly (readonly [start: string, format: string])[] = [
    ['\xff\xd8\xff\xe0', 'jpeg'],
    ['\x89PNG\r\n\x1a\n', 'png'],
    ['GIF89a', 'gif'],
    ['RIFF\0\0\0\0WEBPVP8 ', 'webp'],
    ['RIFF\0\0\0\0WAVEfmt ', 'wav'],
    ['\0\0\0\x20ftypavif', 'avif'],
    ['\0\0\0\x20ftypmif1\0\0\0\0mif1avif', 'avif'],
    ['\0\0\0\x20ftypmif1\0\0\0\0mif1heic', 'heic'],
    ['\0\0\0\x18ftypcrx ', 'cr3'],
    ['\0\0\0\x18ftypisom', 'mp4'],
    ['\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm', 'webm'],
    ['\x1a\x45\xdf\xa3\x9f\x42\x82\x88matroska', 'matroska'],
    ['FUJIFILMCCD-RAW 0201', 'raf'],
    ['ID3\x04', 'mp3'],
    ['\xff\xfb\x90\x64', 'mp3'],
    ['\xff\xf1\x50\x80', 'aac'],
    ['<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg">', 'svg'],
  ];
  for (const [start, format] of starts) assert.equal(told('a.txt', start), format, start);
});

test('where many formats begin alike, the name tells them apart', () => {
  for (const [name, format] of [
    ['a.tif', 'tiff'],
    ['a.NEF', 'nef'],
    ['a.cr2', 'cr2'],
    ['a', 'tiff'],
  ] as const)
    assert.equal(told(name, 'II*\0'), format);
});

test('text that speaks of formats is none of them, nor is UTF-16', () => {
  assert.equal(told('a.html', '<p>an <svg> element'), undefined);
  assert.equal(told('a.md', 'Use <svg> here'), undefined);
  assert.equal(told('a.txt', '\xff\xfeH\0i\0'), undefined);
});
