import { basenameOf, encodeNative } from '@sd/core/domain/native-path.ts';

/** What the Trash specification keeps of a file: where it was and when it went. */
export function noteOf(path: string, now: Date): string {
  return `[Trash Info]\nPath=${percentEncoded(path)}\nDeletionDate=${localTime(now)}\n`;
}

/** The name that a file with this name is tried to be given in the trash, the n-th time. */
export function nameInTrash(wanted: string, tried: number): string {
  const name = basenameOf(wanted);
  if (tried === 1) return name;
  // Many of one name (every folder's `index.html`): counting on would take ever longer.
  const number = tried < 10 ? String(tried) : Math.random().toString(36).slice(2, 10);
  const dot = name.lastIndexOf('.');
  return dot > 0 ? `${name.slice(0, dot)} ${number}${name.slice(dot)}` : `${name} ${number}`;
}

/** As in a URL (RFC 2396), byte by byte, `/` kept. */
function percentEncoded(path: string): string {
  let text = '';
  for (const byte of encodeNative(path)) {
    const character = String.fromCharCode(byte);
    text += /[A-Za-z0-9\-_.!~*'()/]/.test(character)
      ? character
      : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return text;
}

function localTime(date: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}
