import { showNative } from '../domain/native-path.ts';
import { type Findings, MOST_NAMED, type Named, noFindings } from './report.ts';

/** The findings of one folder: counted, and only so many named, however large the folder is. */
export class FolderFindings {
  readonly found: Findings = noFindings();

  /** `count`: how many entries the finding stands for. */
  add(
    sort: 'missing' | 'unindexed' | 'changed' | 'unreadable',
    path: string,
    reason: string,
    more: { entry?: number; count?: number } = {},
  ): void {
    this.found[sort] += more.count ?? 1;
    const list: Named[] = this.found.named[sort];
    if (list.length < MOST_NAMED)
      list.push({ path: showNative(path), ...(more.entry === undefined ? {} : { entry: more.entry }), reason });
  }

  /** What lies in a folder that was named already. */
  countMissing(count: number): void {
    this.found.missing += count;
  }
  countFolderTime(): void {
    this.found.folder_times++;
  }
}
