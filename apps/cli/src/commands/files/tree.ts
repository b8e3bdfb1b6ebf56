import { optional } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { flag, integer } from '../../declare/option.ts';
import type { Daemon } from '../../daemon/daemon.ts';
import { asCliError } from '../../errors.ts';
import { count } from '../../format/number.ts';
import { truncate, width } from '../../format/text.ts';
import type { Sd } from '../../sd.ts';
import { addressOf } from '../../shared/address.ts';
import { painter, shownName, sizeOf } from '../../shared/entries.ts';
import type { EntryView, Listing } from '../../wire.ts';

interface Branch {
  readonly depth: number;
  readonly each: number;
  readonly files: boolean;
  readonly all: boolean;
}

export const tree = command({
  name: 'tree',
  summary: 'Draw the folders below a folder',
  details: ['With --json, one answer of query:vdfs.list_entries per folder and line.'],
  arguments: { path: optional('the folder; the current one if left out', 'folder') },
  options: {
    depth: integer('N', 'so many levels deep; 2 if left out', { min: 1, max: 100 }, { short: 'd' }),
    each: integer('N', 'at most so many lines per folder; 20 if left out', { min: 1, max: 1000 }),
    files: flag('files too', { short: 'f' }),
    all: flag('also what is hidden', { short: 'a' }),
  },
  examples: [
    ['sd tree ~/Documents', 'two levels of folders, with sizes'],
    ['sd tree -f -d 1 .', 'files and folders right here'],
  ],
  calls: ['query:vdfs.list_entries'],
  streams: true,
  async run(sd, { path }, { depth = 2, each = 20, files, all }) {
    const daemon = await sd.daemon();
    const branch = { depth, each, files, all };
    const top = await list(daemon, addressOf(path ?? '.'), branch);
    if (sd.out.json) await sd.out.printJson(top);
    else await sd.out.print(labelled(top.folder, '', sd, true));
    await draw(sd, daemon, top, '', branch);
  },
});

async function draw(sd: Sd, daemon: Daemon, listing: Listing, indent: string, branch: Branch): Promise<void> {
  const shown = branch.files ? listing.entries : listing.entries.filter((entry) => entry.type === 'folder');
  const hidden =
    branch.files || listing.entries.every((entry) => entry.type === 'folder') ? listing.total - shown.length : 0;
  const { dim } = sd.out.colors;
  for (const [index, entry] of shown.entries()) {
    const last = index === shown.length - 1 && hidden === 0;
    if (!sd.out.json) await sd.out.print(labelled(entry, `${indent}${last ? '└── ' : '├── '}`, sd, false));
    if (entry.type !== 'folder' || branch.depth <= 1) continue;
    const below = `${indent}${last ? '    ' : '│   '}`;
    try {
      const inside = await list(daemon, entry.path, branch);
      if (sd.out.json) await sd.out.printJson(inside);
      await draw(sd, daemon, inside, below, { ...branch, depth: branch.depth - 1 });
    } catch (error) {
      const { code, message } = asCliError(error);
      // Gone or closed to us since it was listed: said where it would stand, and the rest is drawn.
      if (code !== 'NOT_FOUND' && code !== 'NOT_READABLE' && code !== 'OFFLINE') throw error;
      if (!sd.out.json) await sd.out.print(`${dim(below)}${sd.out.colors.red(message)}`);
    }
  }
  if (hidden > 0 && !sd.out.json)
    await sd.out.print(dim(`${indent}└── ${count(hidden, 'more entry', 'more entries')}`));
}

function list(daemon: Daemon, path: string, { each, all }: Branch): Promise<Listing> {
  return daemon.call('query:vdfs.list_entries', { path, sort: 'name', folders_first: true, hidden: all, limit: each });
}

function labelled(entry: EntryView, lead: string, sd: Sd, whole: boolean): string {
  const { colors, columns } = sd.out;
  const size = sizeOf(entry);
  const room =
    columns === undefined ? Number.POSITIVE_INFINITY : columns - width(lead) - (size === '' ? 0 : width(size) + 2);
  return `${colors.dim(lead)}${painter(entry, sd.out)(truncate(shownName(entry, whole), Math.max(8, room)))}${size === '' ? '' : `  ${colors.dim(size)}`}`;
}
