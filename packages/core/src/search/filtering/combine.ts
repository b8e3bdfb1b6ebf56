import type { Members, Named, Predicate, RowCondition } from './predicate.ts';

/** Asks for nothing. */
export const ALWAYS: Predicate = { test: () => true, row: { sql: 'true', values: [], meets: () => true, exact: true } };

/** Every one of them; what is quicker to tell is asked first. */
export function allOf(parts: readonly Predicate[]): Predicate {
  if (parts.length === 0) return ALWAYS;
  if (parts.length === 1 && parts[0]) return parts[0];
  const rows = parts.flatMap(({ row }) => row ?? []);
  const members = parts.flatMap((part) => part.members ?? []);
  return {
    test: (entry) => parts.every((part) => part.test(entry)),
    ...(rows.length === 0
      ? {}
      : {
          row: {
            ...joined(rows, ' AND '),
            meets: (facts) => rows.every((row) => row.meets(facts)),
            exact: rows.length === parts.length && rows.every(({ exact }) => exact),
          },
        }),
    ...(members.length === 0 ? {} : { members: everyMember(members, members.length === parts.length) }),
  };
}

/** One of them at least. */
export function anyOf(parts: readonly Predicate[]): Predicate {
  if (parts.length === 1 && parts[0]) return parts[0];
  const rows = parts.flatMap(({ row }) => row ?? []);
  const members = parts.flatMap((part) => part.members ?? []);
  return {
    test: (entry) => parts.some((part) => part.test(entry)),
    ...(rows.length < parts.length
      ? {}
      : {
          row: {
            ...joined(rows, ' OR '),
            meets: (facts) => rows.some((row) => row.meets(facts)),
            exact: rows.every(({ exact }) => exact),
          },
        }),
    ...(members.length < parts.length ? {} : { members: someMember(members) }),
  };
}

export function noneOf(part: Predicate): Predicate {
  const { row, members, test } = part;
  return {
    test: (entry) => !test(entry),
    // NULL is neither true nor false; what it is not must pass.
    ...(row?.exact
      ? {
          row: {
            sql: `coalesce(NOT (${row.sql}), true)`,
            values: row.values,
            meets: (facts) => !row.meets(facts),
            exact: true,
          },
        }
      : {}),
    ...(members?.exact
      ? { members: { has: (id, content) => !members.has(id, content), mayHave: () => true, exact: true } }
      : {}),
  };
}

function joined(rows: readonly RowCondition[], by: string): Pick<RowCondition, 'sql' | 'values'> {
  return { sql: rows.map(({ sql }) => `(${sql})`).join(by), values: rows.flatMap(({ values }) => values) };
}

function everyMember(all: readonly Members[], whole: boolean): Members {
  const named = all.flatMap((members) => members.named ?? []).toSorted((a, b) => a.most - b.most)[0];
  return {
    has: (id, content) => all.every((members) => members.has(id, content)),
    mayHave: (content) => all.every((members) => members.mayHave(content)),
    exact: whole && all.every(({ exact }) => exact),
    ...(named ? { named } : {}),
  };
}

function someMember(all: readonly Members[]): Members {
  const named = all.flatMap((members) => members.named ?? []);
  return {
    has: (id, content) => all.some((members) => members.has(id, content)),
    mayHave: (content) => all.some((members) => members.mayHave(content)),
    exact: all.every(({ exact }) => exact),
    ...(named.length < all.length ? {} : { named: together(named) }),
  };
}

function together(named: readonly Named[]): Named {
  let [entries, contents]: (ArrayLike<number> | undefined)[] = [];
  return {
    key: named.map(({ key }) => key),
    most: named.reduce((sum, { most }) => sum + most, 0),
    get entries() {
      return (entries ??= merged(named.map((one) => one.entries)));
    },
    get contents() {
      return (contents ??= merged(named.map((one) => one.contents)));
    },
  };
}

function merged(lists: readonly ArrayLike<number>[]): ArrayLike<number> {
  const all = new Set<number>();
  for (const list of lists) for (let at = 0; at < list.length; at++) all.add(list[at] ?? 0);
  return Float64Array.from(all).sort();
}
