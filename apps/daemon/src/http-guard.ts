import type { IncomingMessage } from 'node:http';

/** Who may speak to the local port at all: checked before anything else, against pages that reach for local ports. */
export interface Doors {
  /** The addresses under which it may be reached: a name that was made to lead here (DNS rebinding) is not one. */
  readonly hosts: ReadonlySet<string>;
  /** The web pages that may ask. A program that is no browser sends no Origin. */
  readonly origins: readonly string[];
}

export function mayConnect({ headers }: IncomingMessage, { hosts, origins }: Doors): boolean {
  if (!hosts.has(headers.host ?? '')) return false;
  return headers.origin === undefined || origins.includes(headers.origin);
}
