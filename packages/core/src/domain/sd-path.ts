import { uuidSchema } from './ids.ts';
import { canonicalNative, decodeNative, encodeNative, isAbsolute, normalizeNative } from './native-path.ts';

/** A universal address: a file or folder on a device, or a content wherever it lies. */
export type SdPath =
  | {
      readonly kind: 'local';
      /** Slug of the device. */ readonly device: string;
      /** Native path, normalized. */ readonly path: string;
    }
  | { readonly kind: 'content'; /** UUID. */ readonly id: string };

export type ParsedSdPath =
  | { readonly ok: true; readonly path: SdPath }
  | { readonly ok: false; readonly problem: string; readonly wayOut: string };

const EXAMPLE = 'give the whole path, e.g. /home/me/Pictures';

/**
 * Reads `local://slug/path`, `content://uuid`, or a plain absolute path (of the device `slug`). In an address the bytes
 * of names may be percent-encoded; in a plain path nothing is special. Only the client knows what `~` and a relative
 * path mean, so they are refused.
 */
export function parseSdPath(text: string, slug: string): ParsedSdPath {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase();
  if (scheme === 'local') return parseLocal(text.slice('local://'.length));
  if (scheme === 'content') return parseContent(text.slice('content://'.length));
  if (scheme !== undefined)
    return refused(
      `addresses that begin with ${scheme}:// are not known`,
      'use local://device/path, content://id or a plain path',
    );
  if (text === '') return refused('the path is empty', EXAMPLE);
  if (text.includes('\0')) return refused('a path cannot contain a NUL byte', EXAMPLE);
  if (text === '~' || /^~[^/]*(\/|$)/.test(text))
    return refused(
      `${JSON.stringify(text)} begins with ~, which only a shell or the client can turn into a home folder`,
      EXAMPLE,
    );
  if (!isAbsolute(text))
    return refused(
      `${JSON.stringify(text)} is a relative path, and only the client knows the folder it starts from`,
      EXAMPLE,
    );
  return { ok: true, path: { kind: 'local', device: slug, path: normalizeNative(canonicalNative(text)) } };
}

function parseLocal(rest: string): ParsedSdPath {
  const slash = rest.indexOf('/');
  const device = (slash < 0 ? rest : rest.slice(0, slash)).toLowerCase();
  if (!/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(device))
    return refused('a local:// address names a device first', 'local://my-device/home/me');
  const encoded = slash < 0 ? '/' : rest.slice(slash);
  if (/[?#]/.test(encoded))
    return refused('an address has no ? or # of its own', 'write %3F for ? and %23 for # in a name');
  const path = percentDecode(encoded);
  if (path === undefined)
    return refused('the address has a % that two hexadecimal digits do not follow', 'write %25 for a % in a name');
  if (path.includes('\0')) return refused('a path cannot contain a NUL byte', EXAMPLE);
  if (/%2f/i.test(encoded)) return refused('a name cannot contain a slash (%2F)', EXAMPLE);
  // `/C:/Users` is the address of the Windows path `C:/Users`; a folder that is called `C:` elsewhere is `/C%3A/`.
  return {
    ok: true,
    path: { kind: 'local', device, path: normalizeNative(/^\/[A-Za-z]:\//.test(encoded) ? path.slice(1) : path) },
  };
}

function parseContent(rest: string): ParsedSdPath {
  const id = rest.toLowerCase();
  return uuidSchema.safeParse(id).success
    ? { ok: true, path: { kind: 'content', id } }
    : refused(
        `${JSON.stringify(rest)} is not a content's id`,
        'a content id looks like content://01234567-89ab-8cde-8123-456789abcdef',
      );
}

function refused(problem: string, wayOut: string): ParsedSdPath {
  return { ok: false, problem, wayOut };
}

export function printSdPath(path: SdPath): string {
  return path.kind === 'local' ? localUri(path.device, path.path) : `content://${path.id}`;
}

/** A folder in the root that is called as a drive of Windows is. */
const LIKE_A_DRIVE = /^(\/[A-Za-z]):(?=\/|$)/;

/** The address of a native path on a device, exact to the byte. */
export function localUri(device: string, path: string): string {
  if (!path.startsWith('/')) return `local://${device}/${percentEncode(path)}`;
  return `local://${device}${percentEncode(path).replace(LIKE_A_DRIVE, '$1%3A')}`;
}

// What an address may not hold as it is: what URIs reserve or forbid, controls, what turns writing around, and the
// lone surrogates that stand for bytes. Letters of every alphabet stay readable (RFC 3987).
const RESERVED =
  /[\u0000-\u0020"#%<>?[\\\]^`{|}\u007f-\u00a0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ud800-\udfff\ufeff\ufff0-\uffff]/;
const RESERVED_EACH = new RegExp(RESERVED.source.replace('\\ud800-\\udfff', '\\p{Cs}'), 'gu');

/** What each of them becomes, once it was needed; spaces are in half of all names. */
const escapes = new Map<string, string>();

/** Escapes what an address may not hold, byte by byte; slashes stay. The parts can be encoded by themselves and joined. */
export function percentEncode(path: string): string {
  return RESERVED.test(path) ? path.replace(RESERVED_EACH, escapeCharacter) : path;
}

function escapeCharacter(character: string): string {
  const known = escapes.get(character);
  if (known !== undefined) return known;
  const bytes = Array.from(encodeNative(character), (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`);
  escapes.set(character, bytes.join(''));
  return bytes.join('');
}

/** `undefined` where a `%` is not followed by two hexadecimal digits. */
function percentDecode(text: string): string | undefined {
  if (!text.includes('%')) return canonicalNative(text);
  if (/%(?![0-9a-f]{2})/i.test(text)) return undefined;
  const source = encodeNative(text);
  const bytes = new Uint8Array(source.length);
  let length = 0;
  for (let at = 0; at < source.length; at++) {
    const escaped = source[at] === 0x25;
    bytes[length++] = escaped
      ? Number.parseInt(String.fromCharCode(source[at + 1] ?? 0, source[at + 2] ?? 0), 16)
      : (source[at] ?? 0);
    if (escaped) at += 2;
  }
  return decodeNative(bytes.subarray(0, length));
}
