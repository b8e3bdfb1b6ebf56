import { indexedFolder } from '../browsing/indexed-folder.ts';
import { contentByUuid } from '../db/library/contents.ts';
import { tagWithDescendants } from '../db/library/tag-links.ts';
import { resolveTag } from '../db/library/tag-names.ts';
import type { DedupeChoice } from '../deduplicating/choice.ts';
import type { Device } from '../domain/device.ts';
import type { DuplicateFilters } from '../domain/duplicates.ts';
import { uuidToText } from '../domain/ids.ts';
import type { DedupeWay, KeepRule, ResolvedRule } from '../domain/keep-rules.ts';
import { SdError } from '../errors.ts';
import { findLocation } from '../locations/find.ts';
import type { ReadConnection } from '../ports/sqlite.ts';
import { duplicateScope } from './duplicate-scope.ts';
import { knownDevice } from './known-device.ts';

interface Asked extends DuplicateFilters {
  readonly content_ids?: readonly string[] | undefined;
  readonly keep: readonly KeepRule[];
  readonly by: DedupeWay;
  readonly count_offline: boolean;
  readonly private: boolean;
}
interface Around {
  readonly db: ReadConnection;
  readonly device: Device;
}

/** What was asked for, in the terms of the library. Throws `NOT_FOUND` for what it does not have, `INVALID_INPUT`. */
export function dedupeChoice(asked: Asked, { db, device }: Around): DedupeChoice {
  if (asked.count_offline && asked.by !== 'trash')
    throw new SdError('INVALID_INPUT', 'a copy on a disk that is away can be neither linked to nor cloned', {
      way_out: 'leave count_offline out, or use trash',
    });
  const { scope } = duplicateScope(db, device, asked, undefined);
  const contents = asked.content_ids?.map((id) => {
    const content = contentByUuid(db, id);
    if (!content) throw new SdError('NOT_FOUND', `no file of the library has the content ${id}`);
    return content.id;
  });
  return {
    scope: contents ? { ...scope, contents } : scope,
    keep: asked.keep.map((rule) => resolved(rule, { db, device })),
    way: asked.by,
    countOffline: asked.count_offline,
    private: asked.private,
  };
}

function resolved(rule: KeepRule, { db, device }: Around): ResolvedRule {
  if (rule === 'tagged') return { by: 'tags', tags: 'any' };
  if (typeof rule === 'string') return { by: rule };
  if ('location' in rule) return { by: 'location', root: findLocation(db, rule.location, device.slug).root_entry_id };
  if ('within' in rule) return { by: 'within', path: indexedFolder(rule.within, db, device).path };
  if ('tag' in rule) return { by: 'tags', tags: tagWithDescendants(db, resolveTag(db, rule.tag).id) };
  return { by: 'device', device: uuidToText(knownDevice(db, rule.device).id) };
}
