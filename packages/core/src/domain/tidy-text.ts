// What nobody sees, and what could make a line of it read other than it is written.
// oxlint-disable-next-line no-control-regex
const UNSEEN = /[\u00ad\u200b\u2060\ufeff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb]/g;
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f]/g;

/**
 * Text from a document as it is kept: well formed, without what is invisible or turns the direction of writing, control
 * characters as spaces, no more than `limit` UTF-16 units.
 */
export function tidyText(text: string, limit: number): string {
  const whole = text.length > limit ? text.slice(0, limit) : text;
  return whole.toWellFormed().replace(UNSEEN, '').replace(CONTROL, ' ').trim();
}
