import { required } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { formatDate } from '../../format/date.ts';
import { count } from '../../format/number.ts';
import { printable } from '../../format/text.ts';
import { facts } from '../../output/table.ts';
import { tagLabel } from '../../shared/tags.ts';

export const tagInfo = command({
  name: 'tag info',
  summary: 'Show a tag: its names, what is above and below it, how many files have it',
  arguments: { tag: required('the tag', 'tag') },
  options: {},
  examples: [['sd tag info work/project', 'a tag of a namespace']],
  calls: ['query:tags.get', 'query:tags.ancestors', 'query:tags.children'],
  async run(sd, { tag: typed }) {
    const daemon = await sd.daemon();
    const { tag } = await daemon.call('query:tags.get', { tag: typed });
    if (sd.out.json) return sd.out.printJson({ tag });
    const above = (await daemon.call('query:tags.ancestors', { tag: tag.id })).tags;
    const below = (await daemon.call('query:tags.children', { tag: tag.id, all: true })).tags;
    const names = (tags: readonly { name: string; namespace: string }[]): string | undefined =>
      tags.length === 0 ? undefined : tags.map((one) => printable(tagLabel(one))).join(', ');
    await sd.out.print(
      sd.out.colors.bold(printable(tagLabel(tag))),
      ...facts(
        [
          ['Kind', tag.kind],
          ['Applied', count(tag.applied, 'time')],
          ['Also called', tag.aliases.length === 0 ? undefined : tag.aliases.map(printable).join(', ')],
          ['Abbreviation', tag.abbreviation === undefined ? undefined : printable(tag.abbreviation)],
          ['Color', tag.color],
          ['Icon', tag.icon === undefined ? undefined : printable(tag.icon)],
          ['Description', tag.description === undefined ? undefined : printable(tag.description)],
          ['Right below', names(tag.parents)],
          ['Below', names(above)],
          ['Above', names(below)],
          ['Related', names(tag.related)],
          ['Synonyms', names(tag.synonyms)],
          ['Made', formatDate(tag.created_at)],
          ['Id', tag.id],
        ],
        sd.out.colors.dim,
      ),
    );
  },
});
