import { printable } from '../format/text.ts';

/** A word as it can be typed in a shell: in quotes only where it needs them. */
export function shellWord(text: string): string {
  const safe = printable(text);
  return /^[\w@%+=:,./-]+$/.test(safe) ? safe : `"${safe.replace(/["\\$`]/g, '\\$&')}"`;
}
