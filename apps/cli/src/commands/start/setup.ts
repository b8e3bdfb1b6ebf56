import { any } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { choice } from '../../declare/option.ts';
import { RULE_OPTIONS, rulesOf } from '../../shared/rules.ts';
import { takeFolder } from '../../setup/folder.ts';
import { libraryForSetup } from '../../setup/library.ts';
import { summarize } from '../../setup/summary.ts';
import { welcome } from '../../setup/welcome.ts';

export const setup = command({
  name: 'setup',
  summary: 'Start, make a library, index folders, and show what is in them',
  details: [
    'Starts the daemon if none runs, makes the first library (or the one named with --library), puts each folder under its care and indexes it. Run again, it says what has changed since. Files are only read, never changed.',
    'Without a folder it shows how things are and what to do next.',
    'Ctrl-C stops the indexing; what was indexed stays, and the next run goes on from there.',
  ],
  arguments: { folders: any('the folders', 'folder') },
  options: {
    mode: choice(
      ['content', 'deep', 'shallow'],
      'for new locations: content knows files by what is in them and finds duplicates; deep also reads media facts and text and makes thumbnails; shallow reads names, sizes and dates only; content if left out',
    ),
    ...RULE_OPTIONS,
  },
  examples: [
    ['sd setup ~/Pictures', 'index a folder, or see what changed in it'],
    ['sd setup', 'how things are'],
  ],
  calls: [
    'query:core.status',
    'query:libraries.list',
    'action:libraries.create',
    'action:libraries.open',
    'query:locations.list',
    'query:locations.suggested',
    'action:locations.add',
    'action:locations.rescan',
    'query:jobs.info',
    'action:jobs.cancel',
    'query:library.statistics',
  ],
  streams: true,
  async run(sd, { folders }, { mode, ...rules }) {
    const daemon = await sd.daemon();
    sd.out.remark(
      `${sd.out.errorColors.green('✓')} ${daemon.wasRunning ? 'The daemon runs' : 'The daemon is started'}`,
    );
    const library = await libraryForSetup(sd);
    if (!library) return;
    if (folders.length === 0) return welcome(sd, library);
    const wanted = { ...(mode ? { mode } : {}), rules: rulesOf(rules) };
    const taken = [];
    for (const folder of folders) {
      const one = await takeFolder(sd, library, folder, wanted);
      if (one) taken.push(one);
    }
    if (taken.length > 0) await summarize(sd, library, taken);
  },
});
