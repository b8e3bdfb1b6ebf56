import { fold } from '../../domain/fold.ts';
import type {
  DimensionsTerm,
  NamedValue,
  NumberTerm,
  PlaceTerm,
  TimeEdge,
  TimeTerm,
} from '../../domain/query/query.ts';
import { resolveClock, resolveEdge } from '../../domain/query/resolve-edge.ts';
import type { ReadConnection, SqlValue } from '../../ports/sqlite.ts';
import { IdSet } from './id-set.ts';
import { remembered } from './memory.ts';
import type { Predicate } from './predicate.ts';
import { byContents, idsFrom } from './target-set.ts';

/** What is known of the inside of files: all of it is of contents. */

/** By what the clock of the camera showed; by the moment where the zone is said, as with those of an input. */
export function byTaken(db: ReadConnection, { from, to }: Pick<TimeTerm, 'from' | 'to'>, now: number): Predicate {
  const edges = [...(from ? [takenFrom(from, '>=', now)] : []), ...(to ? [takenFrom(to, '<', now)] : [])];
  return media(
    db,
    edges.map(({ condition }) => condition).join(' AND '),
    edges.map(({ time }) => time),
  );
}

function takenFrom(edge: TimeEdge, compare: '>=' | '<', now: number): { condition: string; time: number } {
  const clock = resolveClock(edge, now);
  return clock === undefined
    ? { condition: `taken_at ${compare} ?`, time: Math.ceil(resolveEdge(edge, now)) }
    : { condition: `taken_local ${compare} ?`, time: Math.ceil(clock) };
}

export function byCamera(db: ReadConnection, values: readonly NamedValue[]): Predicate {
  const wanted = values.map(({ text, alone }) => ({ text: fold(text), alone }));
  const cameras = camerasOf(db).filter((camera) => {
    const folded = fold(camera);
    return wanted.some(({ text, alone }) => (alone ? folded === text : folded.includes(text)));
  });
  return media(db, 'camera IN (SELECT value FROM json_each(?))', [JSON.stringify(cameras)]);
}

/** All that took any picture. */
export function camerasOf(db: ReadConnection): readonly string[] {
  return remembered(db, ['cameras'], ['media'], () => {
    const rows = db.prepare<{ camera: string }>('SELECT DISTINCT camera FROM media WHERE camera IS NOT NULL').all();
    const value = rows.map(({ camera }) => camera);
    return { value, bytes: value.reduce((sum, camera) => sum + camera.length * 2 + 20, 0) };
  });
}

const COLUMNS = { width: 'width', height: 'height', duration: 'duration_ms' } as const;

export function byMeasure(
  db: ReadConnection,
  key: keyof typeof COLUMNS,
  { from = 0, to = Number.MAX_SAFE_INTEGER }: Pick<NumberTerm, 'from' | 'to'>,
): Predicate {
  return media(db, `${COLUMNS[key]} BETWEEN ? AND ?`, [from, to]);
}

/** Both of the two are compared. */
export function byDimensions(db: ReadConnection, { compare, width, height }: DimensionsTerm): Predicate {
  return media(db, `width ${compare} ? AND height ${compare} ?`, [width, height]);
}

export function byPlace(db: ReadConnection, { south, west, north, east }: PlaceTerm): Predicate {
  const within = west <= east ? 'longitude BETWEEN ? AND ?' : '(longitude >= ? OR longitude <= ?)';
  return media(db, `latitude BETWEEN ? AND ? AND ${within}`, [south, north, west, east]);
}

/** It is known where it was taken. */
export function isLocated(db: ReadConnection): Predicate {
  return media(db, 'latitude IS NOT NULL AND longitude IS NOT NULL', []);
}

function media(db: ReadConnection, condition: string, values: readonly SqlValue[]): Predicate {
  const key = ['media', condition, values];
  const contents = remembered(db, key, ['media'], () => {
    const value = new IdSet(idsFrom(db, `SELECT content_id AS id FROM media WHERE ${condition}`, ...values));
    return { value, bytes: value.bytes };
  });
  return byContents(key, contents);
}
