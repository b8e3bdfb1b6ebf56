import { count } from '../format/number.ts';
import type { Answer } from '../wire.ts';

export type Applied = Pick<Answer<'action:tags.apply'>['result'], 'names' | 'changed' | 'targets' | 'entries'>;

/** What came of giving files the tags that were `typed`: of how many, and which tags where another name was typed. */
export function tagged(typed: readonly string[], { names, changed, targets, entries }: Applied): string {
  if (targets === 0) return 'no file was found: nothing was tagged';
  const [it, all] = names.length === 1 ? ['it', targets] : ['them', targets * names.length];
  if (changed === 0) return `all ${count(targets, 'file')} had ${it} already`;
  const others = names.filter((name) => !typed.some((text) => text.toLowerCase() === name.toLowerCase()));
  const taken = others.map((name) => ` "${name}"`).join(',');
  if (changed === all) return `tagged ${whole(entries, targets)}${taken}`;
  return names.length === 1
    ? `tagged ${count(changed, 'file')}${taken}; ${targets - changed} had it already`
    : `tagged ${whole(entries, targets)}${taken}; some had some of them already`;
}

/** Copies of one file are one content, which has the tag for all of them. */
function whole(entries: number, targets: number): string {
  return entries > targets ? `${count(entries, 'file')} (${count(targets, 'content')})` : count(targets, 'file');
}
