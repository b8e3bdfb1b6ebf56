import type { DuplicateGroup } from '../db/library/duplicates.ts';
import { several } from '../domain/for-people.ts';
import type { DedupeWay } from '../domain/keep-rules.ts';
import type { DedupeChoice } from './choice.ts';
import { type Decision, type StayReason, counts } from './decide.ts';
import type { GroupFiles } from './group-files.ts';

const WAYS: Readonly<Record<DedupeWay, (files: string) => string>> = {
  trash: (files) => `Move ${files} to the trash`,
  hard_link: (files) => `Make hard links of ${files}`,
  reflink: (files) => `Let ${files} share the bytes of the one that stays`,
};

const STAYS: Readonly<Record<StayReason, (count: string) => string>> = {
  other_names: (count) => `${count} because of other names (hard links): nothing would be freed`,
  other_file_system: (count) => `${count} on another file system than the one that is kept`,
  no_such_way: (count) => `${count} on a file system that cannot do that`,
};

/** Counts what a plan decides, and says it for people. */
export class Report {
  bytes = 0;
  /** Of what goes, files with tags of their own. */
  tagged = 0;
  isCut = false;
  readonly #choice: DedupeChoice;
  readonly #stays = new Map<StayReason, number>();
  #groups = 0;
  #files = 0;
  #unverified = 0;
  #changed = 0;
  #offline = 0;

  readonly #passesOver: boolean;

  /** `passesOver`: there are private copies, which are not asked for. */
  constructor(choice: DedupeChoice, passesOver: boolean) {
    this.#choice = choice;
    this.#passesOver = passesOver;
  }

  add(group: DuplicateGroup, found: GroupFiles, decision: Decision | undefined): void {
    this.#changed += found.changed;
    this.#offline += found.files.filter((file) => !counts(file, this.#choice)).length;
    for (const reason of decision?.stay ?? []) this.#stays.set(reason, this.stays(reason) + 1);
    const go = decision?.go.length ?? 0;
    if (go === 0) return;
    this.#groups++;
    this.#files += go;
    this.bytes += go * group.size;
    if (group.hashed < group.entries) this.#unverified++;
  }

  stays(reason: StayReason): number {
    return this.#stays.get(reason) ?? 0;
  }

  summary(): string {
    if (this.#files === 0) return 'There is no copy that could go.';
    const what = `${several(this.#files, 'copy', 'copies')} of ${several(this.#groups, 'file', 'files')}`;
    return `${WAYS[this.#choice.way](what)}, one of each stays`;
  }

  warnings(): string[] {
    const said: string[] = [];
    if (this.#unverified > 0)
      said.push(
        `${several(this.#unverified, 'group was', 'groups were')} not read whole yet: each copy is compared byte by byte with the one that stays right before it goes, and one that differs stays`,
      );
    if (this.#files > 0) said.push('what goes lies in the trash, and its room is free once that is emptied');
    if (this.tagged > 0) said.push(`${several(this.tagged, 'copy', 'copies')} that go have tags of their own`);
    if (this.#changed > 0)
      said.push(`${several(this.#changed, 'name is', 'names are')} not on the disk as the index has them: left alone`);
    if (this.#offline > 0)
      said.push(
        `${several(this.#offline, 'copy', 'copies')} on disks that are away count as none${this.#choice.countOffline ? ': they were not read whole' : ''}`,
      );
    if (this.#passesOver) said.push('private copies are left alone, and count as none');
    for (const [reason, count] of this.#stays) said.push(STAYS[reason](several(count, 'copy stays', 'copies stay')));
    if (this.isCut) said.push('there are more: this plan holds those that free most');
    return said;
  }
}
