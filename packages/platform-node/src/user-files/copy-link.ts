import { type BigIntStats, lchownSync, lstatSync, readlinkSync, symlinkSync, unlinkSync } from 'node:fs';
import type { CopiedFile } from '@sd/core/ports/user-files.ts';
import { fileFacts } from '../read-files.ts';
import type { SystemPath } from '../system-path.ts';
import { copyAttributes } from './attributes.ts';
import { codeOf, refusal } from './errors.ts';
import { attempt, notKept } from './give.ts';
import { setNameTimes } from './times.ts';

/** A symbolic link that says the same, wherever that leads from its new place. `named`: the native path of `to`. */
export function copyLink(from: SystemPath, to: SystemPath, facts: BigIntStats, named: string): CopiedFile {
  makeLink(from, to, named);
  let copied: CopiedFile | undefined;
  try {
    if (process.platform !== 'win32') attempt(() => lchownSync(to, Number(facts.uid), Number(facts.gid)));
    const attributes = copyAttributes(from, to);
    attempt(() => setNameTimes(to, facts.atimeNs, facts.mtimeNs));
    const given = lstatSync(to);
    // A link's own permissions say nothing, and cannot be given.
    const lost = [...attributes, ...notKept(facts, given).filter((what) => what !== 'permissions')];
    copied = { how: 'stream', lost, source: fileFacts(lstatSync(from)), facts: fileFacts(given) };
  } finally {
    if (!copied) unlinkSync(to);
  }
  return copied;
}

function makeLink(from: SystemPath, to: SystemPath, named: string): void {
  try {
    symlinkSync(readlinkSync(from, 'buffer'), to);
  } catch (error) {
    // Links ask for no right of their own: it is the file system that refuses them.
    if (codeOf(error) === 'EPERM')
      throw refusal('UNAVAILABLE', named, 'lies on a file system that has no symbolic links', error);
    throw error;
  }
}
