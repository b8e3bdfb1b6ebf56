import { contentByUuid } from '../db/library/contents.ts';
import { SdError } from '../errors.ts';
import type { Library } from '../libraries/library.ts';

/** The longer side, in pixels. */
const THUMBNAIL_SIZES = [256, 1024] as const;
export type ThumbnailSize = (typeof THUMBNAIL_SIZES)[number];

/** The bytes of a sidecar of the content with that hash; `undefined` where they are not there or damaged. */
export type ReadSidecar = (library: Library, contentHash: Uint8Array, kind: string) => Promise<Uint8Array | undefined>;

export interface ServedThumbnail {
  /** WebP. */
  readonly bytes: Uint8Array;
  /** Version of what made it: another one may make another picture of the same content. */
  readonly maker: number;
}

interface SidecarRow {
  readonly maker: number;
  readonly state: 'made' | 'none' | 'failed';
  readonly reason: string | null;
}

export async function thumbnailOf(
  library: Library,
  content: string,
  size: ThumbnailSize,
  readSidecar: ReadSidecar,
): Promise<ServedThumbnail> {
  const row = contentByUuid(library.db, content);
  if (!row) throw new SdError('NOT_FOUND', 'no file of the library has that content', { can_be_made: false });
  const kind = `thumbnail_${size}`;
  const sidecar = library.db
    .prepare<SidecarRow>('SELECT maker, state, reason FROM sidecars WHERE content_id = ? AND kind = ?')
    .get(row.id, kind);
  if (sidecar && sidecar.state !== 'made')
    throw new SdError('NOT_FOUND', sidecar.reason ?? 'there is nothing to show of it', { can_be_made: false });
  const bytes = sidecar && (await readSidecar(library, row.hash, kind));
  if (!sidecar || !bytes)
    throw new SdError('NOT_FOUND', 'the thumbnail is not made yet', {
      can_be_made: true,
      way_out: 'sd sidecar make makes it',
    });
  return { bytes, maker: sidecar.maker };
}
