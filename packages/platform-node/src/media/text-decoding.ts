import { Unreadable } from './document.ts';

/** Of so many bytes at most one in this many may be a control character. */
const CONTROL_SHARE = 200;
/** Where an HTML or XML file names its encoding, it does so in its first bytes. */
const DECLARATION_BYTES = 1024;
const DECLARED = /(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{1,40})/i;

/**
 * The text of a file's first bytes: as its byte order mark says, else UTF-8 where that is what it is, else what a
 * declaration in it names, else Windows-1252. `cut`: the bytes end where they were cut. Throws `Unreadable` for what is
 * no text.
 */
export function decodeText(bytes: Uint8Array, cut: boolean): string {
  const encoding = markedEncoding(bytes) ?? unmarkedEncoding(bytes, cut);
  const text = new TextDecoder(encoding).decode(cut && encoding === 'utf-8' ? toWholeCharacters(bytes) : bytes);
  if (text.includes('\0')) throw new Unreadable('it is not text: it has zero characters');
  return text.toWellFormed();
}

function markedEncoding(bytes: Uint8Array): string | undefined {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
}

function unmarkedEncoding(bytes: Uint8Array, cut: boolean): string {
  refuseBinary(bytes);
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(cut ? toWholeCharacters(bytes) : bytes);
    return 'utf-8';
  } catch {
    return declaredEncoding(bytes) ?? 'windows-1252';
  }
}

function declaredEncoding(bytes: Uint8Array): string | undefined {
  const named = DECLARED.exec(Buffer.from(bytes.subarray(0, DECLARATION_BYTES)).toString('latin1'))?.[1];
  if (named === undefined) return undefined;
  try {
    const { encoding } = new TextDecoder(named);
    // The declaration could be read: whatever it says, a unit is not two bytes, and UTF-8 it is not.
    return encoding.startsWith('utf-') ? undefined : encoding;
  } catch {
    return undefined;
  }
}

function refuseBinary(bytes: Uint8Array): void {
  let controls = 0;
  for (const byte of bytes) {
    if (byte === 0) throw new Unreadable('it is not text: it has zero bytes');
    if (byte < 0x20 && !(byte >= 0x08 && byte <= 0x0d) && byte !== 0x1b) controls++;
  }
  if (controls * CONTROL_SHARE > bytes.length) throw new Unreadable('it is not text: it has many control characters');
}

/** Without the character that the end cuts in two. */
function toWholeCharacters(bytes: Uint8Array): Uint8Array {
  let start = bytes.length - 1;
  while (start > bytes.length - 4 && ((bytes[start] ?? 0) & 0xc0) === 0x80) start--;
  const lead = bytes[start] ?? 0;
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
  return start + length > bytes.length ? bytes.subarray(0, Math.max(0, start)) : bytes;
}
