import { required } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { formatDate } from '../../format/date.ts';
import { count, formatNumber } from '../../format/number.ts';
import { formatSize } from '../../format/size.ts';
import { printable } from '../../format/text.ts';
import { mediaLines } from '../../output/media.ts';
import { saidLines } from '../../output/said.ts';
import { facts } from '../../output/table.ts';
import type { Sd } from '../../sd.ts';
import { addressOf } from '../../shared/address.ts';
import { shownName } from '../../shared/entries.ts';
import { kindName } from '../../shared/kinds.ts';
import { PRIVATE, remarkLeftOut } from '../../shared/private.ts';
import type { EntryInfo, InstancesAnswer } from '../../wire.ts';

const CONTENT = /^content:\/\/([0-9a-f-]{36})$/i;

export const info = command({
  name: 'info',
  summary: 'Show all that is known of a file or folder',
  arguments: { path: required('a path, or an address: local://device/path or content://id', 'path') },
  options: PRIVATE,
  examples: [
    ['sd info report.pdf', 'size, dates, kind, and where else the same content lies'],
    ['sd info content://01234567-89ab-8cde-8123-456789abcdef', 'a content, wherever it lies'],
  ],
  calls: ['query:vdfs.entry_info', 'query:content.instances'],
  async run(sd, { path }, { private: all }) {
    const daemon = await sd.daemon();
    const content = CONTENT.exec(path)?.[1];
    if (content !== undefined) {
      const instances = await daemon.call('query:content.instances', {
        content_id: content.toLowerCase(),
        private: all,
      });
      if (sd.out.json) return sd.out.printJson(instances);
      await sd.out.print(...contentLines(instances), '', ...places(instances));
      return remarkLeftOut(sd, instances.private_left_out);
    }
    const entry = await daemon.call('query:vdfs.entry_info', { path: addressOf(path) });
    if (sd.out.json) return sd.out.printJson(entry);
    const instances =
      entry.content_id === undefined
        ? undefined
        : await daemon.call('query:content.instances', { content_id: entry.content_id, private: all });
    const others =
      instances && instances.entries.length > 1
        ? [
            '',
            sd.out.colors.bold(`The same content lies in ${count(instances.entries.length, 'place')}`),
            ...places(instances),
          ]
        : [];
    await sd.out.print(sd.out.colors.bold(shownName(entry, false)), ...entryLines(entry, instances, sd), ...others);
    remarkLeftOut(sd, instances?.private_left_out);
  },
});

function entryLines(entry: EntryInfo, instances: InstancesAnswer | undefined, sd: Sd): string[] {
  const { folder } = entry;
  const full = entry.full_hash ?? instances?.full_hash;
  return facts(
    [
      ['Path', printable(entry.native_path)],
      ['Address', entry.path],
      [
        'Kind',
        entry.type === 'folder'
          ? undefined
          : `${kindName(entry.kind)}${entry.extension ? ` (.${printable(entry.extension)})` : ''}`,
      ],
      ['Leads to', entry.target === undefined ? undefined : printable(entry.target)],
      ['Size', entry.type === 'file' ? exactSize(entry.size) : undefined],
      [
        'Inside',
        folder
          ? `${exactSize(folder.bytes)} in ${count(folder.files, 'file')} and ${count(folder.folders, 'folder')}`
          : undefined,
      ],
      ['Children', folder ? formatNumber(folder.children) : undefined],
      ['Modified', formatDate(entry.modified)],
      ...mediaLines(entry.media),
      ...saidLines(entry),
      ['Hard links', entry.links === undefined ? undefined : formatNumber(entry.links)],
      ['Indexed', entry.indexed ? 'yes' : 'no'],
      ['Problem', entry.problem === undefined ? undefined : printable(entry.problem)],
      ['Offline', entry.offline ? 'yes: what is shown is what the index remembers' : undefined],
      ['Id', entry.uuid ?? (entry.id === undefined ? undefined : String(entry.id))],
      ['Content', entry.content_id === undefined ? undefined : `content://${entry.content_id}`],
      ['Sampled hash', instances && instances.hash !== full ? instances.hash : undefined],
      ['Full hash', full],
    ],
    sd.out.colors.dim,
  );
}

function contentLines(content: InstancesAnswer): string[] {
  return facts([
    ['Content', `content://${content.content_id}`],
    ['Kind', kindName(content.kind)],
    ['Size', exactSize(content.size)],
    ['Hash', content.hash],
    ['Full hash', content.full_hash],
    ['Places', formatNumber(content.entries.length)],
  ]);
}

function places(content: InstancesAnswer): string[] {
  return content.entries.map((entry) => `  ${shownName(entry, true)}${entry.offline ? '  (offline)' : ''}`);
}

function exactSize(bytes: number): string {
  return bytes < 1000 ? `${bytes} B` : `${formatSize(bytes)} (${formatNumber(bytes)} bytes)`;
}
