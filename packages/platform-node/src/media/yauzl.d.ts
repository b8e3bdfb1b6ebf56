/** What is used here of the package, which has no types of its own. */
declare module 'yauzl' {
  import type { Readable } from 'node:stream';

  export interface Entry {
    /** Bytes, as the file is opened without decoding. */
    readonly fileName: Buffer;
    readonly extraFields: readonly { readonly id: number; readonly data: Buffer }[];
    readonly generalPurposeBitFlag: number;
    readonly compressionMethod: number;
    /** As the directory claims. */
    readonly compressedSize: number;
    readonly uncompressedSize: number;
    isEncrypted(): boolean;
  }
  export interface ZipFile {
    /** As the end of the directory claims. */
    readonly entryCount: number;
    close(): void;
    eachEntry(): AsyncIterableIterator<Entry>;
    openReadStreamPromise(entry: Entry): Promise<Readable>;
  }
  export function fromFdPromise(file: number, options: { autoClose: boolean; decodeStrings: false }): Promise<ZipFile>;
  export function getFileNameLowLevel(
    flags: number,
    name: Buffer,
    extraFields: Entry['extraFields'],
    strict: boolean,
  ): string;
}
