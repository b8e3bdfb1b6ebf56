import { sidecarKey } from '../db/library/sidecar-key.ts';
import { sidecarOf } from '../db/library/sidecars.ts';
import { contentByUuid } from '../db/library/contents.ts';
import { contentUuid, uuidToText } from '../domain/ids.ts';
import { SIDECAR_KINDS } from '../domain/sidecar.ts';
import type { ReadFiles } from '../ports/files.ts';
import type { Sealing } from '../ports/sealing.ts';
import type { ReadConnection } from '../ports/sqlite.ts';
import { SidecarFiles, nameOf } from './sidecar-files.ts';

/** The bytes of a sidecar that was made of the content with that hash; `undefined` where there is none, or a damaged one. */
export function readSidecar(
  library: { readonly folder: string; readonly db: ReadConnection },
  hash: Uint8Array,
  kind: string,
  platform: { readonly files: ReadFiles; readonly sealing: Sealing },
): Uint8Array | undefined {
  const known = SIDECAR_KINDS.find((name) => name === kind);
  const content = contentByUuid(library.db, uuidToText(contentUuid(hash)));
  const row = known && content && sidecarOf(library.db, content.id, known);
  const key = sidecarKey(library.db);
  if (!row || row.state !== 'made' || !key) return undefined;
  return new SidecarFiles(library.folder, key, platform).read(nameOf(hash, row.kind, row.maker));
}
