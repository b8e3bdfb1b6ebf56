import type { CompletionModel } from './model.ts';

export interface FirstWord {
  readonly name: string;
  readonly summary: string;
}

/** What may stand first: commands of one word, and groups. */
export function firstWords(model: CompletionModel): FirstWord[] {
  return [...model.commands.filter(({ name }) => !name.includes(' ')), ...model.groups]
    .map(({ name, summary }) => ({ name, summary }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** The second words of a group. */
export function secondWords(model: CompletionModel, group: string): FirstWord[] {
  return model.commands
    .filter(({ name }) => name.startsWith(`${group} `))
    .map(({ name, summary }) => ({ name: name.slice(group.length + 1), summary }));
}

/** A word of a shell in single quotes. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** For fish, which escapes inside single quotes with a backslash. */
export function fishQuoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
