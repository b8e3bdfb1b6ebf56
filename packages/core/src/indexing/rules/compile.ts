import { FOLDER, isHidden } from '../../domain/entry.ts';
import type { LocationRules } from '../../domain/location.ts';
import { basenameOf, joinNative, namesBelow, parentOf } from '../../domain/native-path.ts';
import { isTemporary } from '../../domain/temporary-name.ts';
import type { ReadFiles } from '../../ports/files.ts';
import { BUILT_IN, type BuiltInRule, builtInByShape } from './built-in.ts';
import { type IgnoreChain, chainIn, isIgnored } from './gitignore.ts';
import { anyMatches, compileGlob } from './globs.ts';

/** Which rule left something out: the field of `LocationRules`; `own`: it is ours, and no rule lets it in. */
export type RuleName = 'own' | 'hidden' | 'system' | 'caches' | 'dev_folders' | 'gitignore' | 'exclude';

/** What the rules know within one folder. */
export interface FolderRules {
  /** Native path. */
  readonly path: string;
  /** Path from the location on, with a slash where it is not empty. */
  readonly relative: string;
  readonly ignores: IgnoreChain | undefined;
  /** Set in a folder that is walked only because an include reaches into it: what left it out leaves out what is in it. */
  readonly only: RuleName | undefined;
}

/** A location's rules, ready for the walk. What an include matches stays, whatever else is said. */
export interface CompiledRules {
  /** The rules within the location's folder or one below it. A walker that goes from folder to folder uses `enter`. */
  at(folder: string): FolderRules;
  /** The rules within a child folder that is not left out. */
  enter(name: string, parent: FolderRules): FolderRules;
  /** The rule that leaves the entry out, or `undefined`. Called for every name on the disk. */
  leaveOut(name: string, type: number, folder: FolderRules): RuleName | undefined;
}

/**
 * Compiles the rules of the location at `root`. `files` is asked for `.gitignore` files and for the project files that
 * some names need beside them. `dataFolder` is left out as libraries are: keys, logs and sockets are in it. Throws where
 * a glob is none.
 */
export function compileRules(
  rules: LocationRules,
  root: string,
  files: Pick<ReadFiles, 'facts' | 'readWhole'>,
  dataFolder?: string,
): CompiledRules {
  const includes = rules.include.map(compileGlob);
  const deepIncludes = includes.filter((glob) => glob.byPath);
  const excludes = rules.exclude.map(compileGlob);
  const builtIn = selectBuiltIn(rules);
  const mayBeBuiltIn = firstLook(builtIn.keys());
  const globs = includes.length > 0 || excludes.length > 0;
  const { hidden: leaveHidden, system, gitignore } = rules;

  /** What the sets and `.gitignore` say, includes aside. */
  const bySets = (name: string, type: number, folder: FolderRules): RuleName | undefined => {
    if (leaveHidden && isHidden(name)) return 'hidden';
    if (mayBeBuiltIn(name)) {
      const rule = builtIn
        .get(name)
        ?.find(
          (candidate) => candidate.folder === (type === FOLDER) && hasEvidence(candidate, name, folder.path, files),
        );
      if (rule) return rule.set;
    }
    if (system && (isHidden(name) || type === FOLDER)) {
      const rule = builtInByShape(name, type === FOLDER);
      if (rule && hasEvidence(rule, name, folder.path, files)) return rule.set;
    }
    return gitignore && isIgnored(folder.ignores, joinNative(folder.path, name), type === FOLDER)
      ? 'gitignore'
      : undefined;
  };
  const withGlobs = (name: string, type: number, folder: FolderRules): RuleName | undefined => {
    const path = (): string => folder.relative + name;
    if (anyMatches(includes, name, path, type === FOLDER)) return undefined;
    if (folder.only) return folder.only;
    return anyMatches(excludes, name, path, type === FOLDER) ? 'exclude' : bySets(name, type, folder);
  };
  const reachedInto = (name: string, folder: FolderRules): boolean => {
    const names = (folder.relative + name).split('/');
    return deepIncludes.some((glob) => glob.reachesInto(names));
  };
  const within = (
    path: string,
    relative: string,
    parent: FolderRules | undefined,
    only: RuleName | undefined,
  ): FolderRules => ({
    path,
    relative,
    ignores: gitignore && !only ? chainIn(path, parent?.ignores, files) : parent?.ignores,
    only,
  });

  const enter = (name: string, parent: FolderRules): FolderRules => {
    const only = deepIncludes.length > 0 ? withGlobs(name, FOLDER, parent) : undefined;
    return within(joinNative(parent.path, name), `${parent.relative}${name}/`, parent, only);
  };
  const memo = rememberFolders(
    enter,
    () => within(root, '', undefined, undefined),
    root,
    gitignore || deepIncludes.length > 0,
  );

  const byRules: CompiledRules['leaveOut'] = globs
    ? (name, type, folder) => {
        const rule = withGlobs(name, type, folder);
        return rule && type === FOLDER && deepIncludes.length > 0 && reachedInto(name, folder) ? undefined : rule;
      }
    : bySets;
  const isOwn = ownFolders(dataFolder);
  return {
    enter,
    at: memo,
    leaveOut: (name, type, folder) =>
      isTemporary(name) || (type === FOLDER && isOwn(name, folder)) ? 'own' : byRules(name, type, folder),
  };
}

/** A library is not indexed into itself, nor is what else of ours lies in the data folder. */
function ownFolders(dataFolder: string | undefined): (name: string, folder: FolderRules) => boolean {
  const [parent, own] = dataFolder === undefined ? [] : [parentOf(dataFolder), basenameOf(dataFolder)];
  return (name, { path }) => name.endsWith('.sdlibrary') || (name === own && path === parent);
}

function selectBuiltIn(rules: LocationRules): ReadonlyMap<string, readonly BuiltInRule[]> {
  const selected = Array.from(
    BUILT_IN,
    ([name, candidates]) => [name, candidates.filter((rule) => rules[rule.set])] as const,
  );
  return new Map(selected.filter(([, candidates]) => candidates.length > 0));
}

/**
 * Tells most names that are not in a set by their first character and length alone: asking the map would hash each of
 * a million names.
 */
function firstLook(names: Iterable<string>): (name: string) => boolean {
  const lengths = new Uint32Array(128);
  for (const name of names) {
    const first = name.charCodeAt(0);
    lengths[first] = (lengths[first] ?? 0) | (1 << Math.min(name.length, 31));
  }
  return (name) => ((lengths[name.charCodeAt(0)] ?? 0) & (1 << (name.length < 31 ? name.length : 31))) !== 0;
}

function hasEvidence(rule: BuiltInRule, name: string, folder: string, files: Pick<ReadFiles, 'facts'>): boolean {
  if (rule.under !== undefined) return folder.endsWith(rule.under);
  if (rule.beside) return rule.beside.some((sibling) => exists(joinNative(folder, sibling), files));
  if (rule.within) return rule.within.some((child) => exists(`${joinNative(folder, name)}/${child}`, files));
  return true;
}

/** What cannot be looked at is no evidence. */
function exists(path: string, files: Pick<ReadFiles, 'facts'>): boolean {
  try {
    return files.facts(path) !== undefined;
  } catch {
    return false;
  }
}

const REMEMBERED = 512;

/**
 * Walkers that share the folders of a tree among them ask for a folder by its path, in any order. Where rules depend on
 * what is above, the last few folders are remembered, so that this costs one step and not one per level.
 */
function rememberFolders(
  enter: CompiledRules['enter'],
  atRoot: () => FolderRules,
  root: string,
  dependOnParents: boolean,
): (folder: string) => FolderRules {
  const known = new Map<string, FolderRules>();
  const remember = (path: string, made: FolderRules): FolderRules => {
    if (known.size >= REMEMBERED) known.delete(known.keys().next().value ?? '');
    known.set(path, made);
    return made;
  };
  return (folder) => {
    const names = namesBelow(root, folder);
    if (!names) throw new Error('the folder is not within the location');
    if (!dependOnParents)
      return {
        path: folder,
        relative: names.length > 0 ? `${names.join('/')}/` : '',
        ignores: undefined,
        only: undefined,
      };
    let path = root;
    let rules = known.get(root) ?? remember(root, atRoot());
    for (const name of names) {
      path = joinNative(path, name);
      rules = known.get(path) ?? remember(path, enter(name, rules));
    }
    return rules;
  };
}
