import type { z } from 'zod';

type Issue = z.core.$ZodRawIssue;

/** Of what is counted, what one and more of it are called. */
const COUNTED: Readonly<Record<string, readonly [string, string]>> = {
  string: ['character', 'characters'],
  array: ['item', 'items'],
  set: ['item', 'items'],
  map: ['entry', 'entries'],
};

/** What a value is called to a person, where zod's word is one of JavaScript. */
const CALLED: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
};

/**
 * What is wrong with something that came from outside, for a person: it stands after the name of the field, as in
 * `name: it is empty`. Words that a schema brings of its own go before these; where there are none, zod has its own.
 */
export function inputProblem(issue: Issue): string | undefined {
  switch (issue.code) {
    case 'too_big':
      return limit(issue, issue.exact === true ? 'exactly' : atMost(issue), issue.maximum);
    case 'too_small':
      if (issue.origin in COUNTED && issue.minimum === 1) return 'it is empty';
      return limit(issue, issue.exact === true ? 'exactly' : atLeast(issue), issue.minimum);
    case 'invalid_type':
      return issue.input === undefined ? 'it is missing' : `it must be ${CALLED[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `it must be ${oneOf(issue.values.map(String))}`;
    case 'unrecognized_keys':
      return `there is no ${issue.keys.map((key) => `"${key}"`).join(', ')}`;
    case 'not_multiple_of':
      return `it must be a multiple of ${issue.divisor}`;
    case 'custom':
    case 'invalid_element':
    case 'invalid_format':
    case 'invalid_key':
    case 'invalid_union':
      return undefined;
  }
}

function atMost(issue: Issue & { code: 'too_big' }): string {
  return issue.inclusive === false ? 'less than' : 'at most';
}

function atLeast(issue: Issue & { code: 'too_small' }): string {
  return issue.inclusive === false ? 'more than' : 'at least';
}

function limit({ origin }: { origin: string }, how: string, bound: number | bigint): string {
  const units = COUNTED[origin];
  const count = bound.toLocaleString('en');
  if (units === undefined) return `it must be ${how} ${count}`;
  return `it must have ${how} ${count} ${bound === 1 ? units[0] : units[1]}`;
}

function oneOf(values: readonly string[]): string {
  const last = values.at(-1) ?? '';
  return values.length < 2 ? last : `${values.slice(0, -1).join(', ')} or ${last}`;
}
