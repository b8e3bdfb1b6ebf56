import { formatDate } from '../format/date.ts';
import { printable } from '../format/text.ts';
import { tagLabel } from '../shared/tags.ts';
import type { Said } from '../wire.ts';
import { stars } from './tags.ts';

const OF = { entry: 'this file alone', content: 'every copy', previous_content: 'as before it was edited' } as const;

/** What people said of a file, as facts. `origins`: also of what it was said. */
export function saidLines(
  { metadata, tags }: { readonly metadata?: Said['metadata'] | undefined; readonly tags?: Said['tags'] | undefined },
  origins = false,
): (readonly [name: string, value: string | undefined])[] {
  const from = (name: string): string => {
    const of = metadata?.said_of[name];
    return origins && of ? `  (${OF[of]})` : '';
  };
  const said = (name: string, value: string | undefined): string | undefined =>
    value === undefined ? undefined : value + from(name);
  return [
    [
      'Tags',
      tags && tags.length > 0
        ? tags.map((tag) => printable(tagLabel(tag)) + (origins ? ` (${OF[tag.said_of]})` : '')).join(', ')
        : undefined,
    ],
    ['Favorite', said('favorite', metadata?.favorite ? 'yes' : undefined)],
    ['Rating', said('rating', metadata && stars(metadata.rating))],
    ['Hidden', said('hidden', metadata?.hidden ? 'yes: shown only when asked for' : undefined)],
    ['Note', said('note', metadata?.note === undefined ? undefined : printable(metadata.note))],
    ...Object.entries(metadata?.fields ?? {}).map(
      ([name, value]) => [printable(name), said(`fields.${name}`, printable(shown(value)))] as const,
    ),
  ];
}

function shown(value: NonNullable<Said['metadata']['fields']>[string]): string {
  return typeof value === 'object' ? formatDate(value.date) : String(value);
}
