import { KIND_CODES, type Kind, type KindCode, kindOfName } from './kinds.ts';

/** How many bytes of a file's beginning `kindOfContent` wants to see. */
export const MAGIC_BYTES = 4096;

interface Signature {
  readonly kind: Kind;
  readonly at: number;
  readonly bytes: readonly number[];
  /** A container or a loose sign: what the name says is finer, so this only counts where the name says nothing. */
  readonly loose?: true;
}

const ascii = (text: string): number[] => Array.from(text, (character) => character.charCodeAt(0));
const sign = (kind: Kind, bytes: string | readonly number[], at = 0): Signature => ({
  kind,
  at,
  bytes: typeof bytes === 'string' ? ascii(bytes) : bytes,
});
const loose = (kind: Kind, bytes: string | readonly number[], at = 0): Signature => ({
  ...sign(kind, bytes, at),
  loose: true,
});

const SIGNATURES: readonly Signature[] = [
  sign('image', [0xff, 0xd8, 0xff]),
  sign('image', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  sign('image', 'GIF87a'),
  sign('image', 'GIF89a'),
  sign('image', 'WEBP', 8),
  sign('image', '8BPS'),
  sign('image', [0, 0, 0, 0x0c, 0x4a, 0x58, 0x4c, 0x20, 0x0d, 0x0a]),
  sign('image', [0, 0, 0, 0x0c, 0x6a, 0x50, 0x20, 0x20, 0x0d, 0x0a]),
  sign('image', 'gimp xcf'),
  sign('image', 'qoif'),
  loose('image', [0x49, 0x49, 0x2a, 0x00]),
  loose('image', [0x4d, 0x4d, 0x00, 0x2a]),
  loose('image', 'BM'),
  ...['heic', 'heix', 'hevc', 'mif1', 'msf1', 'avif', 'avis', 'crx '].map((brand) => sign('image', `ftyp${brand}`, 4)),
  ...['M4A ', 'M4B ', 'M4P '].map((brand) => sign('audio', `ftyp${brand}`, 4)),
  sign('video', 'ftypqt  ', 4),
  loose('video', 'ftyp', 4),
  sign('video', 'AVI ', 8),
  loose('video', [0x1a, 0x45, 0xdf, 0xa3]),
  sign('video', 'FLV\u0001'),
  loose('video', [0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11]),
  sign('video', [0, 0, 1, 0xba]),
  sign('video', [0, 0, 1, 0xb3]),
  sign('audio', 'WAVE', 8),
  sign('audio', 'ID3'),
  sign('audio', 'fLaC'),
  sign('audio', 'AIFF', 8),
  sign('audio', 'MThd'),
  sign('audio', 'wvpk'),
  sign('audio', 'MAC '),
  loose('audio', 'OggS'),
  loose('audio', [0xff, 0xfb]),
  loose('audio', [0xff, 0xf1]),
  sign('document', '%PDF-'),
  sign('document', '{\\rtf'),
  sign('document', 'AT&TFORM'),
  loose('document', [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
  loose('document', '%!PS'),
  sign('book', 'BOOKMOBI', 60),
  sign('book', 'application/epub+zip', 38),
  loose('archive', [0x50, 0x4b, 0x03, 0x04]),
  loose('archive', [0x50, 0x4b, 0x05, 0x06]),
  loose('archive', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]),
  loose('archive', 'Rar!\u001a\u0007'),
  loose('archive', [0x1f, 0x8b]),
  loose('archive', 'BZh'),
  loose('archive', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]),
  loose('archive', [0x28, 0xb5, 0x2f, 0xfd]),
  loose('archive', 'ustar', 257),
  loose('package', '!<arch>\ndebian'),
  loose('package', [0xed, 0xab, 0xee, 0xdb]),
  loose('archive', '!<arch>\n'),
  sign('font', [0, 1, 0, 0, 0]),
  sign('font', 'OTTO'),
  sign('font', 'ttcf'),
  sign('font', 'wOFF'),
  sign('font', 'wOF2'),
  sign('database', 'SQLite format 3\u0000'),
  loose('database', 'PAR1'),
  loose('database', [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]),
  loose('executable', [0x7f, 0x45, 0x4c, 0x46]),
  loose('executable', [0xcf, 0xfa, 0xed, 0xfe]),
  loose('executable', [0xca, 0xfe, 0xba, 0xbe]),
  loose('executable', [0, 0x61, 0x73, 0x6d]),
  loose('executable', 'MZ'),
  sign('mesh', 'glTF'),
  sign('mesh', 'BLENDER'),
  sign('mesh', 'Kaydara FBX Binary'),
  sign('encrypted', 'age-encryption.org/'),
  sign('encrypted', '-----BEGIN PGP MESSAGE'),
  sign('encrypted', [0x03, 0xd9, 0xa2, 0x9a]),
  sign('encrypted', [0x4c, 0x55, 0x4b, 0x53, 0xba, 0xbe]),
  sign('key', '-----BEGIN '),
  sign('disk_image', 'QFI\u00fb'),
  sign('disk_image', 'KDMV'),
  sign('calendar', 'BEGIN:VCALENDAR'),
  sign('contact', 'BEGIN:VCARD'),
  sign('shortcut', [0x4c, 0, 0, 0, 0x01, 0x14, 0x02, 0]),
  loose('code', '#!'),
  loose('code', '<?xml'),
  loose('code', '<!DOCTYPE html'),
];

const BY_FIRST_BYTE: readonly (readonly Signature[])[] = Array.from({ length: 256 }, (_, first) =>
  SIGNATURES.filter((signature) => signature.at === 0 && signature.bytes[0] === first),
);
const FURTHER_IN: readonly Signature[] = SIGNATURES.filter((signature) => signature.at > 0);

/**
 * The kind of a file by its first bytes (up to `MAGIC_BYTES`) and its name. A clear signature overrules the name; a
 * container (ZIP, MP4, …) leaves it the word; what has neither is text where it reads as text.
 */
export function kindOfContent(name: string, head: Uint8Array): KindCode {
  const named = kindOfName(name);
  if (isTransportStream(head)) return KIND_CODES.video;
  const found = signatureOf(head);
  if (
    found &&
    !(found.loose && named !== KIND_CODES.unknown) &&
    !(found.kind === 'key' && named !== KIND_CODES.unknown)
  )
    return KIND_CODES[found.kind];
  return named === KIND_CODES.unknown && readsAsText(head) ? KIND_CODES.text : named;
}

function signatureOf(head: Uint8Array): Signature | undefined {
  return (
    BY_FIRST_BYTE[head[0] ?? 0]?.find((signature) => matches(signature, head)) ??
    FURTHER_IN.find((signature) => matches(signature, head))
  );
}
function matches({ at, bytes }: Signature, head: Uint8Array): boolean {
  return head.length >= at + bytes.length && bytes.every((byte, index) => head[at + index] === byte);
}

/** MPEG transport streams share `.ts` with TypeScript: a sync byte at each of the first packets tells them apart. */
function isTransportStream(head: Uint8Array): boolean {
  const packet = head[0] === 0x47 ? 188 : 192;
  const first = packet === 188 ? 0 : 4;
  return head.length > packet * 4 && [0, 1, 2, 3].every((index) => head[first + packet * index] === 0x47);
}

/** No control characters but white space, and enough to say so. The last few bytes may cut a character in two. */
function readsAsText(head: Uint8Array): boolean {
  if (head.length === 0) return false;
  for (const byte of head) if (byte < 0x20 && !(byte >= 0x09 && byte <= 0x0d) && byte !== 0x1b) return false;
  try {
    const whole = head.length < MAGIC_BYTES ? head : head.subarray(0, lastBoundary(head));
    new TextDecoder('utf-8', { fatal: true }).decode(whole);
    return true;
  } catch {
    return false;
  }
}
function lastBoundary(head: Uint8Array): number {
  let end = head.length - 1;
  while (end > head.length - 4 && ((head[end] ?? 0) & 0xc0) === 0x80) end--;
  return (head[end] ?? 0) < 0x80 ? head.length : end;
}
