import type { Actions } from './core-actions.ts';
import type { Upkeep } from './core-upkeep.ts';
import type { ActiveScans } from './indexing/active-scans.ts';
import type { DurableJobs } from './jobs/durable-jobs.ts';
import type { LibraryHooks } from './libraries/services.ts';
import type { ReaderPool } from './reading/reader-pool.ts';
import type { TextIndexService } from './search/text-index-service.ts';
import type { ContentsIndex } from './text-search/contents-index.ts';
import type { VolumeService } from './volumes/volume-service.ts';
import type { WatchService } from './watching/watch-service.ts';

export interface HookParts {
  readonly volumes: VolumeService;
  readonly textIndex: TextIndexService;
  readonly contentsIndex: ContentsIndex;
  readonly actions: Actions;
  readonly jobs: DurableJobs;
  readonly scans: ActiveScans;
  readonly watching: WatchService;
  readonly upkeep: Upkeep;
  readonly readers: ReaderPool;
}

/** What begins with a library, in its order, and what ends before it closes. */
export function libraryHooks(parts: HookParts): LibraryHooks {
  const { volumes, textIndex, contentsIndex, actions, jobs, scans, watching, upkeep, readers } = parts;
  const { fileActions, carriers, outcomes } = actions;
  return {
    opened: async (library) => {
      // Before anything looks at a location: another disk may be mounted where it was.
      await volumes.attach(library);
      const hasTexts = contentsIndex.start(library);
      fileActions.attach(library);
      jobs.attach(library);
      await outcomes.attach(library);
      await fileActions.resume(library);
      if (!hasTexts) upkeep.readDocumentsAgain(library.id);
      textIndex.start(library, () => scans.safeBound(library.id, library.entryIds.next));
      watching.start(library);
      upkeep.start(library.id);
    },
    closing: async (library) => {
      upkeep.stop(library.id);
      outcomes.detach(library.id);
      await watching.stop(library.id);
      await jobs.detach(library.id);
      await carriers.closeLibrary(library.id);
      await fileActions.detach(library.id);
      await volumes.detach(library.id);
      await textIndex.stop(library.id);
      await contentsIndex.stop(library.id);
      await readers.closeLibrary(library.id);
    },
  };
}
