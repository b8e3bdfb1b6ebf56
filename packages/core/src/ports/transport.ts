/** Byte streams between devices known by their Ed25519 key (32 bytes). */
export interface Transport {
  dial(device: Uint8Array, protocol: string): Promise<PeerStream>;
  accept(protocol: string, listener: (stream: PeerStream) => void): () => void;
  close(): Promise<void>;
}

export interface PeerStream {
  readonly device: Uint8Array;
  /** Measured, `undefined` while it is not known. */
  path(): { kind: 'direct' | 'relay'; rttMs: number } | undefined;
  readonly incoming: AsyncIterable<Uint8Array>;
  /** Resolves when there is room for more. */
  write(bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
}
