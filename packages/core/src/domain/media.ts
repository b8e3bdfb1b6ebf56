import { z } from 'zod';

const textSchema = z.string().min(1).max(1000);
const pixelsSchema = z
  .int()
  .min(1)
  .max(2 ** 31);
const rateSchema = z.number().positive().max(1e12);

const videoSchema = z.object({
  codec: textSchema.optional(),
  frame_rate: rateSchema.optional().describe('frames a second'),
  bitrate: rateSchema.optional().describe('bits a second'),
});
const soundSchema = z.object({
  codec: textSchema.optional(),
  channels: z.int().min(1).max(1024).optional(),
  sample_rate: rateSchema.optional().describe('hertz'),
  bitrate: rateSchema.optional().describe('bits a second'),
});

/** What is known of the inside of a file. Which facts there are depends on what it is; lengths in pixels. */
export const mediaFactsSchema = z.object({
  format: textSchema.optional().describe('as the bytes say, e.g. `jpeg`'),
  width: pixelsSchema.optional().describe('as shown: turned as its orientation says'),
  height: pixelsSchema.optional(),
  orientation: z.int().min(1).max(8).optional().describe('as EXIF numbers it'),
  pages: z.int().min(1).optional().describe('pages of a document, frames of an animation'),
  animated: z.boolean().optional(),
  color_space: textSchema.optional(),
  color_profile: textSchema.optional().describe('the name of the embedded ICC profile'),
  dominant_color: z
    .string()
    .regex(/^#[0-9a-f]{6}$/)
    .optional(),
  thumbhash: z.base64().max(64).optional().describe('thumbhash of the picture, a placeholder of some 25 bytes'),
  camera_make: textSchema.optional(),
  camera_model: textSchema.optional(),
  lens: textSchema.optional(),
  exposure_time: z.number().positive().max(1e6).optional().describe('seconds'),
  aperture: z.number().positive().max(1000).optional().describe('the number after f/'),
  iso: z.int().min(1).max(1e9).optional(),
  focal_length: z.number().positive().max(1e5).optional().describe('millimetres'),
  latitude: z.number().min(-90).max(90).optional().describe('degrees, north is positive'),
  longitude: z.number().min(-180).max(180).optional().describe('degrees, east is positive'),
  altitude: z.number().min(-20_000).max(1e6).optional().describe('metres above the sea'),
  taken_at: z
    .int()
    .min(-62_135_596_800_000)
    .max(253_402_300_799_999)
    .optional()
    .describe('milliseconds since the epoch; read as UTC where no zone is known'),
  taken_zone: z
    .string()
    .regex(/^[+-]\d\d:\d\d$/)
    .optional()
    .describe('the zone of the camera’s clock, where it said it'),
  duration_ms: z.int().min(0).max(1e13).optional(),
  bitrate: rateSchema.optional().describe('bits a second, of everything in it'),
  video: videoSchema.optional(),
  audio: soundSchema.optional(),
  title: textSchema.optional(),
  artist: textSchema.optional(),
  album: textSchema.optional(),
  album_artist: textSchema.optional(),
  genre: textSchema.optional(),
  track: z.int().min(0).max(100_000).optional(),
  year: z.int().min(1).max(9999).optional(),
  author: textSchema.optional(),
  entries: z.int().min(0).optional().describe('of an archive: files and folders'),
  unpacked_bytes: z.int().min(0).optional().describe('of an archive, as it claims'),
  listed: z.int().min(0).optional().describe('entries that were looked at, where not all were'),
});
export type MediaFacts = z.infer<typeof mediaFactsSchema>;

/** What of a reader's facts can be believed: every one that is as it should be; the others are dropped. */
export function believedFacts(facts: Readonly<Record<string, unknown>>): MediaFacts {
  const believed: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(mediaFactsSchema.shape)) {
    const { success, data } = schema.safeParse(facts[name]);
    if (success && data !== undefined) believed[name] = data;
  }
  return believed;
}
