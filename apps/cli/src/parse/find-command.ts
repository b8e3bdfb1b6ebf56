import { commands, groups } from '../commands/index.ts';
import type { CommandEntry } from '../sections/section.ts';
import { GLOBAL_OPTIONS } from '../declare/globals.ts';
import { kebab } from '../declare/command.ts';
import { usage } from '../errors.ts';
import { didYouMean } from './suggest.ts';

export type Found =
  | { readonly entry: CommandEntry; readonly rest: readonly string[] }
  /** No command was named, or only a group of them; help is in place. */
  | { readonly entry: undefined; readonly group: string | undefined; readonly rest: readonly string[] };

/** Finds the command's words among the arguments; options may stand before and between them. */
export async function findCommand(argv: readonly string[]): Promise<Found> {
  const first = nextWord(argv, 0);
  if (first === undefined) return { entry: undefined, group: undefined, rest: argv };
  const word = argv[first] ?? '';
  const alone = commands.find((entry) => entry.name === word);
  if (alone) return { entry: alone, rest: argv.toSpliced(first, 1) };
  if (!groups.some((group) => group.name === word)) throw await unknown(word);
  const second = nextWord(argv, first + 1);
  if (second === undefined) {
    const meant = groups.find((group) => group.name === word)?.alone;
    const entry = commands.find((candidate) => candidate.name === meant);
    const rest = argv.toSpliced(first, 1);
    return entry ? { entry, rest } : { entry: undefined, group: word, rest };
  }
  const entry = commands.find((candidate) => candidate.name === `${word} ${argv[second]}`);
  if (!entry) throw await unknownIn(word, argv[second] ?? '');
  return { entry, rest: argv.toSpliced(second, 1).toSpliced(first, 1) };
}

const TAKES_VALUE = new Set(
  Object.entries(GLOBAL_OPTIONS).flatMap(([key, option]: [string, { placeholder?: string; short?: string }]) =>
    option.placeholder === undefined ? [] : [`--${kebab(key)}`, ...(option.short ? [`-${option.short}`] : [])],
  ),
);

/** Where the next word stands that is neither an option nor the value of one. */
function nextWord(argv: readonly string[], from: number): number | undefined {
  for (let at = from; at < argv.length; at += 1) {
    const word = argv[at] ?? '';
    if (word === '--') return undefined;
    if (TAKES_VALUE.has(word)) at += 1;
    else if (!word.startsWith('-')) return at;
  }
  return undefined;
}

async function unknown(word: string): Promise<Error> {
  const names = [...commands.map((entry) => entry.name), ...groups.map((group) => group.name)];
  // `sd add` may mean `sd location add`.
  const inGroups = commands.map((entry) => entry.name).filter((name) => name.endsWith(` ${word}`));
  const meant = inGroups.length > 0 ? inGroups : await didYouMean(word, names);
  return usage(
    `there is no command "${word}"`,
    meant.length > 0 ? `did you mean ${meant.map((name) => `"sd ${name}"`).join(' or ')}?` : 'sd help lists them',
  );
}

async function unknownIn(group: string, word: string): Promise<Error> {
  const names = commands
    .filter((entry) => entry.name.startsWith(`${group} `))
    .map((entry) => entry.name.slice(group.length + 1));
  const [meant] = await didYouMean(word, names);
  return usage(
    `"sd ${group}" has no command "${word}"`,
    meant ? `did you mean "sd ${group} ${meant}"?` : `there are ${names.join(', ')}`,
  );
}
