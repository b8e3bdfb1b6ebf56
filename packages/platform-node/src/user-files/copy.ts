import {
  type BigIntStats,
  type Stats,
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  unlinkSync,
} from 'node:fs';
import type { CopiedFile } from '@sd/core/ports/user-files.ts';
import { guarded } from '../fs-errors.ts';
import { NEW_FILE } from '../new-file.ts';
import { OPEN_SAFELY, fileFacts } from '../read-files.ts';
import type { SystemPath } from '../system-path.ts';
import { cloneOnMac } from './clone-mac.ts';
import { type OnBytes, copyBytes } from './copy-bytes.ts';
import { clones } from './copy-calls.ts';
import { copyLink } from './copy-link.ts';
import { changeError, refusal } from './errors.ts';
import { giveFile } from './give.ts';
import { reachBoth } from './two-paths.ts';

/** Made with the rights it will have, so that none need be given in most cases; its owner may write it until it is whole. */
const RIGHTS = 0o777;
const ITS_OWNERS = 0o600;

/** Fills a new file on the device; `undefined` where it shall not be. */
type Fill = (input: number, output: number, facts: BigIntStats, device: number) => CopiedFile['how'] | undefined;

/** `UserFiles.copy`. */
export function copy(from: string, to: string, onBytes: OnBytes): CopiedFile | undefined {
  return make(from, to, (input, output, facts, device) => copyBytes(input, output, facts, device, onBytes));
}

/** `UserFiles.clone`. */
export function clone(from: string, to: string): CopiedFile {
  const cloned = make(from, to, (input, output, facts, device) =>
    clones(input, output, Number(facts.dev), device) ? 'clone' : undefined,
  );
  if (!cloned) throw refusal('UNAVAILABLE', to, 'lies on a file system where two files cannot share their bytes');
  return cloned;
}

function make(from: string, to: string, fill: Fill): CopiedFile | undefined {
  try {
    return reachBoth(from, to, (source, target) => {
      const facts = guarded(from, 'read', () => lstatSync(source, { bigint: true }));
      if (facts.isSymbolicLink()) return copyLink(source, target, facts, to);
      if (!facts.isFile()) throw refusal('NOT_READABLE', from, 'is not a regular file');
      const cloned = cloneOnMac(source, target);
      if (cloned) return cloned;
      const input = guarded(from, 'read', () => openSource(source, facts));
      try {
        return fillNew({ from, source, target, facts, input, fill });
      } finally {
        if (input !== undefined) closeSync(input);
      }
    });
  } catch (error) {
    throw changeError(error, (error as NodeJS.ErrnoException).syscall === 'read' ? from : to);
  }
}

/** An empty file stays closed: it may be a lock that this very process holds, which would end with any handle of it. */
function openSource(path: SystemPath, { size }: BigIntStats): number | undefined {
  return size === 0n ? undefined : openSync(path, OPEN_SAFELY);
}

interface Making {
  /** Native path, for people. */
  readonly from: string;
  readonly source: SystemPath;
  readonly target: SystemPath;
  readonly facts: BigIntStats;
  readonly input: number | undefined;
  readonly fill: Fill;
}

function fillNew({ from, source, target, facts, input, fill }: Making): CopiedFile | undefined {
  const output = openSync(target, constants.O_RDWR | NEW_FILE, (Number(facts.mode) & RIGHTS) | ITS_OWNERS);
  let copied: CopiedFile | undefined;
  try {
    const made = fstatSync(output);
    const how = input === undefined ? 'stream' : fill(input, output, facts, made.dev);
    if (how === undefined) return undefined;
    const { lost, facts: given } = giveFile(input ?? source, facts, output, made);
    const read = input === undefined ? lstatSync(source) : fstatSync(input);
    if (isOther(read, facts)) throw refusal('CONFLICT', from, 'was replaced by another while it was read');
    copied = { how, lost, source: fileFacts(read), facts: fileFacts(given) };
  } finally {
    closeSync(output);
    if (!copied) unlinkSync(target);
  }
  return copied;
}

function isOther(read: Stats, facts: BigIntStats): boolean {
  return read.ino !== Number(facts.ino) || read.dev !== Number(facts.dev);
}
