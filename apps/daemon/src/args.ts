/** What the command line says. */
export interface Args {
  readonly help: boolean;
  readonly version: boolean;
  readonly dataDir?: string;
  readonly instance?: string;
  readonly foreground: boolean;
  /** The port, 0 for any that is free; absent: no WebSocket unless the configuration wants one. */
  readonly websocket?: number;
  /** A descriptor on which to say when the daemon is ready, for whoever started it. */
  readonly readyFd?: number;
}

export class UsageError extends Error {}

export const HELP = `The Spacedrive daemon. "sd start" starts it for you.

  --data-dir DIR       where its data lies (SD_DATA_DIR)
  --instance NAME      a daemon beside others, with a data folder of its own (SD_INSTANCE)
  --foreground         also log to the terminal, and end with it
  --websocket [PORT]   also listen on 127.0.0.1, on any free port if none is given
  --ready-fd N         say on this file descriptor, in one line of JSON, that it is ready or why not
  --help, --version

SD_LOG sets the log level: trace, debug, info, warn, error or silent.
`;

/** Throws `UsageError`. */
export function parseArgs(argv: readonly string[]): Args {
  const found: { -readonly [K in keyof Args]: Args[K] } = { help: false, version: false, foreground: false };
  const words = argv.flatMap(splitAtEquals);
  for (let flag = words.shift(); flag !== undefined; flag = words.shift()) {
    switch (flag) {
      case '--help':
        found.help = true;
        break;
      case '--version':
        found.version = true;
        break;
      case '--foreground':
        found.foreground = true;
        break;
      case '--data-dir':
        found.dataDir = value(flag, words);
        break;
      case '--instance':
        found.instance = value(flag, words);
        break;
      case '--websocket':
        found.websocket = /^\d+$/.test(words[0] ?? '') ? number(flag, words, 65_535) : 0;
        break;
      case '--ready-fd':
        found.readyFd = number(flag, words, 1024);
        break;
      default:
        throw new UsageError(`there is no option ${JSON.stringify(flag)}; see --help`);
    }
  }
  return found;
}

function splitAtEquals(word: string): string[] {
  const equals = word.indexOf('=');
  return word.startsWith('--') && equals > 0 ? [word.slice(0, equals), word.slice(equals + 1)] : [word];
}

function value(flag: string, words: string[]): string {
  const next = words.shift();
  if (next === undefined || next === '') throw new UsageError(`${flag} takes a value`);
  return next;
}

function number(flag: string, words: string[], most: number): number {
  const text = value(flag, words);
  if (!/^\d+$/.test(text) || Number(text) > most)
    throw new UsageError(`${flag} takes a number up to ${most}, not ${JSON.stringify(text)}`);
  return Number(text);
}
