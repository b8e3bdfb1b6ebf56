import { required } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { formatDate } from '../../format/date.ts';
import { count } from '../../format/number.ts';
import { printable } from '../../format/text.ts';
import type { Output } from '../../output/output.ts';
import { facts } from '../../output/table.ts';
import { stateOf } from '../../shared/history-state.ts';
import { receiptOf } from '../../shared/receipts.ts';
import type { HistoryInfo } from '../../wire.ts';

export const historyInfo = command({
  name: 'history info',
  summary: 'Show what an action did, and what undoing it would do',
  arguments: { action: required('its receipt or the end of it, as sd history list shows it') },
  options: {},
  examples: [],
  calls: ['query:history.info', 'query:history.list'],
  async run(sd, { action }) {
    const daemon = await sd.daemon();
    const receipt = await receiptOf(sd, action);
    const info = await daemon.call('query:history.info', { receipt });
    if (sd.out.json) return sd.out.printJson(info);
    await sd.out.print(...lines(info, sd.out));
  },
});

function lines({ action, audit, steps, changed }: HistoryInfo, out: Output): string[] {
  const { dim, yellow } = out.colors;
  const plan = action.plan_id === undefined ? undefined : `sd rpc query:plans.steps '{"plan_id":"${action.plan_id}"}'`;
  return [
    ...facts(
      [
        ['Action', action.receipt],
        ['What', printable(action.summary)],
        ['Operation', action.operation],
        ['State', stateOf(action)],
        ['Client', printable(action.client)],
        ['When', formatDate(action.at)],
        ['Changed', count(action.items, action.changes === 'files' ? 'step' : 'row')],
        ['Job', audit?.job],
        ['Undoes', action.undoes],
        ['Undone by', action.undone_by],
        ['Steps', plan],
      ],
      dim,
    ),
    ...(steps.length > 0 ? ['', 'Undoing it would'] : []),
    ...steps.flatMap(({ what, target, detail }) => [
      `  ${what} ${printable(target)}`,
      ...(detail ? [dim(`    ${printable(detail)}`)] : []),
    ]),
    ...(changed.count > 0
      ? ['', yellow(`${count(changed.count, 'thing has', 'things have')} changed since, so it cannot be undone`)]
      : []),
    ...changed.named.map(({ what, how }) => yellow(`  ${printable(what)}: ${printable(how)}`)),
  ];
}
