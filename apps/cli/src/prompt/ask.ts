import { createInterface } from 'node:readline';
import { CliError } from '../errors.ts';
import type { Sd } from '../sd.ts';

/** Asks on the terminal; only an explicit yes is one. */
export async function askYesNo(sd: Sd, question: string): Promise<boolean> {
  const answer = await askLine(`${sd.out.errorColors.bold(question)} [y/N] `);
  return /^(y|yes)$/i.test(answer.trim());
}

/** Asks for a word, to be typed as it stands. */
export async function askWord(sd: Sd, word: string): Promise<boolean> {
  const answer = await askLine(`Type ${sd.out.errorColors.bold(word)} to go on: `);
  return answer.trim() === word;
}

/** What is typed on the terminal, in a line; nothing at the end of input. */
export function askLine(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  return new Promise((resolve, reject) => {
    // The cursor stands behind the question.
    const nextLine = (): void => void process.stderr.write('\n');
    const closed = (): void => {
      // Ctrl-D: no answer is a no.
      nextLine();
      resolve('');
    };
    lines.once('close', closed);
    lines.once('SIGINT', () => {
      lines.off('close', closed);
      nextLine();
      reject(new CliError('CANCELLED', 'stopped; nothing was changed'));
    });
    lines.question(question, (answer) => {
      lines.off('close', closed);
      resolve(answer);
    });
  }).finally(() => lines.close()) as Promise<string>;
}
