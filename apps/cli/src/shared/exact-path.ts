import type { EntryView } from '../wire.ts';

/** The path on disk, byte for byte, from the address: names need not be text. */
export function exactPath(entry: Pick<EntryView, 'path'>): Buffer {
  const encoded = entry.path.replace(/^local:\/\/[^/]*/, '');
  const bytes: number[] = [];
  for (let at = 0; at < encoded.length; at += 1) {
    if (encoded[at] === '%') {
      bytes.push(Number.parseInt(encoded.slice(at + 1, at + 3), 16));
      at += 2;
    } else {
      const point = encoded.codePointAt(at) ?? 0;
      const character = String.fromCodePoint(point);
      bytes.push(...Buffer.from(character, 'utf8'));
      at += character.length - 1;
    }
  }
  return Buffer.from(bytes);
}
