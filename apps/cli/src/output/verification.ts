import { formatNumber } from '../format/number.ts';
import { printable } from '../format/text.ts';
import type { Verification } from '../wire.ts';
import type { Colors } from './colors.ts';

const MOST_SHOWN = 20;

/** What was seen when a change was looked at again: in a line where all is well, else what is not. */
export function verificationLines({ ok, observed }: Verification, { green, red, dim }: Colors): string[] {
  const wrong = observed.filter((one) => !one.ok);
  if (ok && wrong.length === 0)
    return [
      `${green('✓')} Looked again: ${observed.map(({ what, seen }) => `${printable(what)} ${printable(seen)}`).join(', ') || 'all is as it should be'}`,
    ];
  const lines = wrong
    .slice(0, MOST_SHOWN)
    .flatMap(({ what, expected, seen }) => [
      `${red('✗')} ${printable(what)}`,
      dim(`  should be ${printable(expected)}, is ${printable(seen)}`),
    ]);
  if (wrong.length > MOST_SHOWN) lines.push(dim(`  … and ${formatNumber(wrong.length - MOST_SHOWN)} more`));
  return lines;
}
