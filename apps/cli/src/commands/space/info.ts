import { optional } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { printable } from '../../format/text.ts';
import type { Output } from '../../output/output.ts';
import { PRIVATE, remarkLeftOut } from '../../shared/private.ts';
import type { SpaceLayout } from '../../wire.ts';

export const spaceInfo = command({
  name: 'space info',
  summary: 'Show a space: its groups and what is pinned to it',
  arguments: { space: optional('the space, by name or id; the first where none is named', 'space') },
  options: PRIVATE,
  examples: [['sd space info', 'the first space']],
  calls: ['query:spaces.get'],
  async run(sd, { space: wanted }, { private: all }) {
    const daemon = await sd.daemon();
    const answer = await daemon.call('query:spaces.get', {
      private: all,
      ...(wanted === undefined ? {} : { space: wanted }),
    });
    if (sd.out.json) return sd.out.printJson(answer);
    const { space } = answer;
    const { bold, dim } = sd.out.colors;
    const lines = [
      bold(printable(`${space.icon === undefined ? '' : `${space.icon} `}${space.name}`)),
      ...space.items.map((item) => `  ${itemLine(item, sd.out)}`),
      ...space.groups.flatMap((group) => [
        `  ${bold(printable(group.name))} ${dim(`${group.kind.replace('_', ' ')}${group.collapsed ? ', folded up' : ''}`)}`,
        ...group.items.map((item) => `    ${itemLine(item, sd.out)}`),
      ]),
    ];
    await sd.out.print(...lines);
    remarkLeftOut(sd, answer.private_left_out);
  },
});

function itemLine({ name, kind, state }: SpaceLayout['items'][number], out: Output): string {
  const { dim, yellow } = out.colors;
  return `${printable(name)} ${dim(kind)}${state === 'here' ? '' : ` ${yellow(state)}`}`;
}
