import { describe } from 'node:test';
import type { UserFiles } from '../../ports/user-files.ts';
import { attributesAcceptance } from './user-files/attributes.ts';
import { changesAcceptance } from './user-files/changes.ts';
import { copiesAcceptance } from './user-files/copies.ts';
import { ANYWHERE, type Ground } from './user-files/ground.ts';
import { limitsAcceptance } from './user-files/limits.ts';
import { trashAcceptance } from './user-files/trash.ts';

/** What every `UserFiles` port does. Without `ground`: on the file system of the temporary folder, which has to lack nothing. */
export function userFilesAcceptance(name: string, files: UserFiles, ground: Ground = ANYWHERE): void {
  describe(`${name}: UserFiles`, () => {
    copiesAcceptance(files, ground);
    attributesAcceptance(files, ground);
    changesAcceptance(files, ground);
    limitsAcceptance(files, ground);
    trashAcceptance(files, ground);
  });
}
