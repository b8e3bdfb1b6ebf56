import { readFileSync, readlinkSync } from 'node:fs';

/** What Node puts for every byte that is no UTF-8. */
const LOST = '\ufffd';

/**
 * The arguments as they were typed, in native strings: a byte that is no UTF-8 is U+DC00 + byte (PEP 383), as the daemon
 * takes paths. Node keeps only what is text; Linux tells the bytes. Elsewhere, and where it does not, they stay as they are.
 */
export function exactArguments(given: readonly string[], readBytes = commandLine): readonly string[] {
  if (!given.some((argument) => argument.includes(LOST))) return given;
  const bytes = readBytes();
  if (bytes === undefined) return given;
  const exact = bytes
    .toString('latin1')
    .split('\0')
    .slice(-given.length - 1, -1)
    .map((argument) => Buffer.from(argument, 'latin1'));
  // What a process calls itself may have been written over it.
  const same = exact.length === given.length && exact.every((argument, at) => argument.toString() === given[at]);
  return same ? exact.map(nativeOf) : given;
}

/** The folder that relative paths begin at, in a native string. */
export function exactFolder(given = process.cwd()): string {
  if (!given.includes(LOST)) return given;
  try {
    return nativeOf(readlinkSync('/proc/self/cwd', 'buffer'));
  } catch {
    return given;
  }
}

function commandLine(): Buffer | undefined {
  try {
    return readFileSync('/proc/self/cmdline');
  } catch {
    return undefined;
  }
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
/** Bytes of the longest character. */
const LONGEST = 4;

function nativeOf(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length;) {
    const character = characterAt(bytes, at);
    text += character ?? String.fromCharCode(0xdc00 + (bytes[at] ?? 0));
    at += character === undefined ? 1 : Buffer.byteLength(character);
  }
  return text;
}

function characterAt(bytes: Uint8Array, at: number): string | undefined {
  for (let length = 1; length <= LONGEST; length++)
    try {
      return strict.decode(bytes.subarray(at, at + length));
    } catch {
      // Longer, or none.
    }
  return undefined;
}
