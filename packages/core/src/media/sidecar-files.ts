import type { SidecarKind } from '../domain/sidecar.ts';
import { contentUuid, uuidToText } from '../domain/ids.ts';
import { SdError } from '../errors.ts';
import type { Files, ReadFiles } from '../ports/files.ts';
import type { Sealing } from '../ports/sealing.ts';

export const SIDECARS_FOLDER = 'sidecars';
/** No sidecar is larger. */
const LARGEST = 64 * 2 ** 20;

/** Which sidecar: of which content, what, and by which version of its maker. */
export interface SidecarName {
  /** UUID in text. */
  readonly content: string;
  readonly kind: SidecarKind;
  readonly maker: number;
}

export function nameOf(hash: Uint8Array, kind: SidecarKind, maker: number): SidecarName {
  return { content: uuidToText(contentUuid(hash)), kind, maker };
}

/** Where the sidecars of a content lie in the folder of a library: spread over 65,536 folders. */
export function folderOfContent(libraryFolder: string, content: string): string {
  return `${libraryFolder}/${SIDECARS_FOLDER}/${content.slice(0, 2)}/${content.slice(2, 4)}/${content}`;
}

export function fileNameOf({ kind, maker }: Pick<SidecarName, 'kind' | 'maker'>): string {
  return `${kind}.${maker}.sealed`;
}

/** Encrypted files beside a library's database, each whole or not there. */
export class SidecarFiles {
  readonly #folder: string;
  readonly #key: Uint8Array;
  readonly #platform: { readonly files: ReadFiles; readonly sealing: Sealing };

  /** `key`: 32 bytes, see `db/library/sidecar-key.ts`. */
  constructor(folder: string, key: Uint8Array, platform: { readonly files: ReadFiles; readonly sealing: Sealing }) {
    this.#folder = folder;
    this.#key = key;
    this.#platform = platform;
  }

  pathOf(name: SidecarName): string {
    return `${folderOfContent(this.#folder, name.content)}/${fileNameOf(name)}`;
  }

  /** Answers how many bytes its file has. */
  write(files: Files, name: SidecarName, bytes: Uint8Array): number {
    const sealed = this.#platform.sealing.seal(this.#key, bytes, contextOf(name));
    files.makeFolder(folderOfContent(this.#folder, name.content));
    files.replaceFile(this.pathOf(name), sealed);
    return sealed.length;
  }

  /** `undefined`: it is not there, or is not what was written. */
  read(name: SidecarName): Uint8Array | undefined {
    try {
      const sealed = this.#platform.files.readWhole(this.pathOf(name), LARGEST);
      return this.#platform.sealing.open(this.#key, sealed, contextOf(name));
    } catch (error) {
      if (error instanceof SdError && (error.code === 'NOT_FOUND' || error.code === 'TOO_LARGE')) return undefined;
      throw error;
    }
  }
}

/** A sidecar put in the place of another is none. */
function contextOf({ content, kind, maker }: SidecarName): string {
  return `sidecar:${content}:${kind}:${maker}`;
}
