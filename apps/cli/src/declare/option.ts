import { CliError, usage } from '../errors.ts';
import { parseDate } from '../format/date.ts';
import { parseSize } from '../format/size.ts';

/** What a shell offers for a value: files and folders, folders, fixed words, or words that the daemon knows. */
export type Completion =
  | 'path'
  | 'folder'
  | 'library'
  | 'location'
  | 'volume'
  | 'job'
  | 'tag'
  | 'collection'
  | 'space'
  | 'method'
  /** A search, as `sd find` takes it: how it goes on depends on what was typed of it. */
  | 'query'
  | readonly string[];

/** One option of a command. Its name on the command line is its key in kebab-case. */
export interface Option<T = unknown> {
  readonly summary: string;
  /** One letter. */
  readonly short?: string;
  /** What stands for the value in help; absent for a flag. */
  readonly placeholder?: string;
  /** May be given several times, and as `a,b`. */
  readonly many?: boolean;
  readonly complete?: Completion;
  /** From what was typed. `undefined` where it was not given. Throws a usage error. */
  readonly read: (given: unknown, name: string) => T;
}

interface More {
  readonly short?: string;
  readonly complete?: Completion;
}

/** Given or not. */
export function flag(summary: string, more: More = {}): Option<boolean> {
  return { summary, ...more, read: (given) => given === true };
}

export function text(placeholder: string, summary: string, more: More = {}): Option<string | undefined> {
  return { summary, placeholder, ...more, read: (given) => given as string | undefined };
}

/** One of a few words. */
export function choice<const W extends string>(
  words: readonly W[],
  summary: string,
  more: More = {},
): Option<W | undefined> {
  const read = (given: unknown, name: string): W | undefined =>
    given === undefined ? undefined : oneOf(words, given as string, name);
  return { summary, placeholder: words.join('|'), complete: words, ...more, read };
}

/** Some of many words. */
export function choices<const W extends string>(
  placeholder: string,
  words: readonly W[],
  summary: string,
  more: More = {},
): Option<W[] | undefined> {
  const read = (given: unknown, name: string): W[] | undefined => split(given)?.map((word) => oneOf(words, word, name));
  return { summary, placeholder, many: true, complete: words, ...more, read };
}

export function list(placeholder: string, summary: string, more: More = {}): Option<string[] | undefined> {
  return { summary, placeholder, many: true, ...more, read: split };
}

/** Each use is one value, commas and all. */
export function each(placeholder: string, summary: string, more: More = {}): Option<string[] | undefined> {
  return { summary, placeholder, many: true, ...more, read: (given) => given as string[] | undefined };
}

export function integer(
  placeholder: string,
  summary: string,
  range: { min: number; max?: number },
  more: More = {},
): Option<number | undefined> {
  return valued(
    placeholder,
    summary,
    more,
    `a whole number${range.max === undefined ? ` from ${range.min} on` : ` from ${range.min} to ${range.max}`}`,
    (given) => {
      const value = /^\d+$/.test(given) ? Number(given) : Number.NaN;
      return value >= range.min && value <= (range.max ?? Number.MAX_SAFE_INTEGER) ? value : undefined;
    },
  );
}

/** Bytes. */
export function size(summary: string, more: More = {}): Option<number | undefined> {
  return valued('SIZE', summary, more, 'a size such as 4096, 10MB or 1.5GiB', parseSize);
}

/** Milliseconds since the epoch. */
export function moment(summary: string, more: More = {}): Option<number | undefined> {
  return valued('WHEN', summary, more, 'a date such as 2026-03-01, or an age such as 12h, 7d or 1y', (given) =>
    parseDate(given),
  );
}

function valued<T>(
  placeholder: string,
  summary: string,
  more: More,
  expected: string,
  parse: (given: string) => T | undefined,
): Option<T | undefined> {
  const read = (given: unknown, name: string): T | undefined => {
    if (given === undefined) return undefined;
    const value = parse(given as string);
    if (value === undefined) throw usage(`--${name} takes ${expected}, not "${given as string}"`);
    return value;
  };
  return { summary, placeholder, ...more, read };
}

function oneOf<W extends string>(words: readonly W[], given: string, name: string): W {
  const found = words.find((word) => word === given.toLowerCase());
  if (found === undefined)
    throw new CliError('USAGE', `--${name} takes one of ${words.join(', ')}, not "${given}"`, {
      data: { given, words },
    });
  return found;
}

function split(given: unknown): string[] | undefined {
  return (given as string[] | undefined)
    ?.flatMap((part) => part.split(','))
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
