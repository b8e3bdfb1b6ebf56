/** `1234567` → `1,234,567`. Not `Intl`, whose tables cost a short command several milliseconds. */
export function formatNumber(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 file`, `2,000 files`. */
export function count(value: number, one: string, many = `${one}s`): string {
  return `${formatNumber(value)} ${value === 1 ? one : many}`;
}

/** A share of a whole, as whole percents; `100 %` only when it is all of it. */
export function percent(part: number, whole: number): string {
  if (whole <= 0) return '0 %';
  const share = Math.floor((Math.max(0, part) / whole) * 100);
  return `${Math.min(part >= whole ? 100 : 99, share)} %`;
}
