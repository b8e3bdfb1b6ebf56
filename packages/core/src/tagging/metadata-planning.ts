import { metadataRow, saidOfRow } from '../db/library/metadata.ts';
import { type MetadataPatch, patched } from '../domain/metadata.ts';
import type { ReadConnection } from '../ports/sqlite.ts';
import type { SayInput } from './metadata-saying.ts';
import { saidTargets } from './target-list.ts';

/** How many targets a patch would change something of. */
export function planMetadata(
  db: ReadConnection,
  { targets, on, patch }: SayInput,
): { changes: number; targets: number } {
  const said = saidTargets(targets, on);
  const changes = said.filter(({ scope, id }) => differs(saidOfRow(metadataRow(db, scope, id)), patch)).length;
  return { changes, targets: said.length };
}

function differs(said: ReturnType<typeof saidOfRow>, patch: MetadataPatch): boolean {
  return JSON.stringify(patched(said, patch)) !== JSON.stringify(said);
}
