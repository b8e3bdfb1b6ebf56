import { printable } from '../format/text.ts';
import type { SearchAnswer } from '../wire.ts';
import type { Output } from './output.ts';

type Found = SearchAnswer['entries'][number];

/** Prints each entry with the piece of its text that has the words, these marked where the terminal can. */
export function printSnippets(out: Output): (entries: readonly Found[]) => Promise<void> {
  return (entries) => out.print(...entries.flatMap((entry) => linesOf(entry, out)));
}

function linesOf({ native_path: path, snippet }: Found, { colors }: Output): string[] {
  if (!snippet) return [path];
  const text = snippet.segments
    .map(({ text: piece, match }) => (match ? colors.bold(colors.yellow(printable(piece))) : printable(piece)))
    .join('');
  return [path, `  ${snippet.cut_start ? '…' : ''}${text}${snippet.cut_end ? '…' : ''}`];
}
