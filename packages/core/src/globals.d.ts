/** What every runtime this core is meant for has (browser worker, Node, WebView), and no more. */
declare class TextEncoder {
  encode(text?: string): Uint8Array<ArrayBuffer>;
}
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(bytes?: Uint8Array): string;
}
interface AbortSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  throwIfAborted(): void;
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}
declare class AbortController {
  readonly signal: AbortSignal;
  abort(reason?: unknown): void;
}
/** Characters up to U+00FF, each a byte, of Base64. */
declare function atob(base64: string): string;
declare function queueMicrotask(call: () => void): void;
declare function structuredClone<T>(value: T): T;
/** Either end can be posted to another thread: what one is told, the other hears. */
declare class MessageChannel {
  readonly port1: MessagePort;
  readonly port2: MessagePort;
}
interface MessagePort {
  postMessage(message: unknown, transfer: readonly ArrayBufferLike[]): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  /** What was told before is heard from now on. */
  start(): void;
  /** Both ends. */
  close(): void;
}
declare class CompressionStream {
  constructor(format: 'deflate-raw');
  readonly writable: ByteSink;
  readonly readable: ByteSource;
}
declare class DecompressionStream {
  constructor(format: 'deflate-raw');
  readonly writable: ByteSink;
  readonly readable: ByteSource;
}
interface ByteSink {
  getWriter(): { write(bytes: Uint8Array): Promise<void>; close(): Promise<void> };
}
interface ByteSource {
  getReader(): { read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array }> };
}
