import { writeNumberRange } from './number-range.ts';
import { isPlain } from './parse.ts';
import { writeDimensions, writePlace } from './pictures.ts';
import type { NamedValue, Query, Term } from './query.ts';
import { isBare } from './terms.ts';
import { writeTimeRange } from './time-range.ts';

/** The canonical text of a query: parsed, it is the same query again. */
export function printQuery(query: Query): string {
  return query.op === 'all' ? query.of.map((part) => print(part)).join(' ') : print(query);
}

function print(query: Query): string {
  switch (query.op) {
    case 'all':
      return group(query.of.map(print).join(' '));
    case 'any':
      return group(query.of.map(print).join(' OR '));
    case 'not':
      return `-${print(query.of)}`;
    case 'term':
      return printTerm(query);
  }
}
function group(inside: string): string {
  return `(${inside})`;
}

function printTerm(term: Term): string {
  switch (term.key) {
    case 'text':
      return term.exact || !isPlain(term.text) ? quoted(term.text) : term.text;
    case 'where':
      return `in:${term.where}`;
    case 'type':
    case 'is':
      return `${term.key}:${term.any.join(',')}`;
    case 'size':
    case 'rating':
    case 'width':
    case 'height':
    case 'duration':
      return `${term.key}:${writeNumberRange(term.key, numbers(term))}`;
    case 'modified':
    case 'taken':
      return `${term.key}:${writeTimeRange({ ...(term.from ? { from: term.from } : {}), ...(term.to ? { to: term.to } : {}) })}`;
    case 'dimensions':
      return `dimensions:${writeDimensions(term)}`;
    case 'place':
      return `place:${writePlace(term)}`;
    case 'name':
    case 'ext':
    case 'in':
    case 'location':
    case 'tag':
    case 'collection':
    case 'camera':
    case 'note':
    case 'device':
    case 'volume':
    case 'content':
      return `${term.key}:${term.any.map(printNamed).join(',')}`;
  }
}

function numbers({ from, to }: { from?: number | undefined; to?: number | undefined }) {
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

function printNamed({ text, exact, alone }: NamedValue): string {
  return `${alone ? '=' : ''}${exact || !isBare(text) ? quoted(text) : text}`;
}

/** A name as it stands behind a colon: in quotes where it needs them. */
export function asName(text: string): string {
  return isBare(text) && !/[*?]/.test(text) ? text : quoted(text);
}

/** As a text in quotes. */
function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
