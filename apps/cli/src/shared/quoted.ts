/** A word as text of a query, whatever it looks like there. */
export function quoted(word: string): string {
  return `"${word.replace(/["\\]/g, '\\$&')}"`;
}
