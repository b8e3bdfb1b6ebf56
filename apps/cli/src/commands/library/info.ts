import { optional } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { formatDate } from '../../format/date.ts';
import { formatNumber } from '../../format/number.ts';
import { formatSize } from '../../format/size.ts';
import { printable } from '../../format/text.ts';
import { facts } from '../../output/table.ts';
import { PROTECTIONS, whichLibrary } from '../../shared/library.ts';

export const libraryInfo = command({
  name: 'library info',
  summary: 'Show a library',
  arguments: { library: optional('the library, by name or id; may be left out where there is one', 'library') },
  options: {},
  examples: [],
  calls: ['query:libraries.info', 'query:libraries.list'],
  async run(sd, { library }) {
    const daemon = await sd.daemon();
    const found = await daemon.call('query:libraries.info', { which: await whichLibrary(sd, library) });
    if (sd.out.json) return sd.out.printJson(found);
    const number = (value: number | undefined): string | undefined =>
      value === undefined ? undefined : formatNumber(value);
    await sd.out.print(
      sd.out.colors.bold(printable(found.name)),
      ...facts(
        [
          ['State', `${found.state.replaceAll('_', ' ')}${found.reason ? `: ${printable(found.reason)}` : ''}`],
          ['Folder', printable(found.folder)],
          ['Key', PROTECTIONS[found.protection]],
          ['Locations', number(found.locations)],
          ['Entries', number(found.entries)],
          ['Database', found.database_bytes === undefined ? undefined : formatSize(found.database_bytes)],
          ['Revision', number(found.revision)],
          ['Format', number(found.format)],
          ['Made', found.created_at === undefined ? undefined : formatDate(found.created_at)],
          [
            'Last backup',
            found.last_backup === undefined
              ? undefined
              : `${formatDate(found.last_backup.at)}, ${printable(found.last_backup.path)}`,
          ],
          ['Id', found.id],
        ],
        sd.out.colors.dim,
      ),
    );
  },
});
