import { any } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { formatAgo } from '../../format/date.ts';
import { count } from '../../format/number.ts';
import { formatSize } from '../../format/size.ts';
import { printable } from '../../format/text.ts';
import { FILE_CALLS, FILE_OPTIONS } from '../../file-action/options.ts';
import { runFileAction } from '../../file-action/run.ts';
import type { Output } from '../../output/output.ts';
import { type Column, table } from '../../output/table.ts';
import type { Sd } from '../../sd.ts';
import { addressOf } from '../../shared/address.ts';
import { PAGING, pages } from '../../shared/paging.ts';
import { PRIVATE, remarkLeftOut } from '../../shared/private.ts';
import type { TrashList } from '../../wire.ts';

const DEFAULT_LIMIT = 50;

export const trash = command({
  name: 'trash',
  summary: 'Show what can be brought back from the trash; with paths, move them there',
  details: ['Shows what sd put there, from this device, the newest first. The system’s trash may hold more.'],
  arguments: { paths: any('files and folders to move to the trash, as sd rm does', 'path') },
  options: { ...PRIVATE, ...FILE_OPTIONS, ...PAGING },
  examples: [
    ['sd trash', 'what is there'],
    ['sd trash old.txt', 'the same as sd rm old.txt'],
  ],
  calls: ['query:entries.list_trash', 'action:entries.trash', ...FILE_CALLS],
  streams: true,
  async run(sd, { paths }, { private: alsoPrivate, limit, cursor, ...options }) {
    if (paths.length > 0)
      return runFileAction(sd, { action: 'entries.trash', input: { sources: paths.map(addressOf) }, options });
    await list(sd, { private: alsoPrivate }, { limit: limit ?? DEFAULT_LIMIT, cursor });
    return 0;
  },
});

async function list(
  sd: Sd,
  input: { private: boolean },
  page: { limit: number; cursor: string | undefined },
): Promise<void> {
  let shown = 0;
  let last: TrashList | undefined;
  const all = pages<TrashList>(sd, 'query:entries.list_trash', input, { ...page, size: ({ items }) => items.length });
  for await (const answer of all) {
    if (sd.out.json) return sd.out.printJson(answer);
    if (answer.items.length > 0) await sd.out.print(...rows(answer.items, sd.out, shown === 0));
    shown += answer.items.length;
    last = answer;
  }
  const total = last?.total ?? 0;
  remarkLeftOut(sd, last?.private_left_out);
  const { dim } = sd.out.errorColors;
  if (total === 0) sd.out.remark(dim('nothing that sd put there is in the trash'));
  else if (total > shown) sd.out.remark(dim(`${count(shown, 'item')} of ${count(total, 'item')}: --limit ${total}`));
  else sd.out.remark(dim(`${count(total, 'item')}; sd restore PATH brings it back`));
}

function rows(items: TrashList['items'], out: Output, titled: boolean): string[] {
  const { bold, dim } = out.colors;
  const columns: Column[] = [
    { title: 'Put there' },
    { title: 'Size', align: 'right' },
    { title: 'Id', paint: dim },
    { title: 'Was', shrink: 'middle' },
  ];
  return table(
    columns,
    items.map((item) => [
      formatAgo(item.trashed_at),
      item.type === 'folder' ? '' : formatSize(item.size),
      item.id,
      { text: `${printable(item.native_path)}${whyNot(item)}`, paint: item.presence === 'there' ? asIs : dim },
    ]),
    { columns: out.columns, paintTitle: bold, titles: titled },
  );
}

/** Why it cannot be brought back now. */
function whyNot({ presence, volume }: TrashList['items'][number]): string {
  if (presence === 'there') return '';
  if (presence === 'gone') return ' (not in the trash any more)';
  return ` (${volume === undefined ? 'its disk' : `the volume "${printable(volume)}"`} is not there now)`;
}

const asIs = (text: string): string => text;
