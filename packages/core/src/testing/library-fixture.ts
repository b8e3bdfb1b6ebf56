import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LibraryFormat } from '../db/library-format.ts';
import type { Migration } from '../db/migrate.ts';
import { openDevice } from '../device/device.ts';
import { idSource } from '../domain/ids.ts';
import { type CoreEvent, EventBus } from '../events.ts';
import { type LibrariesParts, assembleLibraries } from '../libraries/assemble.ts';
import type { Maintenance } from '../libraries/maintenance.ts';
import { maintenanceTasks } from '../libraries/maintenance-tasks.ts';
import type { Libraries } from '../libraries/manager.ts';
import type { LibraryHooks } from '../libraries/services.ts';
import type { Platform } from '../platform.ts';
import type { Log } from '../ports/log.ts';
import { keepFromRealTrash } from './own-trash.ts';
import { testPlatform } from './test-platform.ts';

/** The libraries of one data folder without the rest of a core. */
export interface LibraryBench {
  readonly platform: Platform;
  readonly libraries: Libraries;
  readonly events: readonly CoreEvent[];
  readonly log: readonly string[];
}

/** A data folder that outlives the benches opened on it. Removed when the test ends. */
export function dataFolder(context: { after(call: () => void): void }): string {
  const folder = mkdtempSync(join(tmpdir(), 'sd-libraries-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Opens every library of the data folder, as a core's start does. */
export async function openLibraries(
  folder: string,
  options: {
    hooks?: Partial<LibraryHooks>;
    platform?: (platform: Platform) => Platform;
    /** Work on whole databases is then done in this thread, by a version that knows these formats. */
    migrations?: readonly Migration[];
  } = {},
): Promise<LibraryBench> {
  keepFromRealTrash();
  const log: string[] = [];
  const bare = testPlatform(folder, logInto(log));
  const platform = options.platform?.(bare) ?? bare;
  const ids = idSource(platform.clock, platform.random);
  const newId = (): string => ids.text();
  const device = await openDevice({ ...platform, newId }, folder);
  const events = new EventBus('test', () => platform.clock.now());
  const seen: CoreEvent[] = [];
  events.subscribe((event) => seen.push(event));
  const libraries = assembleLibraries({
    platform,
    device,
    events,
    newId,
    dataFolder: folder,
    hooks: { opened() {}, closing() {}, ...options.hooks },
    ...(options.migrations ? { formats: formatsOf(platform, options.migrations) } : {}),
  });
  await libraries.start();
  return { platform, libraries, events: seen, log };
}

function formatsOf(platform: Platform, migrations: readonly Migration[]): NonNullable<LibrariesParts['formats']> {
  const format = new LibraryFormat(migrations);
  const tasks = maintenanceTasks(platform, format);
  const run: Maintenance['run'] = async (name, task) => (tasks[name] as (task: unknown) => never)(task);
  return { format, maintenance: { run } };
}

function logInto(lines: string[]): Log {
  const add = (message: string, facts?: Record<string, unknown>): void =>
    void lines.push(facts ? `${message} ${JSON.stringify(facts)}` : message);
  return { debug: add, info: add, warn: add, error: add, child: () => logInto(lines) };
}

/** Every file below a folder with its bytes. */
export function allFiles(folder: string): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    const path = join(folder, name);
    if (statSync(path).isFile()) files.set(name, readFileSync(path));
  }
  return files;
}

/** A folder with files in it, as the index would hold it, without an index. */
export async function addEntries(libraries: Libraries, library: string, names: readonly string[]): Promise<void> {
  const open = libraries.open(library);
  const first = open.entryIds.take(names.length);
  await open.write((tx) => {
    names.forEach((name, at) => {
      tx.run(
        'INSERT INTO entries (id, parent_id, name, type, kind, size, mtime, inode, links, revision) VALUES (?, NULL, ?, 0, 0, 1, 0, ?, 0, ?)',
        first + at,
        name,
        first + at,
        tx.revision,
      );
    });
    tx.run('UPDATE write_state SET next_entry_id = ?', open.entryIds.next);
    tx.target(`${names.length} names`);
  });
}

export function entryNames(libraries: Libraries, library: string): string[] {
  return libraries
    .open(library)
    .db.prepare<{ name: string }>('SELECT name FROM entries ORDER BY id')
    .all()
    .map(({ name }) => name);
}
