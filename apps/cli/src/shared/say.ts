import { act } from '../daemon/act.ts';
import { count } from '../format/number.ts';
import type { Sd } from '../sd.ts';
import { done } from './library.ts';
import { targetsOf } from './tags.ts';

export interface SaidOf {
  readonly paths: readonly string[];
  readonly find: string | undefined;
  readonly entry: boolean;
}

/** Says something of files, and how many it is new for. */
export async function sayOf(
  sd: Sd,
  { paths, find, entry }: SaidOf,
  patch: Readonly<Record<string, unknown>>,
): Promise<void> {
  const said = await act<{ changed: number; targets: number }>(sd, {
    action: 'metadata.update',
    input: { targets: targetsOf(paths, find), ...(entry ? { on: 'entry' } : {}), ...patch },
  });
  if (said) done(sd, said.changed === 0 ? 'it is like that already' : `noted for ${count(said.changed, 'file')}`);
}
