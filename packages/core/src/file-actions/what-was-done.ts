const DONE: Readonly<Record<string, string>> = {
  Copy: 'Copied',
  Move: 'Moved',
  Rename: 'Renamed',
  Create: 'Created',
  Delete: 'Deleted',
  Make: 'Made',
  Bring: 'Brought',
  Put: 'Put',
  Set: 'Set',
  Undo: 'Undid',
  Redo: 'Did again',
};

/** A plan's summary says what is to be done; the history says what was. */
export function whatWasDone(summary: string): string {
  return summary.replace(/^\w+/, (verb) => DONE[verb] ?? verb);
}
