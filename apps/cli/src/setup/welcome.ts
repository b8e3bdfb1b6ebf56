import { facts } from '../output/table.ts';
import type { Sd } from '../sd.ts';
import { asTyped } from '../shared/typed.ts';
import type { LibrarySummary } from '../wire.ts';
import { statusLines } from '../output/status-lines.ts';
import { shellWord } from '../shared/shell-word.ts';

/** Without a folder: how things are, and what to do next. */
export async function welcome(sd: Sd, library: LibrarySummary): Promise<void> {
  const daemon = await sd.daemon();
  const status = await daemon.call('query:core.status');
  if (sd.out.json) return sd.out.printJson(status);
  await sd.out.print('', ...statusLines(status, sd.out));
  if (library.state !== 'open')
    return sd.out.print(
      '',
      asTyped(
        `→ sd library ${library.state === 'locked' || library.protection === 'passphrase' ? 'unlock' : 'info'} ${shellWord(library.name)}`,
      ),
    );
  const { locations } = await daemon.call('query:locations.list', { library: library.id });
  const { suggestions } = await daemon.call('query:locations.suggested', { library: library.id });
  const fresh = suggestions
    .filter((one) => !one.already)
    .slice(0, 3)
    .map((one): [string, string] => [`  sd setup ${shellWord(one.native_path)}`, 'index it']);
  const known: [string, string][] = [
    ['  sd find WORD', 'find by any part of a name'],
    ['  sd location list', 'the folders that are indexed'],
    ['  sd location rescan', 'what has changed in them'],
  ];
  const first: [string, string][] = fresh.length > 0 ? fresh : [['  sd setup FOLDER', 'index a folder']];
  const lines = [...(locations.length > 0 ? known : []), ...first, ['  sd help', 'all commands'] as const];
  await sd.out.print('', sd.out.colors.bold('Next'), ...facts(lines).map((line) => asTyped(line)));
}
