import { CliError } from '../errors.ts';
import { printable } from '../format/text.ts';
import type { ConflictAnswer } from '../file-action/decide.ts';
import type { Sd } from '../sd.ts';
import type { Conflict } from '../wire.ts';
import { askLine } from './ask.ts';

/** The letter of each choice, and what it means; as a capital it is meant for all that are left. */
const CHOICES: Readonly<Record<string, readonly [letter: string, word: string, meaning: string]>> = {
  skip: ['s', 'skip', 'skip it'],
  replace: ['r', 'replace', 'replace it (the old one goes to the trash)'],
  keep_both: ['b', 'both', 'keep both, with a numbered name'],
  newer: ['n', 'newer', 'keep the newer'],
  larger: ['l', 'larger', 'keep the larger'],
};

/** Asks about one conflict after the other; an empty answer is the first choice, `q` stops before anything is done. */
export function askConflict(sd: Sd) {
  return async (conflict: Conflict, { number, of }: { number: number; of: number }): Promise<ConflictAnswer> => {
    const { bold, dim, yellow } = sd.out.errorColors;
    const known = conflict.choices.flatMap((choice) => {
      const [letter, word, meaning] = CHOICES[choice] ?? [];
      return letter === undefined || word === undefined || meaning === undefined
        ? []
        : [{ choice, letter, word, meaning }];
    });
    const usual = known.find(({ choice }) => choice === conflict.default) ?? known[0];
    sd.out.complain('', `${yellow('?')} ${of > 1 ? dim(`${number} of ${of}  `) : ''}${printable(conflict.about)}`);
    const explained = [
      ...known.map(({ letter, meaning }) => `  ${bold(letter)}  ${meaning}`),
      dim(`  ${of > 1 ? 'a capital letter: for all that are left; ' : ''}q: stop, and change nothing`),
    ];
    if (number === 1) sd.out.complain(...explained);
    else
      sd.out.complain(
        `  ${[...known.map(({ letter, word }) => `${bold(letter)} ${word}`), `${bold('q')} stop`, `${bold('?')} more`].join('  ')}`,
      );
    for (;;) {
      const typed = (await askLine(`${bold('What to do?')} [${usual?.letter ?? ''}] `)).trim();
      if (typed.toLowerCase() === 'q') throw new CliError('CANCELLED', 'stopped; nothing was changed');
      const chosen = typed === '' ? usual : known.find(({ letter }) => letter === typed.toLowerCase());
      if (chosen) return { choice: chosen.choice, forAll: typed !== '' && typed === typed.toUpperCase() };
      sd.out.complain(...explained);
    }
  };
}
