import type { SidecarRow } from '../db/library/sidecars.ts';
import { KINDS_WITH_SIDECARS, MAKERS, type SidecarKind, missingTool } from '../domain/sidecar.ts';
import type { ReadConnection } from '../ports/sqlite.ts';

/** Ids of the contents above `after` that may lack a sidecar, ascending. */
export function candidateIds(
  db: ReadConnection,
  { contents, since }: { readonly contents?: readonly number[]; readonly since?: number },
  after: number,
): Float64Array {
  if (contents)
    return Float64Array.from(new Set(contents))
      .sort()
      .filter((id) => id > after);
  const rows =
    since === undefined
      ? db
          .prepare<{ id: number }>(
            `SELECT id FROM contents WHERE id > ? AND kind IN (${KINDS_WITH_SIDECARS.join(', ')}) ORDER BY id`,
          )
          .iterate(after)
      : db
          .prepare<{ id: number }>(
            'SELECT DISTINCT content_id AS id FROM entries WHERE revision > ? AND content_id > ? ORDER BY content_id',
          )
          .iterate(since, after);
  const ids: number[] = [];
  for (const { id } of rows) ids.push(id);
  return Float64Array.from(ids);
}

/** Which of the kinds are to be made: those never made, made by an older maker, or worth another try. */
export function lackingKinds(
  kinds: readonly SidecarKind[],
  rows: readonly SidecarRow[],
  { retry, tools, isThere }: { retry: boolean; tools: readonly string[]; isThere: (row: SidecarRow) => boolean },
): SidecarKind[] {
  const known = new Map(rows.map((row) => [row.kind, row]));
  const newTools = tools.map(missingTool);
  return kinds.filter((kind) => {
    const row = known.get(kind);
    if (!row || row.maker < MAKERS[kind]) return true;
    // What a newer version made is better than what this one would make.
    if (row.maker > MAKERS[kind]) return false;
    if (row.state === 'made') return retry && !isThere(row);
    return retry || (row.reason !== null && newTools.includes(row.reason));
  });
}
