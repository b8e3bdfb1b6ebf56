/**
 * Rows on their way from a walker to the writer: numbers by column in shared memory, names as one string (no name
 * holds a `/`). A walker owns a few slots; it fills one, sends its number, and may fill it again once it was written.
 */
export const ROWS_PER_SLOT = 2_048;
export const SLOTS_PER_WALKER = 4;

const NUMBER_COLUMNS = 5;
const BYTE_COLUMNS = 4;

/** One row each: what is to be done with it and all that the index keeps of it. */
export interface SlotColumns {
  readonly ids: Float64Array;
  readonly parents: Float64Array;
  readonly sizes: Float64Array;
  readonly mtimes: Float64Array;
  readonly inodes: Float64Array;
  readonly types: Uint8Array;
  readonly kinds: Uint8Array;
  /** 1: a file with more than one name. */
  readonly links: Uint8Array;
  readonly changes: Uint8Array;
}

/** A row that the index does not have. */
export const ADDED = 0;
/** A row whose facts changed; `ids` is the known one. */
export const MODIFIED = 1;
/** A folder that lay elsewhere; `ids` is the known one, its rows below stay as they are. */
export const MOVED = 2;

export function newSlot(): SharedArrayBuffer {
  return new SharedArrayBuffer(ROWS_PER_SLOT * (NUMBER_COLUMNS * 8 + BYTE_COLUMNS));
}

export function slotColumns(memory: SharedArrayBuffer): SlotColumns {
  const numbers = (column: number): Float64Array => new Float64Array(memory, column * 8 * ROWS_PER_SLOT, ROWS_PER_SLOT);
  const bytes = (column: number): Uint8Array =>
    new Uint8Array(memory, (NUMBER_COLUMNS * 8 + column) * ROWS_PER_SLOT, ROWS_PER_SLOT);
  return {
    ids: numbers(0),
    parents: numbers(1),
    sizes: numbers(2),
    mtimes: numbers(3),
    inodes: numbers(4),
    types: bytes(0),
    kinds: bytes(1),
    links: bytes(2),
    changes: bytes(3),
  };
}
