/** Texts are kept deflated: prose takes about 40 % of its size then. */
export function packText(text: string): Promise<Uint8Array> {
  return through(new CompressionStream('deflate-raw'), new TextEncoder().encode(text));
}

export async function unpackText(packed: Uint8Array<ArrayBuffer>): Promise<string> {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(
    await through(new DecompressionStream('deflate-raw'), packed),
  );
}

async function through(
  pair: CompressionStream | DecompressionStream,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array> {
  const writer = pair.writable.getWriter();
  // What fails here fails the reading below as well.
  writer.write(bytes).catch(() => {});
  writer.close().catch(() => {});
  const reader = pair.readable.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done || !value) break;
    chunks.push(value);
    length += value.length;
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
