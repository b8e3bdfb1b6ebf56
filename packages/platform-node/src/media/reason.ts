import { Unreadable } from './document.ts';

const LONGEST = 300;

/** Why a file could not be read, for people: what a library said, on one line and without paths of ours. */
export function reasonOf(error: unknown): string {
  if (error instanceof Unreadable) return error.message;
  const said = error instanceof Error ? error.message : String(error);
  const line = said
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\/proc\/self\/fd\/\d+/g, 'the file')
    .trim();
  return `it cannot be decoded: ${line.slice(0, LONGEST)}`.toWellFormed();
}
