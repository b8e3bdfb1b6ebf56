import { type CliError, EXIT } from '../errors.ts';
import { printable } from '../format/text.ts';
import { asTyped } from '../shared/typed.ts';
import { colorsIf } from './colors.ts';
import { pointed } from './pointed.ts';

/** Tells on standard error what went wrong and what to do about it. Answers the exit code. */
export function report(error: CliError, argv: readonly string[]): number {
  const write = (text: string): void => void process.stderr.write(`${text}\n`);
  if (argv.includes('--json')) {
    write(
      JSON.stringify({
        error: {
          code: error.code,
          message: error.message,
          data: { ...error.data, ...(error.wayOut === undefined ? {} : { way_out: error.wayOut }) },
        },
      }),
    );
    return EXIT[error.exit][0];
  }
  const colors = colorsIf(process.stderr.isTTY && !process.env['NO_COLOR'] && !argv.includes('--no-color'));
  if (error.exit === 'CANCELLED') write(printable(error.message));
  else write(`${colors.red('✗')} ${printable(error.message)}`);
  for (const line of pointedIn(error.data)) write(`    ${line}`);
  if (error.wayOut !== undefined) write(`  ${colors.dim('→')} ${printable(asTyped(error.wayOut))}`);
  return EXIT[error.exit][0];
}

/** The query that was typed, with marks under what is wrong with it. */
function pointedIn({ query }: CliError['data']): string[] {
  const { text, start, length } = (query ?? {}) as { text?: unknown; start?: unknown; length?: unknown };
  if (typeof text !== 'string' || typeof start !== 'number' || typeof length !== 'number') return [];
  return pointed(text, { start, length });
}
