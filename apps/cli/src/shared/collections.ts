import { flag, text } from '../declare/option.ts';
import type { OptionValues } from '../declare/command.ts';
import { usage } from '../errors.ts';
import { addressOf } from './address.ts';

/** An item by its id as `sd collection info --ids` shows it, or the path of its file. */
export function itemOf(typed: string): string {
  return /^[ec][1-9]\d*$/.test(typed) ? typed : addressOf(typed);
}

/** Where items come to in the order. */
export const PLACE = {
  before: text('ITEM', 'before this one: a path, or an id of sd collection info --ids', { complete: 'path' }),
  after: text('ITEM', 'after this one', { complete: 'path' }),
  start: flag('to the start'),
  end: flag('to the end'),
} as const;

export function placeOf({ before, after, start, end }: OptionValues<typeof PLACE>) {
  const given = [before, after, start || undefined, end || undefined].filter((one) => one !== undefined);
  if (given.length > 1) throw usage('--before, --after, --start and --end are one place: name one of them');
  if (before !== undefined) return { place: { before: itemOf(before) } };
  if (after !== undefined) return { place: { after: itemOf(after) } };
  if (start) return { place: 'start' };
  return end ? { place: 'end' } : {};
}

/** What a collection looks like. */
export const LOOKS = {
  color: text('COLOR', 'a color such as "#ff8800"'),
  icon: text('ICON', 'a name or an emoji, as clients show it'),
} as const;
