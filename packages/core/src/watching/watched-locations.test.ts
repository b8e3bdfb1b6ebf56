import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SdError } from '../errors.ts';
import type { ErrorCode } from '../errors.ts';
import type { LiveLocation } from '../indexing/passes/places.ts';
import type { Watching } from '../ports/watching.ts';
import { WatchedLocations } from './watched-locations.ts';

const HOME = { uuid: 'home' } as LiveLocation;

/** A system that refuses to watch the folders in `refused`. */
function world(refused: Map<string, ErrorCode>, limit?: number): WatchedLocations {
  const watching: Watching = {
    watch(path) {
      const code = refused.get(path);
      if (code) throw new SdError(code, 'no');
      return { close() {} };
    },
    onLost: () => () => {},
    limits: () => ({ watches: 10_000, raise: 'sysctl x' }),
  };
  const watched = new WatchedLocations(watching, { limit, pollMs: 1000, news: () => {} });
  watched.begin('home', undefined);
  watched.begun('home');
  return watched;
}

test('a folder that cannot be read is looked at from time to time, and is no word of a limit', () => {
  const refused = new Map<string, ErrorCode>([['/b', 'NOT_READABLE']]);
  const watched = world(refused);
  watched.ensure(HOME, 1, '/a');
  watched.ensure(HOME, 2, '/b');
  assert.deepEqual(watched.stateOf('home'), {
    state: 'partial',
    folders: 2,
    watched: 1,
    poll_ms: 1000,
    reason: '1 of 2 folders cannot be read; give this user the right to, or exclude them',
  });
  assert.deepEqual([...watched.unwatched()], [2]);
  // Room there is: the next folder is watched.
  watched.ensure(HOME, 3, '/c');
  assert.equal(watched.locationOf(3), 'home');
  // Once it can be read, all is live.
  refused.clear();
  watched.ensure(HOME, 2, '/b');
  assert.equal(watched.stateOf('home').state, 'live');
});

test('a limit is named as one, beside the folders that cannot be read', () => {
  const watched = world(
    new Map<string, ErrorCode>([
      ['/b', 'NOT_READABLE'],
      ['/c', 'LIMIT'],
    ]),
  );
  for (const [at, path] of ['/a', '/b', '/c', '/d'].entries()) watched.ensure(HOME, at, path);
  const { reason } = watched.stateOf('home');
  assert.match(
    reason ?? '',
    /^2 of 4 folders are looked at .*no more watches; .*sysctl x; 1 of 4 folders cannot be read;/,
  );
  watched.close(1);
  assert.doesNotMatch(watched.stateOf('home').reason ?? '', /cannot be read/);
});
