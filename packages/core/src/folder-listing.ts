import type { FolderListing } from './ports/files.ts';

/** An empty listing; the port grows its columns as needed. */
export function newListing(room = 64): FolderListing {
  return {
    names: [],
    types: new Uint8Array(room),
    sizes: new Float64Array(room),
    mtimes: new Float64Array(room),
    inodes: new Float64Array(room),
    devices: new Float64Array(room),
    links: new Uint32Array(room),
    vanished: [],
  };
}
