/**
 * Native paths: `/`-separated absolute paths held in strings, see `platform.ts`. A byte that is not valid UTF-8 stands
 * in them as the lone surrogate U+DC00 + byte (PEP 383), so that bytes → string → bytes gives the same bytes always.
 */
const utf8 = new TextEncoder();
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const ESCAPE_BASE = 0xdc00;

/** The string of the bytes of a name or path. */
export function decodeNative(bytes: Uint8Array): string {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return decodeEscaping(bytes);
  }
}

/** The exact bytes of a native name or path. A lone surrogate that stands for no byte (Windows) becomes its three bytes of WTF-8. */
export function encodeNative(text: string): Uint8Array {
  if (text.isWellFormed()) return utf8.encode(text);
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (isEscapedByte(code)) bytes.push(code - ESCAPE_BASE);
    else if (isSurrogate(code)) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
    else bytes.push(...utf8.encode(character));
  }
  return Uint8Array.from(bytes);
}

/** The one string for those bytes: escapes that together are valid UTF-8 become the character. */
export function canonicalNative(text: string): string {
  return text.isWellFormed() ? text : decodeNative(encodeNative(text));
}

function isEscapedByte(code: number): boolean {
  return code >= 0xdc80 && code <= 0xdcff;
}
function isSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdfff;
}

/** Valid sequences decode as they are; every byte that belongs to none is escaped by itself. */
function decodeEscaping(bytes: Uint8Array): string {
  const parts: string[] = [];
  let validFrom = 0;
  for (let at = 0; at < bytes.length;) {
    const length = sequenceLength(bytes, at);
    if (length > 0) {
      at += length;
      continue;
    }
    if (at > validFrom) parts.push(strictUtf8.decode(bytes.subarray(validFrom, at)));
    parts.push(String.fromCharCode(ESCAPE_BASE + (bytes[at] ?? 0)));
    validFrom = ++at;
  }
  if (bytes.length > validFrom) parts.push(strictUtf8.decode(bytes.subarray(validFrom)));
  return parts.join('');
}

/** Length of the well-formed UTF-8 sequence at `at` (Unicode 15, table 3-7); 0 where there is none. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  const lowest = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const highest = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  const second = bytes[at + 1] ?? 0;
  if (second < lowest || second > highest) return 0;
  for (let next = at + 2; next < at + length; next++) if (((bytes[next] ?? 0) & 0xc0) !== 0x80) return 0;
  return length;
}

// Controls, line and paragraph separators, what turns the direction of writing around, and lone surrogates.
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]/;
const UNSAFE_EACH = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\p{Cs}]/gu;

/**
 * The name or path for people: bytes that are no text as `\xNN`, controls as `\n`, `\t`, `\xNN` or `\uNNNN`, so that a
 * terminal shows it and does nothing else, and a name cannot pretend to be another by turning its direction.
 */
export function showNative(text: string): string {
  return UNSAFE.test(text) ? text.replace(UNSAFE_EACH, showUnsafe) : text;
}

function showUnsafe(character: string): string {
  if (character === '\n') return '\\n';
  if (character === '\t') return '\\t';
  if (character === '\r') return '\\r';
  const code = character.charCodeAt(0);
  if (isEscapedByte(code)) return `\\x${hex(code - ESCAPE_BASE, 2)}`;
  return code < 0x80 ? `\\x${hex(code, 2)}` : `\\u${hex(code, 4)}`;
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}

/** `/…` or, on Windows, `C:/…`. */
export function isAbsolute(path: string): boolean {
  return path.startsWith('/') || /^[A-Za-z]:\//.test(path);
}

/** The part that has no name and no parent: `/` or `C:/`. */
export function rootOf(path: string): string {
  return path.startsWith('/') ? '/' : path.slice(0, 3);
}

/** Without doubled or trailing slashes, `.` and `..` (resolved by name alone, as every shell's `cd` does). Takes an absolute path. */
export function normalizeNative(path: string): string {
  const root = rootOf(path);
  const kept: string[] = [];
  for (const name of path.slice(root.length).split('/')) {
    if (name === '..') kept.pop();
    else if (name !== '' && name !== '.') kept.push(name);
  }
  return root + kept.join('/');
}

export function joinNative(folder: string, name: string): string {
  return folder.endsWith('/') ? folder + name : `${folder}/${name}`;
}

/** The folder a path lies in; `undefined` for a root. */
export function parentOf(path: string): string | undefined {
  const root = rootOf(path);
  if (path.length <= root.length) return undefined;
  const slash = path.lastIndexOf('/');
  return slash < root.length ? root : path.slice(0, slash);
}

/** The last name of a path; for a root, the root itself. */
export function basenameOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name === '' ? path : name;
}

/** The names below `ancestor` that lead to `path`, `[]` where they are the same, `undefined` where it is not within. */
export function namesBelow(ancestor: string, path: string): string[] | undefined {
  if (path === ancestor) return [];
  const prefix = ancestor.endsWith('/') ? ancestor : `${ancestor}/`;
  return path.startsWith(prefix) ? path.slice(prefix.length).split('/') : undefined;
}

/** Whether `path` is `ancestor` or lies below it. Both normalized. */
export function isWithin(path: string, ancestor: string): boolean {
  if (!path.startsWith(ancestor)) return false;
  return path.length === ancestor.length || ancestor.endsWith('/') || path[ancestor.length] === '/';
}
