import { flag } from '../declare/option.ts';
import type { Sd } from '../sd.ts';

/** Of commands that list what people may have hidden. */
export const PRIVATE = { private: flag('also what you hid or gave a privacy tag') };

/** What is said at the end of a list: nothing where nothing was left out. */
export function leftOutLine(count: number | undefined): string {
  return count ? `${count} private, with --private` : '';
}

/** The same, beside the answer. */
export function remarkLeftOut({ out }: Pick<Sd, 'out'>, count: number | undefined): void {
  if (count) out.remark(out.errorColors.dim(leftOutLine(count)));
}
