import { contentByUuid } from '../../db/library/contents.ts';
import type { Query, Term } from '../../domain/query/query.ts';
import type { Around } from './around.ts';
import { byCollections } from './collections.ts';
import { ALWAYS, allOf, anyOf, noneOf } from './combine.ts';
import { byFolders } from './folders.ts';
import { IdSet } from './id-set.ts';
import { byCamera, byDimensions, byMeasure, byPlace, byTaken } from './media.ts';
import { byExtension, byName, byText } from './names.ts';
import { byDevices, byLocations, byVolumes } from './places.ts';
import type { Predicate } from './predicate.ts';
import { byModified, bySize, byType } from './rows.ts';
import { byNote, byRating } from './said.ts';
import { byStates } from './states.ts';
import { byTags } from './tagged.ts';
import { byContents } from './target-set.ts';

/** What entries are held against, good for the revision of the library at hand. Throws `NOT_FOUND` where what a term names is not there. */
export function compile(query: Query, around: Around): Predicate {
  switch (query.op) {
    case 'all':
      return allOf(query.of.map((part) => compile(part, around)));
    case 'any':
      return anyOf(query.of.map((part) => compile(part, around)));
    case 'not':
      return noneOf(compile(query.of, around));
    case 'term':
      return compileTerm(query, around);
  }
}

function compileTerm(term: Term, around: Around): Predicate {
  const { db } = around.world;
  switch (term.key) {
    case 'text':
      return byText(term.text, term.exact);
    case 'where':
      return ALWAYS;
    case 'type':
      return byType(term.any);
    case 'is':
      return byStates(around, term.any);
    case 'name':
      return byName(term.any);
    case 'ext':
      return byExtension(term.any);
    case 'in':
      return byFolders(around, term.any);
    case 'location':
      return byLocations(around, term.any);
    case 'device':
      return byDevices(around, term.any);
    case 'volume':
      return byVolumes(around, term.any);
    case 'tag':
      return byTags(db, term.any);
    case 'collection':
      return byCollections(around, term.any);
    case 'note':
      return byNote(db, term.any);
    case 'rating':
      return byRating(db, term);
    case 'size':
      return bySize(term);
    case 'modified':
      return byModified(term, around.now);
    case 'taken':
      return byTaken(db, term, around.now);
    case 'camera':
      return byCamera(db, term.any);
    case 'width':
    case 'height':
    case 'duration':
      return byMeasure(db, term.key, term);
    case 'dimensions':
      return byDimensions(db, term);
    case 'place':
      return byPlace(db, term);
    case 'content': {
      const ids = term.any.flatMap(({ text }) => contentByUuid(db, text.toLowerCase())?.id ?? []);
      return byContents(['contents', ids], new IdSet(ids));
    }
  }
}
