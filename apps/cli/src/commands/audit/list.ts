import { command } from '../../declare/command.ts';
import { formatDate } from '../../format/date.ts';
import { printable } from '../../format/text.ts';
import { type Cell, table } from '../../output/table.ts';
import { AUDIT_FILTERS, auditParams } from '../../shared/audit-params.ts';
import { PAGING, pages } from '../../shared/paging.ts';
import { shortReceipt } from '../../shared/receipts.ts';
import type { AuditEntry, AuditList } from '../../wire.ts';

const DEFAULT_LIMIT = 50;

export const auditList = command({
  name: 'audit list',
  summary: 'List every action on the library: who, when, what, and how it went',
  details: [
    'Those that failed or were refused are among them. What concerns no library, such as settings, is in the daemon’s log.',
  ],
  arguments: {},
  options: { ...AUDIT_FILTERS, ...PAGING },
  examples: [
    ['sd audit list --outcome failed,refused --since 7d', 'what did not work this week'],
    ['sd audit list --text Holiday', 'what was done to something of that name'],
  ],
  calls: ['query:audit.list'],
  async run(sd, _args, { limit, cursor, ...filter }) {
    const actions: AuditEntry[] = [];
    for await (const page of pages<AuditList>(sd, 'query:audit.list', auditParams(filter), {
      limit: limit ?? DEFAULT_LIMIT,
      cursor,
      size: (one) => one.actions.length,
    })) {
      if (sd.out.json) return sd.out.printJson(page);
      actions.push(...page.actions);
    }
    if (actions.length === 0) return sd.out.remark('no actions');
    const { dim, green, red, yellow } = sd.out.colors;
    const paint = (outcome: AuditEntry['outcome']) =>
      outcome === 'done' || outcome === 'started'
        ? green
        : outcome === 'failed' || outcome === 'interrupted'
          ? red
          : yellow;
    const rows = actions.map((action): Cell[] => [
      { text: shortReceipt(action.receipt), paint: dim },
      formatDate(action.at),
      { text: action.outcome, paint: paint(action.outcome) },
      action.operation,
      printable(about(action)),
      printable(action.extension ?? action.client),
    ]);
    const columns = [
      { title: 'Action' },
      { title: 'When' },
      { title: 'Outcome' },
      { title: 'Operation' },
      { title: 'What', shrink: 'end' },
      { title: 'Who', shrink: 'end' },
    ] as const;
    await sd.out.print(...table(columns, rows, { columns: sd.out.columns, paintTitle: dim }));
  },
});

function about({ error, summary, targets, counts }: AuditEntry): string {
  if (error !== undefined) return error;
  const failed = counts && counts.failed > 0 ? `, ${counts.failed} failed` : '';
  return `${summary ?? targets.join(', ')}${failed}`;
}
