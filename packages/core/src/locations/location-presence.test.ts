import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FOLDER } from '../domain/entry.ts';
import { SdError } from '../errors.ts';
import type { FileFacts } from '../ports/files.ts';
import { LocationPresence } from './location-presence.ts';

const ROOT = { type: FOLDER, device: 1, inode: 2 } as FileFacts;
const place = (path: string, volume_away = 0) => ({ path, root_device: 1, root_inode: 2, volume_away });

/** A system where a look at `/share` by the thread itself would never end. */
function world(answer: (path: string) => Promise<FileFacts | undefined>) {
  const asked: string[] = [];
  const files = {
    facts(path: string) {
      if (path.startsWith('/share')) throw new Error('the daemon hangs');
      return ROOT;
    },
  };
  const facts = (path: string) => (asked.push(path), answer(path));
  return { asked, presence: new LocationPresence(files, { mayHang: (path) => path.startsWith('/share'), facts }) };
}

test('a disk of this computer is asked at once, and a share never by the thread that answers everyone', async () => {
  let answer: FileFacts | undefined = ROOT;
  const { asked, presence } = world(async () => answer);
  assert.equal(presence.known(place('/home')), 'online');
  assert.equal(presence.known(place('/share/a')), 'online');
  assert.equal(presence.known(place('/share/a')), 'online');
  assert.deepEqual(asked, ['/share/a'], 'what is being asked is not asked twice');

  answer = undefined;
  assert.equal(await presence.ask(place('/share/a')), 'offline');
  assert.equal(presence.known(place('/share/a')), 'offline');
  answer = { ...ROOT, device: 5, inode: 6 };
  assert.equal(await presence.ask(place('/share/a')), 'offline', 'another folder stands in its place');
});

test('a share that does not answer is offline, one that refuses is unreadable, one that is away is not asked', async () => {
  let code: 'IO' | 'NOT_READABLE' = 'IO';
  const { asked, presence } = world(() => Promise.reject(new SdError(code, 'no')));
  assert.equal(await presence.ask(place('/share/a')), 'offline');
  code = 'NOT_READABLE';
  assert.equal(await presence.ask(place('/share/a')), 'unreadable');
  const before = asked.length;
  assert.equal(await presence.ask(place('/share/a', 1)), 'offline');
  assert.equal(presence.known(place('/share/a', 1)), 'offline');
  assert.equal(asked.length, before);
});
