import { SdError } from '@sd/core/errors.ts';
import type { UserFiles } from '@sd/core/platform.ts';

const notYet = (): never => {
  throw new SdError('UNAVAILABLE', 'this cannot be done here yet');
};

/** The `UserFiles` port. */
export const nodeUserFiles: UserFiles = {
  attributes: notYet,
  copy: notYet,
  makeFolder: notYet,
  makeFile: notYet,
  copyFolderAttributes: notYet,
  rename: notYet,
  link: notYet,
  clone: notYet,
  setTimes: notYet,
  remove: notYet,
  trash: notYet,
  findTrashed: notYet,
  restore: notYet,
  purge: notYet,
  readAttribute: notYet,
  writeAttribute: notYet,
  limits: notYet,
  syncVolume: notYet,
};
