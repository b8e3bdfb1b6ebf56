import { any } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { flag, integer, text } from '../../declare/option.ts';
import { printable } from '../../format/text.ts';
import { table } from '../../output/table.ts';
import { TARGETS, tagLabel, targetsOf } from '../../shared/tags.ts';

const WHY = {
  together: 'goes with tags they have',
  folder: 'on files beside them',
  name: 'in their names',
  text: 'as typed',
};

export const tagSuggest = command({
  name: 'tag suggest',
  summary: 'Suggest tags for files, by their other tags, neighbours and names',
  arguments: { paths: any('files and folders', 'path') },
  options: {
    ...TARGETS,
    text: text('START', 'only tags whose name begins so'),
    private: flag('learn also from what people said to hide, or gave a privacy tag'),
    limit: integer('N', 'print at most so many', { min: 1, max: 100 }, { short: 'n' }),
  },
  examples: [['sd tag suggest ~/Pictures/Lisbon/IMG_0042.jpg', 'the likeliest first']],
  calls: ['query:tags.suggest'],
  async run(sd, { paths }, { find, text: start, limit, private: all }) {
    const daemon = await sd.daemon();
    const targets =
      paths.length === 0 && find === undefined && start !== undefined ? undefined : targetsOf(paths, find);
    const answer = await daemon.call('query:tags.suggest', {
      ...(targets ? { targets } : {}),
      ...(start === undefined ? {} : { text: start }),
      ...(all ? { private: true } : {}),
      ...(limit === undefined ? {} : { limit }),
    });
    if (sd.out.json) return sd.out.printJson(answer);
    if (answer.suggestions.length === 0) return sd.out.remark('nothing to suggest');
    const rows = answer.suggestions.map(({ tag, reasons }) => [
      printable(tagLabel(tag)),
      reasons.map((reason) => WHY[reason]).join(', '),
    ]);
    const columns = [{ title: 'Tag' }, { title: 'Why', shrink: 'end' }] as const;
    await sd.out.print(...table(columns, rows, { columns: sd.out.columns, paintTitle: sd.out.colors.dim }));
  },
});
