import { type JpegPreview, jpegAt } from './raw-preview.ts';

const OFFSET_AT = 84;

/** The picture in a Fujifilm raw file: its header says where. */
export function previewsInRaf(file: Buffer): JpegPreview[] {
  if (file.length < OFFSET_AT + 8) return [];
  const preview = jpegAt(file, file.readUInt32BE(OFFSET_AT), file.readUInt32BE(OFFSET_AT + 4));
  return preview ? [preview] : [];
}
