import { addressOf } from '../browsing/address.ts';
import { entryAt } from '../browsing/entry.ts';
import { around } from '../browsing/surroundings.ts';
import type { ReaderContext } from '../context.ts';
import { contentByUuid } from '../db/library/contents.ts';
import { uuidFromText } from '../domain/ids.ts';
import { showNative } from '../domain/native-path.ts';
import type { Targets } from '../domain/targets.ts';
import { MOST_TARGETS } from '../domain/targets.ts';
import { SdError } from '../errors.ts';
import type { ReaderTask } from '../operation.ts';
import type { ReadConnection } from '../ports/sqlite.ts';
import { type ResolvedTargets, TargetList } from '../tagging/target-list.ts';
import { entriesFound } from './entries-found.ts';

/**
 * What targets come to: entries with their contents, and contents. Throws `NOT_FOUND` where one that was named is not in
 * the index, `LIMIT` where there are too many, and what the search throws.
 */
export const resolveTargets: ReaderTask<Targets, ResolvedTargets> = {
  name: 'targets.resolve',
  async run(context, targets) {
    const { db } = context.library;
    const list = new TargetList(db);
    for (const path of targets.paths ?? []) {
      context.checkCancelled();
      const found = named(path, context);
      if ('entry' in found) list.addEntries([found.entry]);
      else list.addContent(found.content);
    }
    const entries = (targets.entries ?? []).map((id) => (typeof id === 'number' ? id : idOf(db, id)));
    const missing = list.addEntries(entries);
    if (missing !== undefined) throw unknownEntry(targets.entries?.[missing]);
    for (const uuid of targets.contents ?? []) list.addContent(contentOf(db, uuid));
    if (targets.search) list.addEntries(entriesFound(context, targets.search, MOST_TARGETS));
    if (list.size > MOST_TARGETS) throw tooMany();
    return list.resolved();
  },
};

function named(text: string, context: ReaderContext<'library'>): { entry: number } | { content: number } {
  const { library, device } = context;
  const address = addressOf(text, device);
  if (address.kind === 'content') return { content: contentOf(library.db, address.id) };
  const { facts } = entryAt(address.path, around(context));
  if (facts.id !== undefined) return { entry: facts.id };
  throw new SdError('NOT_FOUND', `${showNative(address.path)} is not in the index of "${library.name}"`, {
    way_out: 'sd location add indexes a folder; what was made just now is there in a moment',
  });
}

function contentOf(db: ReadConnection, uuid: string): number {
  const content = contentByUuid(db, uuid);
  if (content) return content.id;
  throw new SdError('NOT_FOUND', `no file of the library has the content ${uuid}`);
}

function idOf(db: ReadConnection, uuid: string): number {
  const row = db.prepare<{ id: number }>('SELECT id FROM entries WHERE uuid = ?').get(uuidFromText(uuid) ?? null);
  if (row) return row.id;
  throw unknownEntry(uuid);
}

function unknownEntry(id: number | string | undefined): SdError {
  return new SdError('NOT_FOUND', `the library has no entry ${id}`);
}

function tooMany(): SdError {
  return new SdError('LIMIT', `these are more than ${MOST_TARGETS} entries`, { way_out: 'narrow the search' });
}
