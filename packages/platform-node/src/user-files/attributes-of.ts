import { lstatSync } from 'node:fs';
import type { FileAttributes } from '@sd/core/ports/user-files.ts';
import { guarded } from '../fs-errors.ts';
import { reach } from '../system-path.ts';
import { attributeNames, readAttribute, writeAttribute } from './attributes.ts';
import { changing, codeOf, refusal } from './errors.ts';

const PERMISSIONS = 0o7777;

/** `UserFiles.attributes`. */
export function attributes(path: string): FileAttributes {
  return guarded(path, 'read', () =>
    reach(path, (system) => {
      const { mode, uid, gid } = lstatSync(system);
      const names = attributeNames(system);
      if (process.platform === 'win32') return { names };
      return { mode: mode & PERMISSIONS, owner: { user: uid, group: gid }, names };
    }),
  );
}

/** `UserFiles.readAttribute`. */
export function readOne(path: string, name: string): Uint8Array | undefined {
  return guarded(path, 'read', () =>
    reach(path, (system) => {
      try {
        return readAttribute(system, name);
      } catch (error) {
        // Nothing can be there.
        if (NOTHING_OF_THE_KIND.has(codeOf(error))) return undefined;
        throw error;
      }
    }),
  );
}

const NOTHING_OF_THE_KIND = new Set(['ENOTSUP', 'EOPNOTSUPP']);
/** File systems that keep attributes in a block of their own say that the disk is full where the block is. */
const TOO_MUCH = new Set(['E2BIG', 'ERANGE', 'ENOSPC']);

/** `UserFiles.writeAttribute`. */
export function writeOne(path: string, name: string, value: Uint8Array | undefined): void {
  changing(path, () =>
    reach(path, (system) => {
      try {
        writeAttribute(system, name, value);
      } catch (error) {
        if (TOO_MUCH.has(codeOf(error))) throw refusal('LIMIT', path, 'has no room for that attribute', error);
        throw error;
      }
    }),
  );
}
