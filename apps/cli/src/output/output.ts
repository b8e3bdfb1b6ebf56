import { writeSync } from 'node:fs';
import { type Colors, colorsIf } from './colors.ts';
import { asTyped } from '../shared/typed.ts';

/** Where a command writes: results to standard output, everything else to standard error. */
export interface Output {
  /** `--json`: only what the daemon answered may go to standard output. */
  readonly json: boolean;
  readonly quiet: boolean;
  readonly colors: Colors;
  /** The colours of standard error, which may be a terminal when standard output is not. */
  readonly errorColors: Colors;
  /** Columns of the terminal; `undefined` where standard output is none, and lines may be any length. */
  readonly columns: number | undefined;
  /** Standard error is a terminal: a line can be drawn again, a question asked. */
  readonly interactive: boolean;
  /** Lines of the result. */
  print(...lines: readonly string[]): Promise<void>;
  /** Bytes of the result, as they are. */
  write(bytes: Uint8Array | string): Promise<void>;
  /** One JSON value, on a line. */
  printJson(value: unknown): Promise<void>;
  /** A remark for people; not with `--quiet`, not with `--json`. */
  remark(...lines: readonly string[]): void;
  /** Always printed, on standard error. */
  complain(...lines: readonly string[]): void;
}

interface Settings {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly noColor: boolean;
}

/** The reader has gone (`sd ls | head`): nothing more to do, and nothing wrong. */
export class ReaderGone extends Error {}

export function processOutput(settings: Settings): Output {
  const { stdout, stderr, env } = process;
  const mayColor = !settings.noColor && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
  const forced = mayColor && Boolean(env['FORCE_COLOR']) && env['FORCE_COLOR'] !== '0';
  const write = (bytes: Uint8Array | string): Promise<void> =>
    new Promise((resolve, reject) => {
      stdout.write(bytes, (error) =>
        error ? reject((error as NodeJS.ErrnoException).code === 'EPIPE' ? new ReaderGone() : error) : resolve(),
      );
    });
  // The error of a failed write comes to its callback; unheard, it would also end the process.
  stdout.on('error', () => undefined);
  return {
    json: settings.json,
    quiet: settings.quiet,
    colors: colorsIf(forced || (mayColor && stdout.isTTY)),
    errorColors: colorsIf(forced || (mayColor && stderr.isTTY)),
    columns: stdout.isTTY ? Math.max(20, stdout.columns) : undefined,
    interactive: stderr.isTTY,
    write,
    print: (...lines) => (lines.length > 0 ? write(`${lines.join('\n')}\n`) : Promise.resolve()),
    printJson: (value) => write(`${JSON.stringify(value)}\n`),
    remark: (...lines) => {
      if (!settings.quiet && !settings.json) writeError(lines.map((line) => asTyped(line)));
    },
    complain: (...lines) => writeError(lines),
  };
}

function writeError(lines: readonly string[]): void {
  if (lines.length === 0) return;
  try {
    writeSync(2, `${lines.join('\n')}\n`);
  } catch {
    // Nobody is left to complain to.
  }
}
