import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LocationView } from '../wire.ts';
import { mediaLines } from './media.ts';
import { watchText } from './watching.ts';

const CLEAR = '\u001b[2J';

test('nothing a file or a mount says of itself reaches the terminal as a command', () => {
  const text = { title: CLEAR, artist: CLEAR, album: CLEAR, author: CLEAR, lens: CLEAR, camera_make: CLEAR };
  const shown = mediaLines({ ...text, format: CLEAR, video: { codec: CLEAR }, audio: { codec: CLEAR } });
  assert.equal(shown.filter(([, value]) => value?.includes('\\x1b[2J')).length, 9);
  assert.ok(shown.every(([, value]) => !value?.includes('\u001b')));
  const watch = { state: 'polling', folders: 2, watched: 0, reason: `fuse.${CLEAR}` } as const;
  assert.match(watchText({ watch } satisfies Pick<LocationView, 'watch'>) ?? '', /: fuse\.\\x1b\[2J$/);
});
