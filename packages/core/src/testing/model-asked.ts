import { basenameOf, isWithin, joinNative, parentOf } from '../domain/native-path.ts';
import type { FileTreeModel } from './file-tree-model.ts';
import type { ActionStep } from './model-step.ts';

/** An action, and what it is to make of the disk. */
export interface Asked {
  readonly action: string;
  readonly input: object;
  expect(model: FileTreeModel): void;
}

/** Picks among what is there, by a number modulo how many there are. */
export class Picks {
  readonly model: FileTreeModel;
  readonly #roots: readonly string[];

  constructor(model: FileTreeModel, roots: readonly string[]) {
    this.model = model;
    this.#roots = roots;
  }

  any(number: number): string | undefined {
    const all = this.model.paths;
    return all[number % Math.max(1, all.length)];
  }
  folder(number: number): string {
    const all = [...this.#roots, ...this.model.paths.filter((path) => this.model.isFolder(path))];
    return all[number % all.length] ?? '/';
  }
}

/** `undefined`: there is nothing that could be done so. */
export function askedOf(step: ActionStep, picks: Picks): Asked | undefined {
  switch (step.do) {
    case 'copy':
    case 'move':
      return transfer(step, picks);
    case 'rename': {
      const source = picks.any(step.what);
      const target = source && joinNative(parentOf(source) ?? '/', step.name);
      if (source === undefined || target === undefined || picks.model.has(target)) return undefined;
      const input = { path: source, name: step.name };
      return { action: 'rename', input, expect: (model) => model.rename(source, target) };
    }
    case 'create_folder':
    case 'create_file': {
      const path = joinNative(picks.folder(step.to), step.name);
      if (picks.model.has(path)) return undefined;
      const node = step.do === 'create_folder' ? null : '';
      return { action: step.do, input: { path }, expect: (model) => model.set(path, node) };
    }
    case 'trash':
    case 'delete':
    case 'set_times':
      return alone(step, picks);
  }
}

function transfer(
  { do: action, what, to, policy }: Extract<ActionStep, { do: 'copy' | 'move' }>,
  picks: Picks,
): Asked | undefined {
  const [source, folder] = [picks.any(what), picks.folder(to)];
  if (source === undefined || isWithin(folder, source)) return undefined;
  const target = joinNative(folder, basenameOf(source));
  if (isWithin(source, target)) return undefined;
  const input = { sources: [source], to: folder, on_conflict: policy };
  return { action, input, expect: (model) => model[action](source, target, policy) };
}

function alone(
  { do: action, what }: Extract<ActionStep, { do: 'trash' | 'delete' | 'set_times' }>,
  picks: Picks,
): Asked | undefined {
  const path = picks.any(what);
  if (path === undefined) return undefined;
  const times = action === 'set_times' ? { modified: 1_600_000_000_000 + what * 1000 } : {};
  return {
    action,
    input: { sources: [path], ...times },
    expect: (model) => {
      if (action === 'trash') model.toTrash(path);
      if (action === 'delete') model.remove(path);
    },
  };
}
