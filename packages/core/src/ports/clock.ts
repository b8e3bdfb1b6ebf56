export interface Clock {
  /** Milliseconds since the epoch; may go back. */
  now(): number;
  /** Milliseconds that only go forward, for durations. */
  monotonic(): number;
  /** Calls once after `milliseconds`; does not keep the process alive. Answers the cancel function. */
  after(milliseconds: number, call: () => void): () => void;
}
