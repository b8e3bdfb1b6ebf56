import { CliError, usage } from '../errors.ts';
import type { Sd } from '../sd.ts';
import type { HistoryList } from '../wire.ts';

/** The end of a receipt: enough to tell actions apart (the beginning is a time, and often the same). */
export const shortReceipt = (receipt: string): string => receipt.slice(-8);

/** More are looked for by the whole receipt. */
const MOST_LOOKED_AT = 1_000;

/** The receipt meant by one, or by the end of one of the history. */
export async function receiptOf(sd: Sd, typed: string): Promise<string> {
  const wanted = typed.toLowerCase();
  if (/^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(wanted)) return wanted;
  const daemon = await sd.daemon();
  const { actions } = (await daemon.request('query:history.list', { limit: MOST_LOOKED_AT })) as HistoryList;
  const found = actions.filter(({ receipt }) => receipt.endsWith(wanted));
  const [only, second] = found;
  if (only && !second) return only.receipt;
  if (only)
    throw usage(`"${typed}" means several actions`, `name one of ${found.map(({ receipt }) => receipt).join(', ')}`);
  throw new CliError('NOT_FOUND', `there is no action "${typed}" in the history`, {
    code: 'NOT_FOUND',
    wayOut: 'sd history list',
  });
}
