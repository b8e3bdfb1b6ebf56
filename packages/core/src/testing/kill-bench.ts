import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { listLocations } from '../db/library/locations.ts';
import { uuidToText } from '../domain/ids.ts';
import type { OpenLibrary } from '../libraries/library.ts';
import { indexPicture } from './index-picture.ts';
import { openLibraries } from './library-fixture.ts';
import { ScanBench } from './scan-bench.ts';

const CHILD = fileURLToPath(new URL('../../test/index-child.ts', import.meta.url));

/** Runs a core on a changing tree (`script` says how), and kills it `after` milliseconds after it said that it is ready. */
export function liveAndDie(
  dataFolder: string,
  tree: string,
  seed: number,
  after: number,
  script = CHILD,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, dataFolder, tree, String(seed)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    child.stdout.once('data', () => setTimeout(() => child.kill('SIGKILL'), after));
    child.on('error', reject);
    child.on('close', (code, signal) =>
      signal === 'SIGKILL' ? resolve() : reject(new Error(`the child ended by itself (${code}): ${errors}`)),
    );
  });
}

/** Every entry ever seen, by its id: what it was can change, but its UUID cannot, nor can an id that is gone come back. */
export class SeenIds {
  readonly #uuids = new Map<number, string>();
  readonly #gone = new Set<number>();

  get size(): number {
    return this.#uuids.size;
  }

  look(library: OpenLibrary): void {
    for (const { row_id } of library.db
      .prepare<{ row_id: number }>("SELECT row_id FROM tombstones WHERE table_name = 'entries'")
      .all())
      this.#gone.add(row_id);
    for (const { id, uuid } of library.db
      .prepare<{ id: number; uuid: string | null }>('SELECT id, hex(uuid) AS uuid FROM entries')
      .all()) {
      assert.ok(!this.#gone.has(id), `the id ${id} was given again`);
      const known = this.#uuids.get(id);
      if (known) assert.equal(uuid, known, `the id ${id} was given to another entry`);
      if (uuid) this.#uuids.set(id, uuid);
    }
  }
}

/** Opens the library after a kill: it is clean, and a scan ends as in a library that scans the tree for the first time. */
export async function checkAfterKill(
  dataFolder: string,
  freshFolder: string,
  tree: string,
  seen: SeenIds,
): Promise<void> {
  const { libraries } = await openLibraries(dataFolder);
  const fresh = new ScanBench(freshFolder, { real: true });
  try {
    const [listed] = libraries.list();
    assert.equal(listed?.state, 'open');
    const library = libraries.open(listed.id);
    const bench = new ScanBench(dataFolder, { real: true, library });
    assert.deepEqual(bench.problems(), []);
    seen.look(library);
    const [location] = listLocations(library.db);
    if (!location) return;
    await bench.scan(uuidToText(location.uuid));
    assert.deepEqual(bench.problems(), []);
    seen.look(library);
    const first = await fresh.add(tree, 'content');
    await fresh.scan(first);
    const expected = indexPicture(fresh.library.db, fresh.location(first).root_entry_id).entries;
    assert.deepEqual(indexPicture(library.db, location.root_entry_id).entries, expected);
  } finally {
    await fresh.close();
    await libraries.stop();
  }
}
