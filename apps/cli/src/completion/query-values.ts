import type { Daemon } from '../daemon/daemon.ts';
import type { Answer } from '../wire.ts';

type Suggested = Answer<'query:search.suggest'>['suggestions'][number];

/** More than anybody reads from a list. */
const MOST = 50;

/**
 * How a search could go on, each as a whole. Only what begins with what was typed: a shell puts what all have in common
 * in the place of that. Where one key is left, it comes with its values.
 */
export async function queryValues(daemon: Daemon, typed: string): Promise<string[]> {
  const { before, fitting } = await suggested(daemon, typed);
  const [only] = fitting;
  if (!only || fitting.length > 1 || only.kind === 'value') return fitting.map(({ text }) => before + text);
  const withKey = before + only.text;
  const values = (await suggested(daemon, withKey)).fitting;
  return values.length === 0 ? [withKey] : values.map(({ text }) => withKey + text);
}

async function suggested(daemon: Daemon, query: string): Promise<{ before: string; fitting: readonly Suggested[] }> {
  const { from, suggestions } = await daemon.call('query:search.suggest', { query, limit: MOST });
  const typed = comparable(query.slice(from));
  return {
    before: query.slice(0, from),
    fitting: suggestions.filter(({ text }) => isOneLine(text) && comparable(text).startsWith(typed)),
  };
}

/** Whether a name in quotes was meant shows only when it is whole. */
function comparable(text: string): string {
  return text.replace(/^"/, '').normalize('NFC').toLowerCase();
}

/** Values are answered a line each, and a terminal shows them. */
function isOneLine(text: string): boolean {
  return !/\p{Cc}/u.test(text);
}
