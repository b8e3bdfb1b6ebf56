/**
 * A pipe carries whole texts, in order, both ways: a socket, a WebSocket, a message port, or memory. What is said over
 * it is the same everywhere.
 */
export interface Pipe {
  /**
   * Takes a message. `false`: enough is waiting, send no more before `drain`. What was taken is kept all the same.
   * After the pipe has closed it is dropped without a word.
   */
  send(text: string): boolean;
  /** Bytes taken by `send` that the other side has not fetched yet. */
  readonly buffered: number;
  /** The largest incoming message in bytes; a pipe that assembles messages stops at a larger one. */
  limit: number;
  /** Starts the flow of messages to the one listener. */
  listen(listener: PipeListener): void;
  /** Stops the flow of incoming messages, at once, so that the sender feels it. */
  pause(): void;
  resume(): void;
  /** Lets what was sent go out, then closes. */
  close(): void;
  /** Closes at once; what was not fetched is lost. */
  destroy(): void;
}

export interface PipeListener {
  message(text: string): void;
  /** A message that cannot be taken (too large, not UTF-8). The pipe delivers nothing after it. */
  fault(code: PipeFault, message: string): void;
  /** There is room again after `send` answered `false`. */
  drain(): void;
  /** The last call, once, however the pipe ended. */
  closed(): void;
}

export type PipeFault = 'TOO_LARGE' | 'PARSE_ERROR';
