import { CliError, usage } from '../errors.ts';
import type { Sd } from '../sd.ts';

/** Where a passphrase may come from besides the keyboard. Never the command line: other users can see it there. */
type Variable = 'SD_PASSPHRASE' | 'SD_NEW_PASSPHRASE';

/** A passphrase that exists already. */
export function passphrase(sd: Sd, question: string, variable: Variable = 'SD_PASSPHRASE'): Promise<string> {
  return read(sd, question, variable, false);
}

/** A passphrase to be set; typed twice. */
export function newPassphrase(sd: Sd, question: string, variable: Variable = 'SD_PASSPHRASE'): Promise<string> {
  return read(sd, question, variable, true);
}

async function read(sd: Sd, question: string, variable: Variable, twice: boolean): Promise<string> {
  const given = process.env[variable];
  if (given !== undefined && given !== '') return given;
  if (!process.stdin.isTTY) {
    const line = await nextLine();
    if (line === undefined || line === '')
      throw usage('a passphrase is needed', `set ${variable}, pipe it in as a line, or run this in a terminal`);
    return line;
  }
  if (!sd.out.interactive) throw usage('a passphrase is needed', `set ${variable}`);
  const typed = await typedUnseen(`${question}: `);
  if (typed === '') throw usage('the passphrase is empty');
  if (twice && (await typedUnseen('Once more: ')) !== typed)
    throw usage('the two passphrases are not the same', 'nothing was changed; try again');
  return typed;
}

let piped: Promise<string[]> | undefined;

/** Lines of standard input, one passphrase each, in the order they are asked for. */
async function nextLine(): Promise<string | undefined> {
  piped ??= (async () => {
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString('utf8').split(/\r?\n/);
  })();
  return (await piped).shift();
}

/** Reads a line without echo. */
function typedUnseen(question: string): Promise<string> {
  const { stdin, stderr } = process;
  // Before the question: who types at once must not see it either.
  stdin.setRawMode(true);
  stderr.write(question);
  stdin.setEncoding('utf8');
  stdin.resume();
  return new Promise<string>((resolve, reject) => {
    let typed: string[] = [];
    const done = (end: () => void): void => {
      stdin.off('data', onData);
      stdin.setRawMode(false);
      stdin.pause();
      stderr.write('\n');
      end();
    };
    const onData = (data: Buffer | string): void => {
      for (const character of String(data)) {
        if (character === '\r' || character === '\n' || character === '\u0004')
          return done(() => resolve(typed.join('')));
        if (character === '\u0003')
          return done(() => reject(new CliError('CANCELLED', 'stopped; nothing was changed')));
        if (character === '\u007f' || character === '\b') typed.pop();
        else if (character === '\u0015') typed = [];
        else if (character >= ' ') typed.push(character);
      }
    };
    stdin.on('data', onData);
  });
}
