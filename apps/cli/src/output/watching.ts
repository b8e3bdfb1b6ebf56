import { formatAgo } from '../format/date.ts';
import { formatDuration } from '../format/duration.ts';
import { count, formatNumber } from '../format/number.ts';
import { printable } from '../format/text.ts';
import { shellWord } from '../shared/shell-word.ts';
import type { LocationView } from '../wire.ts';

/** How changes of a location come to be known, for people. */
export function watchText({ watch }: Pick<LocationView, 'watch'>): string | undefined {
  if (!watch || watch.state === 'off') return undefined;
  if (watch.state === 'starting') return `being set up, ${count(watch.watched, 'folder')} so far`;
  if (watch.state === 'live') return `${count(watch.folders, 'folder')}, live`;
  const often = watch.poll_ms === undefined ? '' : `, the rest looked at every ${formatDuration(watch.poll_ms)}`;
  return `${formatNumber(watch.watched)} of ${count(watch.folders, 'folder')}${often}: ${printable(watch.reason ?? '')}`;
}

/** What of a location waits for a word of the user, with the ways out. */
export function attentionLines({ name, attention }: Pick<LocationView, 'name' | 'attention'>): string[] {
  if (!attention) return [];
  return [
    `${count(attention.would_remove, 'entry', 'entries')} of ${formatNumber(attention.of)} are not on the disk any more (seen ${formatAgo(attention.since)}); they stay in the index until you say so`,
    ...(attention.folders ?? [])
      .slice(0, 5)
      .map(({ path, entries }) => `    ${printable(path)}: ${count(entries, 'entry', 'entries')}`),
    `  → they are gone: sd location accept ${shellWord(printable(name))}`,
    `  → they are not: bring them back, then sd location rescan ${shellWord(printable(name))}`,
  ];
}
