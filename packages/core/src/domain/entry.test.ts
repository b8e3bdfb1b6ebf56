import assert from 'node:assert/strict';
import { test } from 'node:test';
import { entryView, entryViewSchema, nameOfStored, viewAt, viewsIn } from './entry.ts';
import { KIND_CODES } from './kinds.ts';
import { encodeNative } from './native-path.ts';

const facts = { name: 'a b.JPG', type: 0, kind: KIND_CODES.image, size: 3, mtime: 1_700_000_000_123_999 };

test('an unindexed file has what the disk says and nothing else', () => {
  assert.deepEqual(entryViewSchema.parse(entryView(facts, { device: 'd', folder: '/x' })), {
    name: 'a b.JPG',
    path: 'local://d/x/a%20b.JPG',
    native_path: '/x/a b.JPG',
    type: 'file',
    kind: 'image',
    extension: 'jpg',
    size: 3,
    modified: 1_700_000_000_123,
    hidden: false,
    indexed: false,
  });
});

test('what the index knows joins it; bytes and text of an id are the same', () => {
  const uuid = new Uint8Array(16).fill(0x11);
  const text = '11111111-1111-1111-1111-111111111111';
  const place = { device: 'd', folder: '/', location: text, offline: true };
  const known = { ...facts, id: 7, links: 2, target: 'x\ny' };
  const view = viewsIn(place)({ ...known, uuid, contentUuid: text });
  assert.deepEqual(view, viewsIn(place)({ ...known, uuid: text, contentUuid: uuid }));
  assert.deepEqual([view.id, view.uuid, view.content_id, view.links, view.target], [7, text, text, 2, 'x\\ny']);
  assert.deepEqual([view.path, view.location, view.offline, view.indexed], ['local://d/a%20b.JPG', text, true, true]);
});

test('names are shown escaped and addressed exactly', () => {
  const name = 'caf\udce9\n';
  const view = entryView({ ...facts, name, type: 1 }, { device: 'd', folder: '/\udcff' });
  assert.deepEqual(
    [view.name, view.native_path, view.path],
    ['caf\\xe9\\n', '/\\xff/caf\\xe9\\n', 'local://d/%FF/caf%E9%0A'],
  );
  assert.equal(nameOfStored(encodeNative(name)), name);
  assert.equal(viewAt({ ...facts, name: '/', type: 1 }, '/', { device: 'd' }).path, 'local://d/');
});
