import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { KINDS, KIND_CODES, type Kind, extensionOf, kindByName, kindOfCode, kindOfName } from './kinds.ts';
import { MAGIC_BYTES, kindOfContent } from './magic.ts';
import { anyCharacter } from '../testing/any-character.ts';

const named = (name: string): Kind => kindOfCode(kindOfName(name));
const seen = (name: string, head: string | readonly number[]): Kind =>
  kindOfCode(kindOfContent(name, typeof head === 'string' ? new TextEncoder().encode(head) : Uint8Array.from(head)));

test('codes are pinned: they are written in libraries', () => {
  assert.deepEqual(
    KINDS.map((kind) => KIND_CODES[kind]),
    KINDS.map((_, index) => index),
  );
  assert.equal(
    KINDS.join(' '),
    'unknown folder image video audio document text code archive font book database executable mesh config encrypted key link package disk_image subtitle calendar contact shortcut other',
  );
  assert.equal(kindOfCode(4711), 'unknown');
});

test('the extension tells the kind, in any case', () => {
  for (const [name, kind] of [
    ['IMG_0001.JPG', 'image'],
    ['a.b.pdf', 'document'],
    ['x.tar.gz', 'archive'],
    ['main.rs', 'code'],
    ['notes.txt', 'text'],
    ['a.Mkv', 'video'],
    ['s.flac', 'audio'],
    ['book.epub', 'book'],
    ['x.unknownext', 'unknown'],
    ['noext', 'unknown'],
    ['Makefile', 'code'],
    ['CMakeLists.txt', 'code'],
    ['README', 'text'],
    ['.bashrc', 'config'],
    ['.pdf', 'unknown'],
    ['id_ed25519.pub', 'key'],
    ['trailing.', 'unknown'],
    ['slides.key', 'document'],
    ['app.desktop', 'shortcut'],
    ['ends with. a sentence', 'unknown'],
  ] as const)
    assert.equal(named(name), kind, name);
  assert.equal(extensionOf('a.JPEG'), 'jpeg');
  assert.equal(extensionOf('.hidden'), '');
  assert.equal(extensionOf('archive.tar.GZ'), 'gz');
});

test('what is no file has the kind of its type', () => {
  assert.deepEqual(
    [1, 2, 3].map((type) => kindOfCode(kindByName(type, 'a.jpg'))),
    ['folder', 'link', 'other'],
  );
  assert.equal(kindOfCode(kindByName(0, 'a.jpg')), 'image');
});

test('clear signatures overrule the name, containers do not', () => {
  assert.equal(seen('photo.txt', [0xff, 0xd8, 0xff, 0xe0]), 'image');
  assert.equal(seen('noext', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), 'image');
  assert.equal(seen('report.docx', 'PK\u0003\u0004rest'), 'document');
  assert.equal(seen('noext', 'PK\u0003\u0004rest'), 'archive');
  assert.equal(seen('song.m4a', [0, 0, 0, 0x20, ...new TextEncoder().encode('ftypisom')]), 'audio');
  assert.equal(seen('clip', [0, 0, 0, 0x20, ...new TextEncoder().encode('ftypisom')]), 'video');
  assert.equal(seen('photo.mov', [0, 0, 0, 0x20, ...new TextEncoder().encode('ftypheic')]), 'image');
  assert.equal(seen('server.crt', '-----BEGIN CERTIFICATE-----'), 'key');
  assert.equal(seen('noext', '-----BEGIN OPENSSH PRIVATE KEY-----'), 'key');
  assert.equal(seen('script', '#!/bin/sh\n'), 'code');
  assert.equal(
    seen('data.bin', [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20, 0x66, 0x6f, 0x72, 0x6d, 0x61, 0x74, 0x20, 0x33, 0]),
    'database',
  );
});

test('a transport stream is no TypeScript', () => {
  const packets = new Uint8Array(MAGIC_BYTES);
  for (let at = 0; at < packets.length; at += 188) packets[at] = 0x47;
  assert.equal(seen('clip.ts', [...packets]), 'video');
  assert.equal(seen('main.ts', 'export const a = 1;\n'), 'code');
});

test('what reads as text is text, where nothing else is known', () => {
  assert.equal(seen('noext', 'Grüße\n'), 'text');
  assert.equal(seen('noext', [0, 1, 2, 3]), 'unknown');
  assert.equal(seen('noext', []), 'unknown');
  for (const shift of [0, 1, 2, 3]) {
    const cut = new TextEncoder().encode('a'.repeat(shift) + '👩'.repeat(MAGIC_BYTES)).subarray(0, MAGIC_BYTES);
    assert.equal(seen('noext', [...cut]), 'text', `cut ${shift}`);
  }
});

test('any name and any bytes have a kind', () => {
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter }), fc.uint8Array({ maxLength: 300 }), (name, head) =>
      assert.ok(KINDS.includes(kindOfCode(kindOfContent(name, head)))),
    ),
  );
});
