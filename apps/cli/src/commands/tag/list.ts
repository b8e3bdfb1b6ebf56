import { optional } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { choice, flag, text } from '../../declare/option.ts';
import { tagTable } from '../../output/tags.ts';
import { PAGING, pages } from '../../shared/paging.ts';
import type { Answer } from '../../wire.ts';

export const tagList = command({
  name: 'tag list',
  summary: 'List the tags, or those whose name has a word in it',
  arguments: { text: optional('a part of the name, of an alias or of the description') },
  options: {
    namespace: text('NAMESPACE', 'only of this one'),
    kind: choice(['standard', 'organizational', 'privacy', 'system'], 'only of this kind'),
    top: flag('only those below no other'),
    ...PAGING,
  },
  examples: [['sd tag list holi', 'Holiday, and what is also called so']],
  calls: ['query:tags.list', 'query:tags.search'],
  async run(sd, { text: wanted }, { namespace, kind, top, limit, cursor }) {
    if (wanted !== undefined) {
      const daemon = await sd.daemon();
      const found = await daemon.call('query:tags.search', {
        text: wanted,
        ...(limit === undefined ? {} : { limit: Math.min(limit, 200) }),
      });
      if (sd.out.json) return sd.out.printJson(found);
      return sd.out.print(...tagTable(found.tags, sd.out));
    }
    const params = {
      ...(namespace === undefined ? {} : { namespace }),
      ...(kind === undefined ? {} : { kind }),
      ...(top ? { top } : {}),
    };
    type Page = Answer<'query:tags.list'>;
    const all: Page['tags'] = [];
    const size = (page: Page): number => page.tags.length;
    for await (const page of pages<Page>(sd, 'query:tags.list', params, { limit, cursor, size })) {
      if (sd.out.json) return sd.out.printJson(page);
      all.push(...page.tags);
    }
    if (all.length === 0) return sd.out.remark('no tags yet', '  → sd tag add TAG FILE…');
    await sd.out.print(...tagTable(all, sd.out));
  },
});
