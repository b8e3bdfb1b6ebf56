import assert from 'node:assert/strict';
import { once } from 'node:events';
import { fork } from 'node:child_process';
import { afterEach, test } from 'node:test';
import { nodeSqlite } from '@sd/platform-node/sqlite.ts';
import { nodeWorkers } from '@sd/platform-node/workers.ts';
import { WriteLock } from '../db/write-lock.ts';
import type { CoreEvent } from '../events.ts';
import type { Log } from '../ports/log.ts';
import { realClock } from '../testing/job-fixture.ts';
import { SEARCH_DEVICE, SEARCH_KEY, SearchLibrary } from '../testing/search-fixture.ts';
import { expectedIds } from '../testing/search-oracle.ts';
import { threadEntry } from '../testing/test-platform.ts';
import { parseText } from './finding/search-text.ts';
import { type SearchRequest, search } from './search.ts';
import { TextIndexService } from './text-index-service.ts';

const ID = '01890000-0000-7000-8000-000000000001';
const quiet: Log = { debug() {}, info() {}, warn() {}, error() {}, child: () => quiet };
const opened: { library: SearchLibrary; service: TextIndexService }[] = [];
afterEach(async () => {
  for (const { library, service } of opened.splice(0)) {
    await service.stopAll();
    library.close();
  }
});

function serve() {
  const library = new SearchLibrary();
  const events: CoreEvent[] = [];
  const progress = Promise.withResolvers<void>();
  const publish = (event: CoreEvent): void => {
    events.push(event);
    if (event.change === 'progress') progress.resolve();
  };
  const workers = nodeWorkers(threadEntry);
  const service = new TextIndexService({ sqlite: nodeSqlite, workers, clock: realClock, log: quiet, publish });
  opened.push({ library, service });
  const access = {
    databasePath: library.path,
    key: SEARCH_KEY,
    deviceId: SEARCH_DEVICE,
    lock: new WriteLock(1).memory,
  };
  return {
    library,
    service,
    events,
    progress: progress.promise,
    start: () => service.start({ id: ID, db: library.world.db, access }, () => library.nextId),
  };
}
const request = (text: string): SearchRequest => ({
  text: parseText(text),
  filter: { hidden: true },
  order: { sort: 'relevance', descending: false },
  limit: 1000,
});
const find = (library: SearchLibrary, text: string): number[] =>
  search(library.world, request(text)).hits.map(({ id }) => id);

test('the service builds what is missing, follows what changes, and says so', async () => {
  const { library, service, events, start } = serve();
  const root = library.addLocation('/home/me');
  const [id = 0] = library.add({ parent: root, name: 'first.txt' });
  start();
  await service.settled(ID);
  assert.equal(library.meta()?.mark, id);
  assert.equal(search(library.world, request('first')).indexReady, true);
  assert.ok(
    events.some(({ resource, change, library: of }) => resource === 'service' && change === 'updated' && of === ID),
  );
  assert.deepEqual(service.status(), [{ library: ID, state: 'idle' }]);

  const [second = 0] = library.add({ parent: root, name: 'second.txt' });
  library.rename(id, 'renamed.txt');
  service.nudge(ID);
  await service.settled(ID);
  assert.equal(library.meta()?.mark, second);
  assert.equal(library.world.db.prepare('SELECT id FROM renamed_entries').get(), undefined);
  assert.deepEqual(find(library, 'renamed'), [id]);
});

test('a library that is closed while its index is built goes on where it was when it opens again', async () => {
  const { library, service, start, progress } = serve();
  const root = library.addLocation('/home/me');
  library.add(...Array.from({ length: 60_000 }, (_, at) => ({ parent: root, name: `picture ${at}.jpg` })));
  start();
  await progress;
  await service.stop(ID);
  assert.deepEqual(service.status(), []);
  assert.ok((library.meta()?.mark ?? 0) > 0);
  start();
  await service.settled(ID);
  assert.equal(library.meta()?.docs, 60_001);
  assert.equal(library.meta()?.state, 'ready');
});

test('an index that has everything costs no thread when its library opens', async () => {
  const { library, service, events, start } = serve();
  library.add({ parent: library.addLocation('/home/me'), name: 'first.txt' });
  library.build();
  start();
  await service.settled(ID);
  assert.equal(events.length, 0);
  library.rename(2, 'second.txt');
  service.nudge(ID);
  await service.settled(ID);
  assert.equal(events.at(-1)?.change, 'updated');
});

test('what cannot be built shows in the status, and stops nothing', async () => {
  const { service, start } = serve();
  const gone = serve();
  gone.service.start(
    {
      id: ID,
      db: gone.library.world.db,
      access: {
        databasePath: '/nowhere/library.db',
        key: SEARCH_KEY,
        deviceId: SEARCH_DEVICE,
        lock: new WriteLock(1).memory,
      },
    },
    () => 10,
  );
  await gone.service.settled(ID);
  assert.equal(gone.service.status()[0]?.state, 'failed');
  assert.match(gone.service.status()[0]?.error ?? '', /nowhere/);
  start();
  await service.settled(ID);
});

test(
  'killed at any instant of a build, the index opens again, goes on, and finds what is there',
  { timeout: 120_000 },
  async () => {
    const { library, service, start } = serve();
    const root = library.addLocation('/home/me');
    library.add(
      ...Array.from({ length: 40_000 }, (_, at) => ({
        parent: root,
        name: `${at % 7 ? 'picture' : 'Ünder'} ${at * 7919}.jpg`,
      })),
    );
    for (let kill = 0; kill < 12; kill++) {
      const child = fork(new URL('../testing/index-and-wait.ts', import.meta.url), [library.folder], {
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      });
      // It tells of every step of its build; the kill comes after a number of them, or in the middle of one.
      let steps = 0;
      const died = once(child, 'exit');
      child.on('message', () => {
        if (++steps > kill) child.kill('SIGKILL');
      });
      await died;
      library.rename(root + 1 + kill, `renamed ${kill}`);
      for (const text of ['under', 'renamed', `${39_999 * 7919}`]) {
        assert.deepEqual(new Set(allOf(library, text)), new Set(expectedIds(library.world.db, request(text))), text);
      }
    }
    start();
    await service.settled(ID);
    assert.equal(library.meta()?.state, 'ready');
    const check = library.inspect((names) => {
      names.exec("INSERT INTO trigrams (trigrams) VALUES ('integrity-check')");
      return names.prepare<{ quick_check: string }>('PRAGMA quick_check').get()?.quick_check;
    });
    assert.equal(check, 'ok');
    for (const text of ['under', 'renamed', 'ür 7', '.jpg'])
      assert.deepEqual(new Set(allOf(library, text)), new Set(expectedIds(library.world.db, request(text))), text);
  },
);

function allOf(library: SearchLibrary, text: string): number[] {
  const ids: number[] = [];
  for (let after: SearchRequest['after']; ;) {
    const page = search(library.world, { ...request(text), after });
    ids.push(...page.hits.map(({ id }) => id));
    if (!page.next) return ids;
    after = page.next;
  }
}
