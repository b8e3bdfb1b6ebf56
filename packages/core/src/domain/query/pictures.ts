import type { DimensionsTerm, PlaceTerm } from './query.ts';
import { splitRange } from './range.ts';

export type Dimensions = Pick<DimensionsTerm, 'compare' | 'width' | 'height'>;
export type Box = Pick<PlaceTerm, 'south' | 'west' | 'north' | 'east'>;

/** `1920x1080`; with `>=` and its like both must be at least that. */
export function readDimensions(text: string): Dimensions | undefined {
  const range = splitRange(text);
  if (range.kind === 'between') return undefined;
  const [, width, height] = /^(\d{1,9})[x×*](\d{1,9})$/i.exec(range.text) ?? [];
  if (width === undefined || height === undefined) return undefined;
  return { compare: range.kind === 'is' ? '=' : range.kind, width: Number(width), height: Number(height) };
}

export function writeDimensions({ compare, width, height }: Dimensions): string {
  return `${compare === '=' ? '' : compare}${width}x${height}`;
}

const DEGREES = String.raw`(-?\d{1,3}(?:\.\d{1,12})?)`;
const BOX = new RegExp(`^${DEGREES},${DEGREES}\\.\\.${DEGREES},${DEGREES}$`);

/** `south,west..north,east` in degrees; where west is more than east the box crosses the date line. */
export function readPlace(text: string): Box | undefined {
  const found = BOX.exec(text);
  if (!found) return undefined;
  const [one = 0, west = 0, other = 0, east = 0] = found.slice(1).map(Number);
  if (Math.abs(one) > 90 || Math.abs(other) > 90 || Math.abs(west) > 180 || Math.abs(east) > 180) return undefined;
  return { south: Math.min(one, other), west, north: Math.max(one, other), east };
}

export function writePlace({ south, west, north, east }: Box): string {
  const [a, b, c, d] = [south, west, north, east].map(
    // Never with an exponent, and no negative zero.
    (degrees) => (degrees + 0).toFixed(12).replace(/\.?0+$/, ''),
  );
  return `${a},${b}..${c},${d}`;
}
