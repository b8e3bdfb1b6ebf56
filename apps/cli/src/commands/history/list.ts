import { command } from '../../declare/command.ts';
import { choices, flag, moment, text } from '../../declare/option.ts';
import { formatAgo } from '../../format/date.ts';
import { count } from '../../format/number.ts';
import { printable } from '../../format/text.ts';
import { type Cell, table } from '../../output/table.ts';
import { PAGING, pages } from '../../shared/paging.ts';
import { isWhole, stateOf } from '../../shared/history-state.ts';
import { shortReceipt } from '../../shared/receipts.ts';
import type { HistoryEntry, HistoryList } from '../../wire.ts';

const STATES = ['running', 'done', 'undone', 'partial'] as const;
const DEFAULT_LIMIT = 20;

export const historyList = command({
  name: 'history list',
  summary: 'List what was done and can be undone, newest first',
  details: ['The last thousand actions are kept, for ninety days. sd audit list shows every action ever.'],
  arguments: {},
  options: {
    state: choices('STATE', STATES, `only those that are ${STATES.join(', ')}`),
    operation: text('NAME', 'only this operation, e.g. entries.move'),
    since: moment('not before this'),
    until: moment('before this'),
    undoable: flag('only what can be undone'),
    ...PAGING,
  },
  examples: [['sd history list --since 1d', 'of the last day']],
  calls: ['query:history.list'],
  async run(sd, _args, { state: states, operation, since, until, undoable, limit, cursor }) {
    const params = {
      ...(states ? { states } : {}),
      ...(operation === undefined ? {} : { operation }),
      ...(since === undefined ? {} : { since }),
      ...(until === undefined ? {} : { until }),
      ...(undoable ? { undoable } : {}),
    };
    const actions: HistoryEntry[] = [];
    for await (const page of pages<HistoryList>(sd, 'query:history.list', params, {
      limit: limit ?? DEFAULT_LIMIT,
      cursor,
      size: (one) => one.actions.length,
    })) {
      if (sd.out.json) return sd.out.printJson(page);
      actions.push(...page.actions);
    }
    if (actions.length === 0) return sd.out.remark('nothing was done yet that can be undone');
    const { dim, green, yellow } = sd.out.colors;
    const paint = { running: green, done: (one: string) => one, undone: dim, partial: yellow };
    const rows = actions.map((action): Cell[] => [
      { text: shortReceipt(action.receipt), paint: dim },
      formatAgo(action.at),
      { text: stateOf(action), paint: isWhole(action) ? paint[action.state] : yellow },
      printable(action.summary),
      count(action.items, action.changes === 'files' ? 'step' : 'change'),
    ]);
    const columns = [
      { title: 'Action' },
      { title: 'When' },
      { title: 'State' },
      { title: 'What', shrink: 'end' },
      { title: 'Changed', align: 'right' },
    ] as const;
    await sd.out.print(...table(columns, rows, { columns: sd.out.columns, paintTitle: dim }));
  },
});
