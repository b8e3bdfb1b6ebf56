import { any, required } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { flag } from '../../declare/option.ts';
import { usage } from '../../errors.ts';
import { sayOf } from '../../shared/say.ts';
import { TARGETS } from '../../shared/tags.ts';

export const rate = command({
  name: 'rate',
  summary: 'Give files stars, 0 to 5',
  arguments: {
    stars: required('how many, 0 for none', ['0', '1', '2', '3', '4', '5']),
    paths: any('files and folders', 'path'),
  },
  options: { ...TARGETS, entry: flag('only the file itself, not its copies') },
  examples: [['sd rate 5 ~/Pictures/Lisbon/*.jpg', 'sd find rating:5 finds them']],
  calls: ['action:metadata.update'],
  run(sd, { stars, paths }, { find, entry }) {
    if (!/^[0-5]$/.test(stars)) throw usage(`stars go from 0 to 5, not "${stars}"`);
    return sayOf(sd, { paths, find, entry }, { rating: Number(stars) });
  },
});
