import { Command as Parser, CommanderError, Option as ParserOption } from 'commander';
import { type AnyCommand, type Options, kebab } from '../declare/command.ts';
import { allOptions } from '../declare/globals.ts';
import { CliError, usage } from '../errors.ts';
import { didYouMean } from './suggest.ts';

export interface Parsed {
  readonly args: Readonly<Record<string, unknown>>;
  /** Of the command and those it shares with others. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** Reads what follows the command's name, by its declaration. */
export async function parse(command: AnyCommand, rest: readonly string[]): Promise<Parsed> {
  const options = allOptions(command);
  const parser = new Parser(command.name)
    .exitOverride()
    .helpOption(false)
    .helpCommand(false)
    .allowExcessArguments(false)
    .configureOutput({ writeErr: () => undefined });
  for (const [key, option] of Object.entries(options)) parser.addOption(parserOption(key, option));
  const helps = rest.includes('--help') || rest.includes('-h');
  for (const [key, argument] of Object.entries(command.arguments)) {
    const [open, close] = argument.required && !helps ? ['<', '>'] : ['[', ']'];
    parser.argument(`${open}${key}${argument.many ? '...' : ''}${close}`);
  }
  parser.action(() => undefined);
  try {
    parser.parse(guarded(rest, command, options), { from: 'user' });
  } catch (error) {
    throw await explain(error, command, options, rest);
  }
  const given = unguarded(parser.opts()) as Record<string, unknown>;
  const read = await readAll(options, given);
  const args = Object.entries(command.arguments).map(([key, argument], index) => {
    const value = unguarded(parser.processedArgs[index]) ?? (argument.many ? [] : undefined);
    return [
      key,
      argument.afterDashes && argument.many ? literally(value as string[], rest, argument.afterDashes) : value,
    ];
  });
  return { args: Object.fromEntries(args), options: read };
}

/** No argument of a process has one. */
const GUARD = '\0';

/** The words, those that only look like options made to look like none. */
function guarded(rest: readonly string[], command: AnyCommand, options: Options): string[] {
  const dashes = rest.indexOf('--');
  const takers = Object.values(command.arguments).flatMap(({ dashed }) => dashed ?? []);
  const shorts = new Set(Object.values(options).flatMap(({ short }) => short ?? []));
  const isMeant = (word: string): boolean =>
    // `-Lmy library` is an option with its value, `-tag:x` is not.
    takers.some((dashed) => dashed(word)) && (word.includes(':') || !shorts.has(word.charAt(1)));
  return rest.map((word, at) => ((dashes < 0 || at < dashes) && isMeant(word) ? GUARD + word : word));
}
function unguarded(value: unknown): unknown {
  if (typeof value === 'string') return value.startsWith(GUARD) ? value.slice(GUARD.length) : value;
  if (Array.isArray(value)) return value.map(unguarded);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, unguarded(one)]));
}

/** The words with those after `--`, the last ones, made what they literally are. */
function literally(words: readonly string[], rest: readonly string[], made: (word: string) => string): string[] {
  const dashes = rest.indexOf('--');
  const plain = dashes < 0 ? words.length : words.length - (rest.length - dashes - 1);
  return words.map((word, index) => (index < plain ? word : made(word)));
}

function parserOption(key: string, option: Options[string]): ParserOption {
  const value = option.placeholder === undefined ? '' : ' <value>';
  const made = new ParserOption(`${option.short ? `-${option.short}, ` : ''}--${kebab(key)}${value}`);
  return option.many ? made.argParser((next: string, before: string[] | undefined) => [...(before ?? []), next]) : made;
}

async function readAll(options: Options, given: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>> {
  try {
    return Object.fromEntries(
      Object.entries(options).map(([key, option]) => [key, option.read(valueOf(given, key), kebab(key))]),
    );
  } catch (error) {
    const { given: typed, words } =
      error instanceof CliError ? (error.data as { given?: string; words?: readonly string[] }) : {};
    const [meant] = typed && words ? await didYouMean(typed, words) : [];
    throw meant === undefined ? error : usage(error instanceof Error ? error.message : '', `did you mean ${meant}?`);
  }
}

/** To the parser `--no-color` is the opposite of `--color`, which is on from the start. */
function valueOf(given: Readonly<Record<string, unknown>>, key: string): unknown {
  const negated = /^no([A-Z].*)$/.exec(key)?.[1];
  if (negated === undefined) return given[key];
  return given[negated.charAt(0).toLowerCase() + negated.slice(1)] === false;
}

async function explain(
  error: unknown,
  command: AnyCommand,
  options: Options,
  rest: readonly string[],
): Promise<unknown> {
  if (!(error instanceof CommanderError)) return error;
  const help = `sd help ${command.name}`;
  switch (error.code) {
    case 'commander.unknownOption':
      return unknownOption(command, options, /'([^']*)'/.exec(error.message)?.[1] ?? '', rest);
    case 'commander.missingArgument': {
      const name = /'([^']*)'/.exec(error.message)?.[1] ?? '';
      return usage(`"sd ${command.name}" needs ${name.toUpperCase()}, ${command.arguments[name]?.summary ?? ''}`, help);
    }
    case 'commander.optionMissingArgument': {
      const name = /--([\w-]+)/.exec(error.message)?.[1] ?? '';
      return usage(`--${name} needs a value`, help);
    }
    case 'commander.excessArguments':
      return usage(
        `"sd ${command.name}" takes ${['no arguments', 'one argument'][Object.keys(command.arguments).length] ?? 'fewer arguments'}`,
        help,
      );
    default:
      return usage(error.message.replace(/^error: /, ''), help);
  }
}

async function unknownOption(
  command: AnyCommand,
  options: Options,
  typed: string,
  rest: readonly string[],
): Promise<CliError> {
  const name = typed.split('=')[0] ?? typed;
  const [meant] = await didYouMean(name.replace(/^--?/, ''), Object.keys(options).map(kebab));
  const words = Object.values(command.arguments).filter((argument) => argument.many);
  const help = `sd help ${command.name} lists the options`;
  const wayOut =
    meant && name.startsWith('--')
      ? `did you mean --${meant}?`
      : words.length === 0 || rest.includes('--')
        ? help
        : words.some(({ dashed }) => dashed)
          ? `${help}; what begins with a dash goes after --, what must not hold behind something else, all in quotes: 'report ${typed}'`
          : `${help}; what begins with a dash goes after --`;
  return usage(`"sd ${command.name}" has no option ${name}`, wayOut);
}
