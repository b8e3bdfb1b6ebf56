/** What `sd` exits with. The list is the documentation; `sd help exit-codes` prints it. */
export const EXIT = {
  OK: [0, 'done'],
  FAILED: [1, 'it did not work, or a check found problems'],
  USAGE: [2, 'the command line is not understood'],
  NOT_FOUND: [3, 'what was named does not exist'],
  REFUSED: [4, 'refused: a confirmation, a permission, a key or another state is needed first'],
  UNREACHABLE: [5, 'the daemon does not run, or does not answer'],
  CANCELLED: [130, 'stopped with Ctrl-C'],
} as const satisfies Record<string, readonly [number, string]>;

export type Exit = keyof typeof EXIT;

/** Ends a command: what happened, and what the person can do about it. */
export class CliError extends Error {
  readonly exit: Exit;
  /** The daemon's code, or ours where it never got there. */
  readonly code: string;
  readonly wayOut: string | undefined;
  readonly data: Readonly<Record<string, unknown>>;

  constructor(
    exit: Exit,
    message: string,
    more: { wayOut?: string | undefined; code?: string; data?: Readonly<Record<string, unknown>> } = {},
  ) {
    super(message);
    this.name = 'CliError';
    this.exit = exit;
    this.code = more.code ?? (exit === 'USAGE' ? 'INVALID_INPUT' : exit);
    this.wayOut = more.wayOut;
    this.data = more.data ?? {};
  }
}

export const usage = (message: string, wayOut?: string): CliError => new CliError('USAGE', message, { wayOut });

/** The daemon's error codes that are not a plain failure. */
const EXITS: Readonly<Record<string, Exit>> = {
  INVALID_INPUT: 'USAGE',
  METHOD_NOT_FOUND: 'NOT_FOUND',
  NOT_FOUND: 'NOT_FOUND',
  PLAN_NOT_FOUND: 'NOT_FOUND',
  UNAUTHENTICATED: 'REFUSED',
  FORBIDDEN: 'REFUSED',
  CONFIRMATION_NEEDED: 'REFUSED',
  PLAN_STALE: 'REFUSED',
  CONFLICT: 'REFUSED',
  ALREADY_EXISTS: 'REFUSED',
  LIBRARY_CLOSED: 'REFUSED',
  LIBRARY_LOCKED: 'REFUSED',
  LIBRARY_IN_USE: 'REFUSED',
  WRONG_KEY: 'REFUSED',
  NEWER_FORMAT: 'REFUSED',
  UNSUPPORTED_PROTOCOL: 'UNREACHABLE',
  SHUTTING_DOWN: 'UNREACHABLE',
  NOT_RUNNING: 'UNREACHABLE',
  CONNECTION_CLOSED: 'UNREACHABLE',
  CANCELLED: 'CANCELLED',
};

/** Whatever was thrown, as an error with an exit code. */
export function asCliError(error: unknown): CliError {
  if (error instanceof CliError) return error;
  const { code, message, data } = describe(error);
  const facts = isRecord(data) ? data : {};
  const wayOut = typeof facts['way_out'] === 'string' ? facts['way_out'] : undefined;
  return new CliError(EXITS[code] ?? 'FAILED', message, { wayOut, code, data: facts });
}

function describe(error: unknown): { code: string; message: string; data: unknown } {
  if (!(error instanceof Error)) return { code: 'INTERNAL', message: String(error), data: {} };
  const { code, data } = error as { code?: unknown; data?: unknown };
  return { code: typeof code === 'string' ? code : 'INTERNAL', message: error.message, data };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
