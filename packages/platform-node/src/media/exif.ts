import readExif from 'exif-reader';

/** More than any camera writes; what is larger is not looked at. */
const LARGEST = 4 * 2 ** 20;
const LONGEST_TEXT = 200;

type Tags = Readonly<Record<string, unknown>>;

/** What a camera wrote into a picture, as facts. Whatever is wrong with it, the picture is not the worse for it. */
export function exifFacts(bytes: Buffer | undefined): Record<string, unknown> {
  if (!bytes || bytes.length > LARGEST) return {};
  try {
    const read: { Image?: Tags; Photo?: Tags; GPSInfo?: Tags } = readExif(bytes);
    const { Image: image = {}, Photo: photo = {}, GPSInfo: gps = {} } = read;
    return {
      ...given('orientation', image['Orientation']),
      ...given('camera_make', text(image['Make'])),
      ...given('camera_model', text(image['Model'])),
      ...given('lens', text(photo['LensModel'])),
      ...given('exposure_time', photo['ExposureTime']),
      ...given('aperture', photo['FNumber']),
      ...given('iso', first(photo['ISOSpeedRatings'])),
      ...given('focal_length', photo['FocalLength']),
      ...timeOf(image, photo),
      ...placeOf(gps),
    };
  } catch {
    return {};
  }
}

function given(name: string, value: unknown): Record<string, unknown> {
  return value === undefined ? {} : { [name]: value };
}

function text(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const end = value.indexOf('\0');
  const cleaned = (end < 0 ? value : value.slice(0, end)).trim().slice(0, LONGEST_TEXT).toWellFormed();
  return cleaned === '' ? undefined : cleaned;
}

function first(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : value;
}

/** The library reads a camera's clock as UTC; where the camera named its zone, the moment is another one. */
function timeOf(image: Tags, photo: Tags): Record<string, unknown> {
  const [taken, offset] =
    photo['DateTimeOriginal'] instanceof Date
      ? [photo['DateTimeOriginal'], photo['OffsetTimeOriginal'] ?? photo['OffsetTime']]
      : photo['DateTimeDigitized'] instanceof Date
        ? [photo['DateTimeDigitized'], photo['OffsetTimeDigitized'] ?? photo['OffsetTime']]
        : [image['DateTime'], photo['OffsetTime']];
  if (!(taken instanceof Date) || !Number.isFinite(taken.getTime())) return {};
  const zone = text(offset) === 'Z' ? '+00:00' : text(offset);
  const match = zone === undefined ? null : /^([+-])(\d\d):(\d\d)$/.exec(zone);
  if (!match || !zone) return { taken_at: taken.getTime() };
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return { taken_at: taken.getTime() - (match[1] === '-' ? -minutes : minutes) * 60_000, taken_zone: zone };
}

function placeOf(gps: Tags): Record<string, unknown> {
  const latitude = degrees(gps['GPSLatitude'], gps['GPSLatitudeRef'], 'S');
  const longitude = degrees(gps['GPSLongitude'], gps['GPSLongitudeRef'], 'W');
  // A camera without a fix writes zeros.
  if (latitude === undefined || longitude === undefined || (latitude === 0 && longitude === 0)) return {};
  const altitude = first(gps['GPSAltitude']);
  const below = first(gps['GPSAltitudeRef']) === 1 || (gps['GPSAltitudeRef'] as Uint8Array | undefined)?.[0] === 1;
  return {
    latitude,
    longitude,
    ...(typeof altitude === 'number' ? { altitude: below ? -altitude : altitude } : {}),
  };
}

function degrees(parts: unknown, reference: unknown, negative: string): number | undefined {
  if (!Array.isArray(parts)) return undefined;
  const [whole, minutes = 0, seconds = 0] = parts as unknown[];
  const value = Number(whole) + Number(minutes) / 60 + Number(seconds) / 3600;
  if (!Number.isFinite(value)) return undefined;
  return text(reference) === negative ? -value : value;
}
