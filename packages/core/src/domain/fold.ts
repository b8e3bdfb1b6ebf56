const ASCII_FOLDED = /^[\u0000-@[-\u007f]*$/;
const ASCII = /^[\u0000-\u007f]*$/;

// Accents of alphabets where a reader looks past them: general combining marks, Hebrew points, Arabic vowel signs.
// Marks that make another letter (Devanagari vowels, Japanese voicing, Thai tones) stay.
const MARKS =
  /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]/g;

/**
 * The text as search and natural order compare it: decomposed (NFD), accents stripped, lower-cased. A byte that is no
 * text reads as it is shown (`\xNN`). Folding the parts gives the same as folding the whole, so a substring of a name
 * folds to a substring of the folded name (as long as it does not cut a character in two).
 */
export function fold(text: string): string {
  if (ASCII_FOLDED.test(text)) return text;
  if (ASCII.test(text)) return text.toLowerCase();
  const plain = text.isWellFormed() ? text : text.replace(/\p{Cs}/gu, showByte);
  // The final sigma depends on what follows it; nothing else in lower-casing looks at its neighbours.
  return plain.normalize('NFD').replace(MARKS, '').toLowerCase().replaceAll('ς', 'σ');
}

function showByte(surrogate: string): string {
  const code = surrogate.charCodeAt(0);
  return code >= 0xdc80 && code <= 0xdcff ? `\\x${(code - 0xdc00).toString(16)}` : `\\u${code.toString(16)}`;
}
