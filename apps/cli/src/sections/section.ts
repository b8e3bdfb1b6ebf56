import type { AnyCommand } from '../declare/command.ts';

/** A part of help: its commands, in the order in which they are shown. */
export interface Section {
  readonly heading: string;
  readonly commands: readonly CommandEntry[];
}

/** What help and "did you mean" show of a command; without the command itself, so that running one loads one. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<AnyCommand>;
}

export function entry(name: string, summary: string, load: () => Promise<AnyCommand>): CommandEntry {
  return { name, summary, load };
}
