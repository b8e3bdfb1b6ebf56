import { closeSync, constants, fstatSync, lstatSync, openSync } from 'node:fs';
import { guarded } from '../fs-errors.ts';
import { changing, refusal } from './errors.ts';
import { giveFile } from './give.ts';
import { reachBoth } from './two-paths.ts';

const A_FOLDER = constants.O_RDONLY | (constants.O_DIRECTORY ?? 0) | (constants.O_NOFOLLOW ?? 0);

/** `UserFiles.copyFolderAttributes`. */
export function copyFolderAttributes(from: string, to: string): readonly string[] {
  return changing(to, () =>
    reachBoth(from, to, (source, target) => {
      const facts = guarded(from, 'read', () => lstatSync(source, { bigint: true }));
      if (!facts.isDirectory()) throw refusal('NOT_A_FOLDER', from, 'is not a folder');
      const folder = openSync(target, A_FOLDER);
      try {
        return giveFile(source, facts, folder, fstatSync(folder)).lost;
      } finally {
        closeSync(folder);
      }
    }),
  );
}
