const COMPARISONS: Readonly<Record<string, '>' | '>=' | '<' | '<=' | '='>> = {
  '>': '>',
  '>=': '>=',
  '<': '<',
  '<=': '<=',
  '=': '=',
  '≥': '>=',
  '≤': '<=',
};

/** How a value is compared: with two ends, by a sign, or as it is. */
export type Range =
  | { readonly kind: 'between'; readonly from?: string; readonly to?: string }
  | { readonly kind: '>' | '>=' | '<' | '<=' | '=' | 'is'; readonly text: string };

/** `a..b`, `a..`, `..b`; `>a` and its like; `a`. What `a` and `b` are the caller knows. */
export function splitRange(raw: string): Range {
  const [, sign = '', text = ''] = /^(>=|<=|>|<|=|≥|≤)?\s*(.*)$/su.exec(raw) ?? [];
  const comparison = COMPARISONS[sign];
  if (comparison) return { kind: comparison, text };
  const dots = raw.indexOf('..');
  if (dots < 0 || raw === '..') return { kind: 'is', text: raw };
  const [from, to] = [raw.slice(0, dots), raw.slice(dots + 2)];
  return { kind: 'between', ...(from === '' ? {} : { from }), ...(to === '' ? {} : { to }) };
}
