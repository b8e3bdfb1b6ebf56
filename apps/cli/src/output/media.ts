import { formatDuration } from '../format/duration.ts';
import { formatNumber } from '../format/number.ts';
import { formatSize } from '../format/size.ts';
import { printable } from '../format/text.ts';
import type { EntryInfo } from '../wire.ts';

type MediaFacts = NonNullable<EntryInfo['media']>;

/** What is known of the inside of a file, a line for each fact. */
export function mediaLines(media: MediaFacts | undefined): [name: string, value: string | undefined][] {
  if (!media) return [];
  return [
    ['Format', shown(media.format)],
    ['Dimensions', media.width && media.height ? `${media.width} × ${media.height}` : undefined],
    ['Taken', media.taken_at === undefined ? undefined : takenAt(media.taken_at, media.taken_zone)],
    ['Camera', joined(media.camera_make, media.camera_model)],
    ['Lens', shown(media.lens)],
    ['Exposure', exposure(media)],
    ['Place', place(media)],
    ['Duration', media.duration_ms === undefined ? undefined : formatDuration(media.duration_ms)],
    ['Video', media.video && stream(media.video.codec, media.video.frame_rate, 'frames/s')],
    ['Audio', media.audio && stream(media.audio.codec, media.audio.sample_rate, 'Hz')],
    ['Title', shown(media.title)],
    ['Artist', shown(media.artist)],
    ['Album', shown(media.album)],
    ['Author', shown(media.author)],
    ['Pages', media.pages === undefined ? undefined : formatNumber(media.pages)],
    ['Entries', media.entries === undefined ? undefined : formatNumber(media.entries)],
    ['Unpacked', media.unpacked_bytes === undefined ? undefined : formatSize(media.unpacked_bytes)],
  ];
}

function shown(text: string | undefined): string | undefined {
  return text === undefined ? undefined : printable(text);
}

/** As the camera's clock showed it; without a zone nobody knows more. */
function takenAt(at: number, zone: string | undefined): string {
  const [sign, hours = 0, minutes = 0] = zone ? [zone[0], Number(zone.slice(1, 3)), Number(zone.slice(4, 6))] : ['+'];
  const shift = (sign === '-' ? -1 : 1) * (hours * 60 + minutes) * 60_000;
  const clock = new Date(at + shift).toISOString().slice(0, 19).replace('T', ' ');
  return zone ? `${clock} ${zone}` : clock;
}

function joined(...parts: (string | undefined)[]): string | undefined {
  const text = parts.filter((part) => part !== undefined).join(' ');
  return text === '' ? undefined : printable(text);
}

function exposure({ exposure_time: seconds, aperture, iso, focal_length: length }: MediaFacts): string | undefined {
  const parts = [
    seconds === undefined ? undefined : seconds < 1 ? `1/${Math.round(1 / seconds)} s` : `${seconds} s`,
    aperture === undefined ? undefined : `f/${aperture}`,
    iso === undefined ? undefined : `ISO ${iso}`,
    length === undefined ? undefined : `${length} mm`,
  ];
  const said = parts.filter((part) => part !== undefined);
  return said.length === 0 ? undefined : said.join(', ');
}

function place({ latitude, longitude }: MediaFacts): string | undefined {
  if (latitude === undefined || longitude === undefined) return undefined;
  return `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
}

function stream(codec: string | undefined, rate: number | undefined, unit: string): string | undefined {
  return joined(codec, rate === undefined ? undefined : `${formatNumber(Math.round(rate * 100) / 100)} ${unit}`);
}
