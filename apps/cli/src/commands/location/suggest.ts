import { command } from '../../declare/command.ts';
import { printable } from '../../format/text.ts';
import { table } from '../../output/table.ts';
import { shellWord } from '../../shared/shell-word.ts';

export const locationSuggest = command({
  name: 'location suggest',
  summary: 'Suggest folders of yours to add',
  arguments: {},
  options: {},
  examples: [],
  calls: ['query:locations.suggested'],
  async run(sd) {
    const daemon = await sd.daemon();
    const answer = await daemon.call('query:locations.suggested');
    if (sd.out.json) return sd.out.printJson(answer);
    if (answer.suggestions.length === 0)
      return sd.out.remark('none of the usual folders are here', '  → sd location add FOLDER');
    const { dim } = sd.out.colors;
    const rows = answer.suggestions.map((one) => [
      printable(one.name),
      printable(one.native_path),
      one.already ? { text: 'indexed already', paint: dim } : '',
    ]);
    await sd.out.print(
      ...table([{ title: 'Name' }, { title: 'Path', shrink: 'middle' }, { title: '' }], rows, {
        columns: sd.out.columns,
        paintTitle: dim,
      }),
    );
    const next = answer.suggestions.find((one) => !one.already);
    if (next) sd.out.remark('', `  → sd location add ${shellWord(next.native_path)}`);
  },
});
