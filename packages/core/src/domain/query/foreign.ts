/** What other searches call a key, and what to type here for it with that value. */
const CALLED: Readonly<Record<string, (value: string) => string>> = {
  before: (value) => `modified:<${value}`,
  until: (value) => `modified:<=${value}`,
  after: (value) => `modified:>${value}`,
  since: (value) => `modified:>=${value}`,
  larger: (value) => `size:>${value}`,
  bigger: (value) => `size:>${value}`,
  smaller: (value) => `size:<${value}`,
  filetype: (value) => `ext:${value}`,
  label: (value) => `tag:${value}`,
  keyword: (value) => `tag:${value}`,
  album: (value) => `collection:${value}`,
};
/** Words for when a file was made. */
const MADE = ['created', 'creation', 'born', 'birth', 'btime', 'added'];

/** What is wrong with a word before a colon that means something elsewhere. */
export interface ForeignKey {
  readonly message: string;
  readonly expected: string;
  readonly suggestion?: string;
}

export function isForeign(word: string): boolean {
  const typed = word.toLowerCase();
  return typed === 'near' || Object.hasOwn(CALLED, typed) || MADE.includes(typed);
}

/** `value`: what stands behind the colon. */
export function foreignKey(word: string, value: string): ForeignKey {
  const typed = word.toLowerCase();
  if (MADE.includes(typed))
    return {
      message: `when a file was made is not kept, so there is no ${word}:`,
      expected: 'modified: or, of pictures, taken:; in quotes it is a text',
      suggestion: `modified:${value}`,
    };
  if (typed === 'near')
    return { message: 'there is no near: to search by', expected: 'a box, like place:48.1,11.4..48.3,11.7' };
  return {
    message: `there is no ${word}: to search by`,
    expected: 'a key of this search; in quotes it is a text',
    suggestion: CALLED[typed]?.(value) ?? '',
  };
}
