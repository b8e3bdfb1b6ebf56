import type { UserFiles } from '@sd/core/ports/user-files.ts';
import { attributes, readOne, writeOne } from './attributes-of.ts';
import { clone, copy } from './copy.ts';
import { copyFolderAttributes } from './folder-attributes.ts';
import { limits } from './limits.ts';
import { link } from './link.ts';
import { makeFile, makeFolder } from './make.ts';
import { remove } from './remove.ts';
import { rename } from './rename.ts';
import { replaceFile } from './replace-file.ts';
import { setTimes } from './set-times.ts';
import { syncVolume } from './sync-volume.ts';
import { completeNote, purge, restore } from './trash/taking-out.ts';
import { findTrashed, forgetTrashing, trash } from './trash/trash.ts';

/** The `UserFiles` port. What Node has no function for is called in the system's C library, where that can be. */
export const nodeUserFiles: UserFiles = {
  attributes,
  copy,
  makeFolder,
  makeFile,
  replaceFile,
  copyFolderAttributes,
  rename,
  link,
  clone,
  setTimes,
  remove,
  trash,
  findTrashed,
  forgetTrashing,
  completeNote,
  restore,
  purge,
  readAttribute: readOne,
  writeAttribute: writeOne,
  limits,
  syncVolume,
};
