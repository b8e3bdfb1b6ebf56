import { isHidden, nameOfStored } from '../domain/entry.ts';
import { fold } from '../domain/fold.ts';
import { KIND_CODES, type Kind } from '../domain/kinds.ts';
import { resolveClock, resolveEdge } from '../domain/query/resolve-edge.ts';
import type { NumberTerm, Query, Term, TimeEdge, TimeTerm } from '../domain/query/query.ts';
import type { ReadConnection } from '../ports/sqlite.ts';

// oxlint-disable-next-line no-explicit-any -- rows of any table, as they come
type Row = Readonly<Record<string, any>>;

/** What a query must find, by looking at every entry and every row that was said of it: ids, ascending. */
export function expectedOfQuery(
  db: ReadConnection,
  query: Query,
  { now, private: shown = false }: { now: number; private?: boolean },
): number[] {
  const oracle = new Oracle(db, now);
  return oracle.entries
    .filter(
      (row) =>
        oracle.isLocated(row) &&
        oracle.holds(query, row) &&
        (shown || asksHidden(query) || !oracle.isLeftOut(row, query)),
    )
    .map((row) => row['id'] as number)
    .sort((a, b) => a - b);
}

function asksHidden(query: Query): boolean {
  if (query.op === 'term') return query.key === 'is' && query.any.includes('hidden');
  return query.op !== 'not' && query.of.some(asksHidden);
}

class Oracle {
  readonly entries: Row[];
  readonly #byId: Map<number, Row>;
  readonly #tables: Record<string, Row[]>;
  readonly #now: number;

  constructor(db: ReadConnection, now: number) {
    this.#now = now;
    const all = (table: string): Row[] => db.prepare<Row>(`SELECT * FROM ${table}`).all();
    this.entries = all('entries');
    this.#byId = new Map(this.entries.map((row) => [row['id'], row]));
    const tables = [
      'locations',
      'tags',
      'tag_links',
      'tag_applications',
      'metadata',
      'media',
      'successions',
      'collections',
      'collection_items',
    ];
    this.#tables = Object.fromEntries(tables.map((table) => [table, all(table)]));
  }

  holds(query: Query, row: Row): boolean {
    if (query.op === 'all') return query.of.every((part) => this.holds(part, row));
    if (query.op === 'any') return query.of.some((part) => this.holds(part, row));
    if (query.op === 'not') return !this.holds(query.of, row);
    return this.#meets(query, row);
  }

  #meets(term: Term, row: Row): boolean {
    const name = fold(nameOfStored(row['name']));
    switch (term.key) {
      case 'text': {
        const phrase = fold(term.text)
          .replace(/[\s/]+/g, ' ')
          .trim();
        return term.exact ? name.includes(phrase) : phrase.split(' ').every((word) => name.includes(word));
      }
      case 'where':
        return true;
      case 'type':
        return term.any.some((word) =>
          word === 'file'
            ? row['type'] === 0
            : word === 'symlink'
              ? row['type'] === 2
              : row['kind'] === KIND_CODES[word as Kind],
        );
      case 'is':
        return term.any.some((word) => this.#is(word, row));
      case 'name':
        return term.any.some(({ text, exact }) =>
          !exact && /[*?]/.test(text) ? globOf(fold(text)).test(name) : name.includes(fold(text)),
        );
      case 'ext':
        return (
          row['type'] !== 1 &&
          term.any.some(({ text }) => name.endsWith(`.${fold(text)}`) && name.length > text.length + 1)
        );
      case 'in':
        return term.any.some(({ text }) => {
          const parts = fold(text).split('/').toReversed();
          return this.#above(row).some((_, at, all) => parts.every((part, up) => folderName(all[at + up]) === part));
        });
      case 'location':
        return this.#roots(({ name: called }) => term.any.some(({ text }) => text === called)).has(
          this.#above(row).at(-1)?.['id'],
        );
      case 'tag':
        return term.any.some(({ text, alone }) => {
          const meant = this.#table('tags')
            .filter((tag) => tag['folded'] === fold(text))
            .map((tag) => tag['id'] as number);
          return meant.some((tag) =>
            this.#tagsOf(row).some((has) => has === tag || (!alone && this.#isBelow(has, tag))),
          );
        });
      case 'collection':
        return term.any.some(({ text }) => {
          const ids = this.#table('collections')
            .filter((one) => one['name'] === text)
            .map((one) => one['id']);
          return this.#said('collection_items', row).some((item) => ids.includes(item['collection_id']));
        });
      case 'note':
        return term.any.some(({ text }) => fold(this.#effective('note', row) ?? '').includes(fold(text)));
      case 'rating':
        return within(this.#effective('rating', row) ?? 0, term);
      case 'size':
        return row['type'] !== 1 && within(row['size'], term);
      case 'modified':
        return this.#during(row['mtime'] / 1000, term);
      case 'taken':
        return this.#taken(this.#media(row), term);
      case 'camera':
        return term.any.some(({ text }) => fold(this.#media(row)?.['camera'] ?? '').includes(fold(text)));
      case 'width':
      case 'height':
        return within(this.#media(row)?.[term.key], term);
      case 'duration':
        return within(this.#media(row)?.['duration_ms'], term);
      case 'dimensions': {
        const media = this.#media(row);
        const compare = (a: number | undefined, b: number): boolean =>
          a != null && { '=': a === b, '<': a < b, '>': a > b, '<=': a <= b, '>=': a >= b }[term.compare];
        return compare(media?.['width'], term.width) && compare(media?.['height'], term.height);
      }
      case 'place': {
        const { latitude, longitude } = this.#media(row) ?? {};
        if (latitude == null || longitude == null || latitude < term.south || latitude > term.north) return false;
        const [east, west] = [longitude <= term.east, longitude >= term.west];
        return term.west <= term.east ? east && west : east || west;
      }
      case 'content':
      case 'device':
      case 'volume':
        throw new Error(`the oracle knows no ${term.key}`);
    }
  }

  #is(word: string, row: Row): boolean {
    const dotted = [row, ...this.#above(row)].some(
      (one) => one['parent_id'] !== null && isHidden(nameOfStored(one['name'])),
    );
    switch (word) {
      case 'file':
        return row['type'] === 0;
      case 'folder':
        return row['type'] === 1;
      case 'symlink':
        return row['type'] === 2;
      case 'hidden':
        return dotted || this.isLeftOut(row, { op: 'all', of: [] });
      case 'duplicate':
        return (
          row['size'] > 0 &&
          row['content_id'] !== null &&
          this.entries.filter((one) => one['content_id'] === row['content_id'] && this.isLocated(one)).length > 1
        );
      case 'empty':
        return row['type'] === 0
          ? row['size'] === 0
          : row['type'] === 1 && !this.entries.some((one) => one['parent_id'] === row['id']);
      case 'favorite':
        return this.#effective('favorite', row) === 1;
      case 'tagged':
        return this.#tagsOf(row).length > 0;
      case 'rated':
        return (this.#effective('rating', row) ?? 0) > 0;
      case 'noted':
        return (this.#effective('note', row) ?? '') !== '';
      default:
        return this.#media(row)?.['latitude'] != null && this.#media(row)?.['longitude'] != null;
    }
  }

  /** What is shown only when it is asked for. */
  isLeftOut(row: Row, query: Query): boolean {
    const asked = this.#askedTags(query);
    const secret = this.#table('tags')
      .filter((tag) => tag['kind'] === 'privacy')
      .map((tag) => tag['id'] as number);
    return [row, ...this.#above(row)].some(
      (one) =>
        this.#effective('hidden', one) === 1 ||
        this.#tagsOf(one).some(
          (has) => !asked.has(has) && secret.some((tag) => tag === has || this.#isBelow(has, tag)),
        ),
    );
  }

  #askedTags(query: Query): Set<number> {
    if (query.op === 'not') return new Set();
    if (query.op !== 'term') return new Set(query.of.flatMap((part) => [...this.#askedTags(part)]));
    if (query.key !== 'tag') return new Set();
    const all = this.#table('tags');
    const meant = query.any.flatMap(({ text, alone }) =>
      all
        .filter((tag) => tag['folded'] === fold(text))
        .flatMap(({ id }) =>
          all.map((tag) => tag['id'] as number).filter((one) => one === id || (!alone && this.#isBelow(one, id))),
        ),
    );
    return new Set(meant);
  }

  isLocated(row: Row): boolean {
    return this.#roots(() => true).has(this.#above(row).at(-1)?.['id'] ?? row['id']);
  }

  #roots(which: (location: Row) => boolean): Set<number> {
    return new Set(
      this.#table('locations')
        .filter(which)
        .map((location) => location['root_entry_id']),
    );
  }
  #above(row: Row): Row[] {
    const above: Row[] = [];
    for (let at = this.#byId.get(row['parent_id']); at; at = this.#byId.get(at['parent_id'])) above.push(at);
    return above;
  }
  #table(name: string): Row[] {
    return this.#tables[name] ?? [];
  }
  #media(row: Row): Row | undefined {
    return row['content_id'] === null
      ? undefined
      : this.#table('media').find((media) => media['content_id'] === row['content_id']);
  }
  #before(row: Row): number | undefined {
    return this.#table('successions').find((one) => one['entry_id'] === row['id'])?.['content_id'];
  }
  /** Rows of a table of what was said, nearest first. */
  #said(table: string, row: Row): Row[] {
    const of = (scope: number, id: number | null | undefined): Row[] =>
      id == null ? [] : this.#table(table).filter((one) => one['scope'] === scope && one['target_id'] === id);
    return [...of(0, row['id']), ...of(1, row['content_id']), ...of(1, this.#before(row))];
  }
  #effective(column: string, row: Row): Row[string] {
    return this.#said('metadata', row).find((one) => one[column] !== null)?.[column];
  }
  #tagsOf(row: Row): number[] {
    return this.#said('tag_applications', row).map((one) => one['tag_id'] as number);
  }
  #isBelow(tag: number, above: number, seen = new Set<number>()): boolean {
    if (seen.has(tag)) return false;
    seen.add(tag);
    return this.#table('tag_links').some(
      (link) =>
        link['kind'] === 'parent' &&
        link['tag_id'] === tag &&
        (link['other_id'] === above || this.#isBelow(link['other_id'], above, seen)),
    );
  }
  /** By what the camera's clock showed, unless the query says a zone. */
  #taken(media: Row | undefined, { from, to }: TimeTerm): boolean {
    const moment = media?.['taken_at'] as number | null | undefined;
    if (moment == null) return false;
    const { taken_zone: zone = '+00:00' } = JSON.parse(media?.['facts']) as { taken_zone?: string };
    const clock = Date.parse(
      `${new Date(moment).toISOString().slice(0, -1)}${zone[0] === '-' ? '+' : '-'}${zone.slice(1)}`,
    );
    const isPast = (edge: TimeEdge): boolean => {
      const shown = resolveClock(edge, this.#now);
      return shown === undefined ? moment >= resolveEdge(edge, this.#now) : clock >= shown;
    };
    return (!from || isPast(from)) && (!to || !isPast(to));
  }
  #during(time: number | null | undefined, { from, to }: TimeTerm): boolean {
    if (time == null) return false;
    return (!from || time >= resolveEdge(from, this.#now)) && (!to || time < resolveEdge(to, this.#now));
  }
}

function within(value: number | null | undefined, { from = -Infinity, to = Infinity }: NumberTerm): boolean {
  return value != null && value >= from && value <= to;
}
function folderName(row: Row | undefined): string | undefined {
  return row && fold(nameOfStored(row['name']));
}
function globOf(glob: string): RegExp {
  const pattern = glob
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '[^]*')
    .replaceAll('?', '[^]');
  return new RegExp(`^${pattern}$`, 'u');
}
