/** The words closest to what was typed, best first; none where nothing is close. */
export async function didYouMean(typed: string, words: readonly string[], most = 3): Promise<string[]> {
  const { distance } = await import('fastest-levenshtein');
  const given = typed.toLowerCase();
  const ranked = words
    .map((word) => ({ word, apart: apart(given, word.toLowerCase(), distance) }))
    .filter(({ apart: far }) => far <= Math.max(1, Math.floor(given.length / 3)))
    .sort((a, b) => a.apart - b.apart);
  const best = ranked[0]?.apart;
  return ranked
    .filter(({ apart: far }) => far === best)
    .map(({ word }) => word)
    .slice(0, most);
}

function apart(typed: string, word: string, distance: (a: string, b: string) => number): number {
  // The beginning of a word is as good as one wrong letter.
  return typed.length >= 2 && word.startsWith(typed) ? 1 : distance(typed, word);
}
