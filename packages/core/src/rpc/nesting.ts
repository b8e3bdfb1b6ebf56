const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Whether arrays and objects stand more than `limit` deep in a JSON text. Looks only at brackets and strings, stops at
 * the first bracket too many, and builds nothing: asked before parsing, a hostile message costs one look at its head.
 */
export function nestsDeeper(text: string, limit: number): boolean {
  // Every level takes a bracket.
  if (text.length <= limit) return false;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 0x5b: // [
      case 0x7b: // {
        if (++depth > limit) return true;
        break;
      case 0x5d: // ]
      case 0x7d: // }
        depth--;
        break;
      case QUOTE:
        at = endOfString(text, at);
        if (at < 0) return false;
        break;
    }
  }
  return false;
}

/** The closing quote of the string that opens at `open`; -1 where there is none (the parser says so then). */
function endOfString(text: string, open: number): number {
  for (let close = text.indexOf('"', open + 1); close >= 0; close = text.indexOf('"', close + 1)) {
    let before = close - 1;
    while (text.charCodeAt(before) === BACKSLASH) before--;
    if ((close - before) % 2 === 1) return close;
  }
  return -1;
}
