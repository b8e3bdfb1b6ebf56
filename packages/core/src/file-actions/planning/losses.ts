import { FILE, SYMLINK } from '../../domain/entry.ts';
import { sizeForPeople } from '../../domain/for-people.ts';
import { isAbsolute, joinNative, normalizeNative, parentOf } from '../../domain/native-path.ts';
import type { ReadFiles } from '../../ports/files.ts';
import type { NameLimits } from '../../ports/user-files.ts';
import type { Listed } from './listing.ts';
import { lengthOf, mayExceed, nameProblem } from './names.ts';
import { type Warnings, several } from './warnings.ts';

/** So many links are looked at for whether they lead anywhere from where they come to. */
const MOST_LINKS = 1_000;

interface LossParts {
  readonly files: ReadFiles;
  readonly warnings: Warnings;
}

/** Says what of files that are copied to another place does not come along, or does not fit there. */
export class Losses {
  readonly #parts: LossParts;
  #links = 0;

  constructor(parts: LossParts) {
    this.#parts = parts;
  }

  /** Of a name that comes into `folder`, under `name`. `source` is its path. */
  look(
    source: () => string,
    { facts, links }: Omit<Listed, 'name'>,
    name: string,
    folder: string,
    limits: NameLimits,
  ): void {
    const { warnings } = this.#parts;
    if (facts.type === FILE && links > 1)
      warnings.count(
        'hard links',
        source,
        (n, first) =>
          `${several(n, 'file is', 'files are')} also known by other names (${first}): the copies are files of their own`,
      );
    if (limits.fileSize !== undefined && facts.type === FILE && facts.size > limits.fileSize)
      warnings.count(
        'too large',
        source,
        (n, first) =>
          `${several(n, 'file is', 'files are')} larger than the ${sizeForPeople(limits.fileSize ?? 0)} that fit into one file there (${first}) and cannot come along`,
      );
    if (facts.type === SYMLINK) this.#link(source(), folder, limits);
    this.#name(source, name, folder, limits);
  }

  #name(source: () => string, name: string, folder: string, limits: NameLimits): void {
    const { warnings } = this.#parts;
    const problem = mayExceed(name, limits.nameLength) || limits.forbidden ? nameProblem(name, limits) : undefined;
    if (problem !== undefined)
      warnings.count(
        'names',
        source,
        (n, first) =>
          `${several(n, 'name is', 'names are')} not possible there (${first}: ${problem}) and cannot come along`,
      );
    this.path(source, name, folder, limits);
  }

  /** Of what only gets another path as well. */
  path(source: () => string, name: string, folder: string, limits: NameLimits): void {
    const { warnings } = this.#parts;
    const path = joinNative(folder, name);
    if (mayExceed(path, limits.pathLength) && lengthOf(path, limits) > limits.pathLength)
      warnings.count(
        'paths',
        source,
        (n, first) => `${several(n, 'path', 'paths')} would be longer than the system takes there (${first})`,
      );
  }

  #link(source: string, folder: string, limits: NameLimits): void {
    const { warnings, files } = this.#parts;
    if (limits.lacks.includes('symlinks')) {
      warnings.count(
        'no links',
        () => source,
        (n, first) => `${several(n, 'symbolic link')} cannot be made there (${first})`,
      );
      return;
    }
    warnings.count(
      'links',
      () => source,
      (n, first) =>
        `${several(n, 'symbolic link comes', 'symbolic links come')} along as ${n === 1 ? 'a link' : 'links'}, not as what ${n === 1 ? 'it leads' : 'they lead'} to (${first})`,
    );
    if (++this.#links > MOST_LINKS) return;
    const target = files.linkTarget(source);
    if (target === undefined || isAbsolute(target)) return;
    const leads = (from: string): boolean => files.facts(normalizeNative(joinNative(from, target))) !== undefined;
    const here = parentOf(source);
    // What lies beside it comes along, and is where it was as seen from there.
    if (!target.startsWith('..') || here === undefined || !leads(here) || leads(folder)) return;
    warnings.count(
      'dangling',
      () => source,
      (n, first) => `${several(n, 'symbolic link leads', 'symbolic links lead')} nowhere from there (${first})`,
    );
  }

  /** What the file system cannot keep, as a whole. */
  static ofFileSystem(from: NameLimits, to: NameLimits, warnings: Warnings): void {
    const lost = to.lacks.filter((what) => !from.lacks.includes(what));
    if (lost.includes('permissions')) warnings.say('permissions and owners are not kept there');
    if (lost.includes('attributes')) warnings.say('extended attributes are not kept there');
    if (to.caseSensitive === false && from.caseSensitive !== false)
      warnings.say('names that differ only in upper and lower case are the same there');
  }
}
