import { homedir } from 'node:os';
import path from 'node:path';
import { exactFolder } from './exact-arguments.ts';

/** What a person means by a path, as the daemon takes it: an address as it is, everything else made absolute here. */
export function addressOf(typed: string): string {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(typed)) return typed;
  // The shell leaves the tilde of `--to=~/x` alone.
  const home = typed === '~' || typed.startsWith('~/') ? homedir() + typed.slice(1) : typed;
  return path.isAbsolute(home) ? path.resolve(home) : path.resolve(exactFolder(), home);
}

/** A location by name or id as it is; what looks like a path made absolute. */
export function locationOf(typed: string): string {
  return /[/\\]/.test(typed) || typed === '.' || typed === '..' || typed === '~' ? addressOf(typed) : typed;
}
