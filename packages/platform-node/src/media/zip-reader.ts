// The package has no types: whoever compiles this file needs ours.
// oxlint-disable-next-line triple-slash-reference
/// <reference path="./yauzl.d.ts" />
import { closeSync } from 'node:fs';
import { type Entry, type ZipFile, fromFdPromise, getFileNameLowLevel } from 'yauzl';
import type { Budget } from './budget.ts';
import { Unreadable } from './document.ts';
import { openRegular } from './regular-file.ts';

/** Entries looked at, however many an archive has. */
export const MOST_ENTRIES = 20_000;

export interface ZipEntry {
  /** As it is written in the archive: a text to show, never a path to use. */
  readonly name: string;
  /** Bytes unpacked, as the directory claims. */
  readonly size: number;
  readonly entry: Entry;
}

/** A ZIP file that is open for reading. */
export interface Zip {
  /** The first entries, in the order of the directory. */
  readonly entries: readonly ZipEntry[];
  /** How many the archive says it has. */
  readonly claimed: number;
  /** What is packed under a name, piece by piece, paid from the budget; `undefined` where there is nothing. Throws `Unreadable`. */
  read(name: string, budget: Budget): AsyncIterable<Buffer> | undefined;
}

/** Opens a ZIP file for as long as `use` takes. Throws `Unreadable` where it is none, or damaged. */
export async function withZip<T>(path: string, use: (zip: Zip) => Promise<T>): Promise<T> {
  const { file } = openRegular(path);
  try {
    const zip = await asUnreadable(fromFdPromise(file, { autoClose: false, decodeStrings: false }));
    const entries = await asUnreadable(entriesOf(zip));
    const byName = new Map(entries.toReversed().map((entry) => [entry.name, entry.entry]));
    return await use({
      entries,
      claimed: Math.max(zip.entryCount, entries.length),
      read(name, budget) {
        const entry = byName.get(name);
        return entry && unpacked(zip, entry, budget);
      },
    });
  } finally {
    closeSync(file);
  }
}

async function entriesOf(zip: ZipFile): Promise<ZipEntry[]> {
  const entries: ZipEntry[] = [];
  for await (const entry of zip.eachEntry()) {
    const name = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileName, entry.extraFields, false);
    entries.push({ name: name.toWellFormed(), size: entry.uncompressedSize, entry });
    if (entries.length === MOST_ENTRIES) break;
  }
  return entries;
}

async function* unpacked(zip: ZipFile, entry: Entry, budget: Budget): AsyncGenerator<Buffer> {
  if (entry.isEncrypted()) throw new Unreadable('it is encrypted');
  const stream = await asUnreadable(zip.openReadStreamPromise(entry));
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      budget.spend(chunk.length);
      yield chunk;
    }
  } catch (error) {
    throw asReason(error);
  } finally {
    stream.destroy();
  }
}

/** Everything packed under a name, up to `limit` bytes; `undefined` where there is none or it is larger. */
export async function readPart(zip: Zip, name: string, limit: number, budget: Budget): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of zip.read(name, budget) ?? []) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > limit) return undefined;
  }
  return chunks.length === 0 ? undefined : Buffer.concat(chunks);
}

async function asUnreadable<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw asReason(error);
  }
}

function asReason(error: unknown): Error {
  if (error instanceof Unreadable) return error;
  return new Unreadable(`its ZIP archive is damaged: ${(error as Error).message}`, error);
}
