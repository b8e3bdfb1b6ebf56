import type { OptionValues } from '../declare/command.ts';
import { flag, text } from '../declare/option.ts';
import { CliError, usage } from '../errors.ts';
import { printable } from '../format/text.ts';
import type { Sd } from '../sd.ts';
import type { SpaceLayout } from '../wire.ts';

/** Which space a command is about. */
export const IN_SPACE = {
  space: text('SPACE', 'the space, by name or id; the first where none is named', { complete: 'space' }),
} as const;

/** Where something comes to among its like. */
export const AMONG = {
  before: text('NAME', 'before this one, by name or id'),
  after: text('NAME', 'after this one'),
  start: flag('to the start'),
  end: flag('to the end'),
} as const;

interface Named {
  readonly id?: string | undefined;
  readonly name: string;
}

/** The place among others that have names; `undefined` where none was named. */
export function amongOf(options: OptionValues<typeof AMONG>, among: readonly Named[]) {
  const { before, after, start, end } = options;
  const given = [before, after, start || undefined, end || undefined].filter((one) => one !== undefined);
  if (given.length > 1) throw usage('--before, --after, --start and --end are one place: name one of them');
  if (before !== undefined) return { before: idOf(among, before) };
  if (after !== undefined) return { after: idOf(among, after) };
  if (start) return 'start';
  return end ? 'end' : undefined;
}

/** The id of the one that is called so. Throws `CONFLICT`, with their ids, where several are. */
export function idOf(all: readonly Named[], wanted: string): string {
  const named = all.filter(({ name }) => name.toLowerCase() === wanted.toLowerCase());
  const found = all.find(({ id }) => id === wanted) ?? (named.length === 1 ? named[0] : undefined);
  if (found?.id !== undefined) return found.id;
  if (named.length > 1)
    throw new CliError('USAGE', `${named.length} are called "${printable(wanted)}"`, {
      code: 'CONFLICT',
      wayOut: `name one by its id: ${named.flatMap(({ id }) => id ?? []).join(', ')}`,
    });
  const known = all.filter(({ id }) => id !== undefined).map(({ name }) => `"${printable(name)}"`);
  throw new CliError('NOT_FOUND', `nothing there is called "${wanted}"`, {
    wayOut: known.length > 0 ? `there are ${known.join(', ')}` : 'sd space info shows what there is',
  });
}

/** All of a space, also pins to what is private: to find one by its name. */
export async function layoutOf(sd: Sd, space: string | undefined): Promise<SpaceLayout> {
  const daemon = await sd.daemon();
  return (await daemon.call('query:spaces.get', { private: true, ...(space === undefined ? {} : { space }) })).space;
}

/** All items of a space that people put there. */
export function itemsOf({ items, groups }: SpaceLayout): SpaceLayout['items'] {
  return [...items, ...groups.flatMap((group) => group.items)];
}
