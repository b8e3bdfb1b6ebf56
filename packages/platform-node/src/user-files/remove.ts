import { lstatSync, rmdirSync, unlinkSync } from 'node:fs';
import { reach } from '../system-path.ts';
import { changing, refusal } from './errors.ts';

/** `UserFiles.remove`. */
export function remove(path: string, inode: number): void {
  changing(path, () =>
    reach(path, (system) => {
      const facts = lstatSync(system);
      if (facts.ino !== inode) throw refusal('CONFLICT', path, 'is another file or folder now');
      if (facts.isDirectory()) rmdirSync(system);
      else unlinkSync(system);
    }),
  );
}
