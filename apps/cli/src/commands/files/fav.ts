import { any } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { flag } from '../../declare/option.ts';
import { sayOf } from '../../shared/say.ts';
import { TARGETS } from '../../shared/tags.ts';

export const fav = command({
  name: 'fav',
  summary: 'Make files favorites, or no longer',
  arguments: { paths: any('files and folders', 'path') },
  options: { ...TARGETS, off: flag('no longer'), entry: flag('only the file itself, not its copies') },
  examples: [
    ['sd fav IMG_0042.jpg', 'sd find is:favorite finds it'],
    ['sd fav --off IMG_0042.jpg', 'no longer'],
  ],
  calls: ['action:metadata.update'],
  run: (sd, { paths }, { find, off, entry }) => sayOf(sd, { paths, find, entry }, { favorite: !off }),
});
