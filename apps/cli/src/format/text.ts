import truncatedWidth from 'fast-string-truncated-width';

// Control characters would move the cursor or change colours, bidirectional overrides would let a name lie.
// eslint-disable-next-line no-control-regex
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]/gu;

/** The text with everything that could disturb a terminal shown as an escape. The wire escapes names already; what was typed is not. */
export function printable(text: string): string {
  return text.replace(UNSAFE, (character) => {
    if (character === '\n') return '\\n';
    if (character === '\t') return '\\t';
    const code = character.charCodeAt(0);
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
  });
}

const ASCII = /^[\u0020-\u007e]*$/;

/** How many terminal columns it takes; escape sequences take none. */
export function width(text: string): number {
  return ASCII.test(text) ? text.length : truncatedWidth(text).width;
}

/** Cut to `columns` with an ellipsis at the end. The text has no escape sequences. */
export function truncate(text: string, columns: number): string {
  return width(text) <= columns ? text : `${taken(graphemes(text), columns - 1).join('')}…`;
}

/** Cut in the middle, so that the end of a path stays. */
export function truncateMiddle(text: string, columns: number): string {
  if (width(text) <= columns) return text;
  if (columns < 5) return truncate(text, columns);
  const all = graphemes(text);
  const head = taken(all, Math.floor((columns - 1) / 3));
  const tail = taken(all.slice(head.length).toReversed(), columns - 1 - width(head.join(''))).toReversed();
  return `${head.join('')}…${tail.join('')}`;
}

/** As many as fit. */
function taken(parts: readonly string[], columns: number): string[] {
  let left = columns;
  const end = parts.findIndex((part) => (left -= width(part)) < 0);
  return parts.slice(0, end < 0 ? parts.length : end);
}

let segmenter: Intl.Segmenter | undefined;

/** What a person takes for one character, so that no emoji is cut apart. */
function graphemes(text: string): string[] {
  if (ASCII.test(text)) return [...text];
  segmenter ??= new Intl.Segmenter();
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

export function pad(text: string, columns: number, align: 'left' | 'right' = 'left'): string {
  const space = ' '.repeat(Math.max(0, columns - width(text)));
  return align === 'left' ? text + space : space + text;
}
