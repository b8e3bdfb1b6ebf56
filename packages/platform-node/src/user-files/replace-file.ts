import {
  type BigIntStats,
  closeSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  openSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { joinNative, parentOf } from '@sd/core/domain/native-path.ts';
import { TEMPORARY_PREFIX } from '@sd/core/domain/temporary-name.ts';
import type { SystemPath } from '../system-path.ts';
import { changing, refusal } from './errors.ts';
import { giveRights } from './give.ts';
import { givePersonsRights } from './make.ts';
import { renameNew } from './rename.ts';
import { reachBoth } from './two-paths.ts';

const NOTHING = { bigint: true, throwIfNoEntry: false } as const;
let count = 0;

/** `UserFiles.replaceFile`. */
export function replaceFile(path: string, bytes: Uint8Array): void {
  const beside = joinNative(parentOf(path) ?? '/', `${TEMPORARY_PREFIX}${process.pid}-${count++}`);
  changing(path, () =>
    reachBoth(path, beside, (target, temporary) => {
      const there = lstatSync(target, NOTHING);
      if (there && !there.isFile()) throw refusal('CONFLICT', path, 'is not a regular file');
      const file = openSync(temporary, 'wx', there ? 0o600 : 0o666);
      try {
        fill(file, bytes, target, there);
        // What has appeared meanwhile was not looked at by whoever made the bytes.
        if (there) renameSync(temporary, target);
        else renameNew(temporary, target);
      } catch (error) {
        unlinkSync(temporary);
        throw error;
      }
    }),
  );
}

function fill(file: number, bytes: Uint8Array, target: SystemPath, there: BigIntStats | undefined): void {
  try {
    for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written);
    const made = fstatSync(file);
    if (there) giveRights(target, there, file, made);
    else givePersonsRights(file, { rights: 0o666, made });
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
