import type { IncomingHttpHeaders } from 'node:http';
import parseRange from 'range-parser';

/** The part of a file to be sent. `start` and `end` (inclusive) in bytes. */
export type Part =
  | { readonly type: 'whole' }
  | { readonly type: 'part'; readonly start: number; readonly end: number }
  | { readonly type: 'none' };

/**
 * What `Range` and `If-Range` ask for. What is no range of bytes, or several that do not touch, is answered whole, as
 * RFC 9110 allows; what lies beyond the end is `none` (416).
 */
export function partOf(headers: IncomingHttpHeaders, file: { size: number; etag: string; modified: string }): Part {
  const { range, 'if-range': condition } = headers;
  const unchanged = condition === undefined || condition === file.etag || condition === file.modified;
  if (range === undefined || !unchanged || !range.startsWith('bytes=')) return { type: 'whole' };
  const parsed = parseRange(file.size, range, { combine: true });
  if (parsed === -1) return { type: 'none' };
  const only = parsed === -2 || parsed.length !== 1 ? undefined : parsed[0];
  return only ? { type: 'part', ...only } : { type: 'whole' };
}
