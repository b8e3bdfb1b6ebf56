import type { DiskChange } from '../../file-actions/index-follower.ts';
import { FILE } from '../../domain/entry.ts';
import { basenameOf } from '../../domain/native-path.ts';
import type { Batch, SourceContent } from './batch.ts';
import { type FollowedRow, readRows } from './followed-row.ts';
import { sameKindOfName } from './known-content.ts';

type Source = NonNullable<Extract<DiskChange, { type: 'created' }>['copyOf']>;

/** What the files are that a batch makes copies of: their rows are read together. */
export class SourceContents {
  readonly #rows = new Map<number, FollowedRow>();
  readonly #ids = new Map<string, number>();

  read(batch: Batch, changes: readonly DiskChange[]): void {
    for (const change of changes) {
      if (change.type !== 'created' || !change.copyOf) continue;
      const { path, entry } = change.copyOf;
      const place = entry === undefined ? batch.paths.place(path) : undefined;
      const id = entry ?? (place && batch.following.names.find(place.folder, place.name));
      if (id !== undefined) this.#ids.set(path, id);
    }
    for (const row of readRows(batch.tx, [...this.#ids.values()])) this.#rows.set(row.id, row);
  }

  /** What a copy of that file is under a name; `undefined`: not known, or not known to be still so. */
  find(batch: Batch, source: Source, name: string): SourceContent | undefined {
    const thought = this.#rows.get(this.#ids.get(source.path) ?? 0);
    const row = thought && isSource(thought, source) ? thought : batch.known(source.path)?.row;
    if (!row || !isSource(row, source) || row.content_id === null || !sameKindOfName(row.name, name)) return undefined;
    return { id: row.content_id, kind: row.kind };
  }
}

/** The row of the file as it was when it was copied. */
function isSource(row: FollowedRow, { path, size, mtime }: Source): boolean {
  return row.type === FILE && row.size === size && row.mtime === mtime && row.name === basenameOf(path);
}
