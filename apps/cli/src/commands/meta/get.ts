import { required } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { saidLines } from '../../output/said.ts';
import { facts } from '../../output/table.ts';
import { addressOf } from '../../shared/address.ts';

export const metaGet = command({
  name: 'meta get',
  summary: 'Show what you said of a file: tags, rating, note, fields',
  arguments: { path: required('a file or folder, or content://id', 'path') },
  options: {},
  examples: [['sd meta get report.pdf', 'and whether it holds for every copy']],
  calls: ['query:metadata.get'],
  async run(sd, { path }) {
    const daemon = await sd.daemon();
    const said = await daemon.call('query:metadata.get', { path: addressOf(path) });
    if (sd.out.json) return sd.out.printJson(said);
    const lines = facts(saidLines(said, true), sd.out.colors.dim);
    if (lines.length === 0) return sd.out.remark('nothing yet', '  → sd meta set, sd tag add, sd fav, sd rate');
    await sd.out.print(...lines);
  },
});
