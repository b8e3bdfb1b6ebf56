/**
 * The formats of pictures, films and sound that are told by their first bytes, by the name each goes by in facts.
 * Documents have their own names, see `Media`.
 */
export type MediaFormat =
  | 'jpeg'
  | 'png'
  | 'webp'
  | 'gif'
  | 'tiff'
  | 'avif'
  | 'heic'
  | 'bmp'
  | 'svg'
  | 'dng'
  | 'cr2'
  | 'cr3'
  | 'nef'
  | 'arw'
  | 'orf'
  | 'rw2'
  | 'raf'
  | 'pef'
  | 'mp4'
  | 'mov'
  | 'matroska'
  | 'webm'
  | 'mpegts'
  | 'avi'
  | 'flv'
  | 'asf'
  | 'mpeg'
  | 'm4a'
  | 'mp3'
  | 'aac'
  | 'flac'
  | 'ogg'
  | 'wav'
  | 'aiff'
  | 'pdf';

/** Raw pictures that begin like any TIFF: only their names tell which camera's they are. */
const TIFF_RAW: Readonly<Record<string, MediaFormat>> = {
  dng: 'dng',
  cr2: 'cr2',
  nef: 'nef',
  nrw: 'nef',
  arw: 'arw',
  sr2: 'arw',
  srf: 'arw',
  pef: 'pef',
  srw: 'dng',
  '3fr': 'dng',
  fff: 'dng',
  iiq: 'dng',
};
const MP4_BRANDS: Readonly<Record<string, MediaFormat>> = {
  avif: 'avif',
  avis: 'avif',
  heic: 'heic',
  heix: 'heic',
  hevc: 'heic',
  hevx: 'heic',
  heim: 'heic',
  heis: 'heic',
  mif1: 'heic',
  msf1: 'heic',
  'crx ': 'cr3',
  'qt  ': 'mov',
  'M4A ': 'm4a',
  'M4B ': 'm4a',
  'M4P ': 'm4a',
};
const STARTS: readonly (readonly [start: string, format: MediaFormat])[] = [
  ['\xff\xd8\xff', 'jpeg'],
  ['\x89PNG\r\n\x1a\n', 'png'],
  ['GIF87a', 'gif'],
  ['GIF89a', 'gif'],
  ['FUJIFILMCCD-RAW', 'raf'],
  ['IIRO', 'orf'],
  ['IIRS', 'orf'],
  ['MMOR', 'orf'],
  ['IIU\0', 'rw2'],
  ['BM', 'bmp'],
  ['%PDF-', 'pdf'],
  ['FLV\x01', 'flv'],
  ['\x30\x26\xb2\x75\x8e\x66\xcf\x11', 'asf'],
  ['\0\0\x01\xba', 'mpeg'],
  ['\0\0\x01\xb3', 'mpeg'],
  ['fLaC', 'flac'],
  ['OggS', 'ogg'],
  ['ID3', 'mp3'],
];
const RIFF: Readonly<Record<string, MediaFormat>> = { WEBP: 'webp', WAVE: 'wav', 'AVI ': 'avi' };
/** How far into a file its `<svg` may stand, behind a declaration and comments. */
const SVG_WITHIN = 4096;
/** Its first element is the drawing: pages have drawings in them, too. */
const SVG = /^(?:\xef\xbb\xbf)?(?:\s|<\?[^>]*>|<!--[\s\S]*?-->|<!DOCTYPE[^[>]*(?:\[[^\]]*\]\s*)?>)*<(?:\w+:)?svg[\s>]/i;

/**
 * The format that a file's first bytes (4 KiB tell all of them) say, with its name where several formats begin alike.
 * `undefined`: none of these.
 */
export function mediaFormat(name: string, head: Uint8Array): MediaFormat | undefined {
  const start = latin1(head.subarray(0, 64));
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  if (start.startsWith('II*\0') || start.startsWith('MM\0*')) return TIFF_RAW[extension] ?? 'tiff';
  if (start.startsWith('RIFF')) return RIFF[start.slice(8, 12)];
  if (start.startsWith('FORM') && start.startsWith('AIF', 8)) return 'aiff';
  if (start.startsWith('ftyp', 4)) return brandOf(start, extension);
  if (start.startsWith('\x1a\x45\xdf\xa3')) return latin1(head.subarray(0, 64)).includes('webm') ? 'webm' : 'matroska';
  const known = STARTS.find(([bytes]) => start.startsWith(bytes));
  if (known) return known[1];
  if (isTransportStream(head)) return 'mpegts';
  if (isAudioFrame(head)) return (head[1] ?? 0) & 0x06 ? 'mp3' : 'aac';
  return SVG.test(latin1(head.subarray(0, SVG_WITHIN))) ? 'svg' : undefined;
}

/** Old QuickTime and audio books have brands of their own; of the others the name may say that they only sound. */
function brandOf(start: string, extension: string): MediaFormat {
  const brand = MP4_BRANDS[start.slice(8, 12)];
  if (brand === 'heic' && start.slice(16, 64).includes('avif')) return 'avif';
  return brand ?? (extension === 'm4a' || extension === 'm4b' ? 'm4a' : 'mp4');
}

function isTransportStream(head: Uint8Array): boolean {
  const [packet, first] = head[0] === 0x47 ? [188, 0] : [192, 4];
  return head.length > packet * 4 && [0, 1, 2, 3].every((at) => head[first + packet * at] === 0x47);
}

/** The sync word of an MPEG audio or ADTS frame, with a layer and a sampling rate that exist. */
function isAudioFrame([first = 0, second = 0, third = 0]: Uint8Array): boolean {
  if (first !== 0xff || (second & 0xe0) !== 0xe0) return false;
  // The byte order mark of UTF-16 reads as a frame of layer I with a checksum, which nobody has written in decades.
  if (second === 0xfe) return false;
  if ((second & 0xf6) === 0xf0) return ((third >> 2) & 0x0f) < 13;
  return (second & 0x18) !== 0x08 && (second & 0x06) !== 0 && third >> 4 !== 15 && ((third >> 2) & 3) !== 3;
}

function latin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
