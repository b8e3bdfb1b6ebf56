/** A box of an MP4-like container. `size` instead of the true one, where it lies. */
export function box(type: string, body: Uint8Array, size = body.length + 8): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt32BE(size, 0);
  header.write(type, 4, 'latin1');
  return Buffer.concat([header, body]);
}
