import { METADATA, metadataRow, rowOfSaid, saidOfRow } from '../db/library/metadata.ts';
import { ENTRY_SCOPE, giveUuids } from '../db/library/target-key.ts';
import { type UserRow, deleteUserRows, putUserRows } from '../db/library/user-rows.ts';
import { namedForPeople } from '../domain/for-people.ts';
import { MOST_FIELDS, type MetadataPatch, METADATA_NAMES, patched, saysNothing } from '../domain/metadata.ts';
import type { On } from '../domain/targets.ts';
import { SdError } from '../errors.ts';
import type { WriteTask } from '../write-task.ts';
import { type ResolvedTargets, saidTargets } from './target-list.ts';

export interface SayInput {
  readonly targets: ResolvedTargets;
  readonly on: On;
  readonly patch: MetadataPatch;
}

/** Says the same of many targets. What then says nothing of one leaves no row. */
export const sayMetadata: WriteTask<SayInput, { changed: number; targets: number }> = {
  name: 'metadata.update',
  write(tx, { targets, on, patch }, { newIds, now }) {
    const said = saidTargets(targets, on);
    const puts: UserRow[] = [];
    const gone: UserRow[] = [];
    for (const { scope, id } of said) {
      const before = metadataRow(tx, scope, id);
      const after = patched(saidOfRow(before), patch);
      if (Object.keys(after.fields ?? {}).length > MOST_FIELDS)
        throw new SdError('LIMIT', `a file has ${MOST_FIELDS} custom fields at most`);
      if (saysNothing(after)) gone.push({ scope, target_id: id });
      else {
        const row = rowOfSaid(scope, id, after, now);
        if (!before || !sameSaid({ ...before }, row)) puts.push(row);
      }
    }
    giveUuids(
      tx,
      puts.flatMap(({ scope, target_id: id }) => (scope === ENTRY_SCOPE ? [Number(id)] : [])),
      () => newIds.bytes(),
    );
    const changed = putUserRows(tx, METADATA, puts) + deleteUserRows(tx, METADATA, gone);
    tx.summary(`${sentenceOf(patch)} of ${namedForPeople({ count: said.length, folders: targets.folders })}`);
    if (changed > 0) tx.emit({ resource: 'metadata', change: 'updated', data: { changed } });
    return { changed, targets: said.length };
  },
};

function sameSaid(before: UserRow, after: UserRow): boolean {
  return METADATA_NAMES.every((name) => before[name] === after[name]);
}

/** `Changed the rating and the note`. */
function sentenceOf(patch: MetadataPatch): string {
  const names = METADATA_NAMES.filter((name) => patch[name] !== undefined).map((name) =>
    name === 'fields'
      ? `the fields ${Object.keys(patch.fields ?? {})
          .slice(0, 3)
          .join(', ')}`
      : `the ${WORDS[name]}`,
  );
  return `Changed ${names.join(' and ')}`;
}
const WORDS = { favorite: 'favorite mark', rating: 'rating', hidden: 'hidden mark', note: 'note' } as const;
