import { z } from 'zod';
import { EXPORT_FORMATS } from './formats.ts';

/** What an export has written. */
export const exportResultSchema = z.object({
  path: z.string().describe('address of the file'),
  native_path: z.string().describe('its path, for people'),
  format: z.enum(EXPORT_FORMATS),
  entries: z.int(),
  lines: z.int().describe('with the header, where the format has one'),
  bytes: z.int(),
  private_left_out: z.int().optional().describe('so many entries more are written for who asks for private ones'),
});
export type ExportResult = z.infer<typeof exportResultSchema>;
