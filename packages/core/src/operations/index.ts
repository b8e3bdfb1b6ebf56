import type { Operation } from '../operation.ts';
import { addToCollection } from './collections/add.ts';
import { createCollection } from './collections/create.ts';
import { deleteCollection } from './collections/delete.ts';
import { getCollection } from './collections/get.ts';
import { listCollections } from './collections/list.ts';
import { removeFromCollection } from './collections/remove.ts';
import { reorderCollection } from './collections/reorder.ts';
import { updateCollection } from './collections/update.ts';
import { exportAudit } from './audit/export.ts';
import { listAudit } from './audit/list.ts';
import { dedupe } from './content/dedupe.ts';
import { findDuplicates } from './content/duplicates.ts';
import { redundancy } from './content/redundancy.ts';
import { contentInstances } from './content/instances.ts';
import { verifyDuplicates } from './content/verify-duplicates.ts';
import { coreDevice } from './core/device.ts';
import { doctor } from './core/doctor.ts';
import { coreStatus } from './core/status.ts';
import { stopCore } from './core/stop.ts';
import { historyInfo } from './history/info.ts';
import { listHistory } from './history/list.ts';
import { redo } from './history/redo.ts';
import { undo } from './history/undo.ts';
import { copyEntries } from './entries/copy.ts';
import { createFile } from './entries/create-file.ts';
import { createFolder } from './entries/create-folder.ts';
import { deleteEntries } from './entries/delete.ts';
import { listTrashQuery } from './entries/list-trash.ts';
import { moveEntries } from './entries/move.ts';
import { renameEntry } from './entries/rename.ts';
import { restoreEntries } from './entries/restore.ts';
import { setTimes } from './entries/set-times.ts';
import { trashEntries } from './entries/trash.ts';
import { cancelJob } from './jobs/cancel.ts';
import { clearHistory } from './jobs/clear-history.ts';
import { jobInfo } from './jobs/info.ts';
import { listJobs } from './jobs/list.ts';
import { jobLog } from './jobs/log.ts';
import { pauseJob } from './jobs/pause.ts';
import { resumeJob } from './jobs/resume.ts';
import { retryJob } from './jobs/retry.ts';
import { backupLibrary } from './libraries/backup.ts';
import { changeLibraryKey } from './libraries/change-key.ts';
import { closeLibrary } from './libraries/close.ts';
import { createLibrary } from './libraries/create.ts';
import { deleteLibrary } from './libraries/delete.ts';
import { libraryInfo } from './libraries/info.ts';
import { listLibraries } from './libraries/list.ts';
import { lockLibrary } from './libraries/lock.ts';
import { openLibrary } from './libraries/open.ts';
import { renameLibrary } from './libraries/rename.ts';
import { restoreLibrary } from './libraries/restore.ts';
import { unlockLibrary } from './libraries/unlock.ts';
import { verifyLibrary } from './libraries/verify.ts';
import { exportLibrary } from './library/export.ts';
import { mediaUrl } from './library/media-url.ts';
import { libraryStatistics } from './library/statistics.ts';
import { acceptLoss } from './locations/accept.ts';
import { addLocation } from './locations/add.ts';
import { locationInfo } from './locations/info.ts';
import { listLocations } from './locations/list.ts';
import { previewRules } from './locations/preview-rules.ts';
import { removeLocation } from './locations/remove.ts';
import { rescanLocation } from './locations/rescan.ts';
import { suggestedLocations } from './locations/suggested.ts';
import { updateLocation } from './locations/update.ts';
import { validatePath } from './locations/validate-path.ts';
import { verifyLocation } from './locations/verify.ts';
import { planSteps } from './plans/steps.ts';
import { countFound } from './search/count.ts';
import { getMetadata } from './metadata/get.ts';
import { updateMetadata } from './metadata/update.ts';
import { searchFacets } from './search/facets.ts';
import { searchFiles } from './search/files.ts';
import { suggestSearch } from './search/suggest.ts';
import { getSettings } from './settings/get.ts';
import { updateSettings } from './settings/update.ts';
import { listSidecars } from './sidecars/list.ts';
import { makeSidecars } from './sidecars/make.ts';
import { sweepSidecars } from './sidecars/sweep.ts';
import { addParent } from './tags/add-parent.ts';
import { tagAncestors } from './tags/ancestors.ts';
import { applyTags } from './tags/apply.ts';
import { tagChildren } from './tags/children.ts';
import { createTag } from './tags/create.ts';
import { deleteTag } from './tags/delete.ts';
import { exportTags } from './tags/export.ts';
import { getTag } from './tags/get.ts';
import { importTags } from './tags/import.ts';
import { listTags } from './tags/list.ts';
import { mergeTags } from './tags/merge.ts';
import { removeParent } from './tags/remove-parent.ts';
import { renameTag } from './tags/rename.ts';
import { searchTags } from './tags/search.ts';
import { suggestTags } from './tags/suggest.ts';
import { unapplyTags } from './tags/unapply.ts';
import { updateTag } from './tags/update.ts';
import { addSpaceGroup } from './spaces/add-group.ts';
import { addSpaceItem } from './spaces/add-item.ts';
import { createSpace } from './spaces/create.ts';
import { deleteSpaceGroup } from './spaces/delete-group.ts';
import { deleteSpaceItem } from './spaces/delete-item.ts';
import { deleteSpace } from './spaces/delete.ts';
import { getSpace } from './spaces/get.ts';
import { listSpaces } from './spaces/list.ts';
import { reorderSpaceItems } from './spaces/reorder-items.ts';
import { reorderSpaces } from './spaces/reorder.ts';
import { updateSpaceGroup } from './spaces/update-group.ts';
import { updateSpace } from './spaces/update.ts';
import { entryInfo } from './vdfs/entry-info.ts';
import { listEntries } from './vdfs/list-entries.ts';
import { pathOf } from './vdfs/path-of.ts';
import { ejectVolume } from './volumes/eject.ts';
import { volumeInfo } from './volumes/info.ts';
import { listVolumes } from './volumes/list.ts';
import { refreshVolumes } from './volumes/refresh.ts';
import { renameVolume } from './volumes/rename.ts';
import { speedTest } from './volumes/speed-test.ts';
import { trackVolume } from './volumes/track.ts';
import { untrackVolume } from './volumes/untrack.ts';

/** Every operation, listed by hand; a test holds the list against the files. */
export const operations = [
  exportAudit,
  listAudit,
  createCollection,
  updateCollection,
  deleteCollection,
  listCollections,
  getCollection,
  addToCollection,
  removeFromCollection,
  reorderCollection,
  dedupe,
  findDuplicates,
  contentInstances,
  redundancy,
  verifyDuplicates,
  coreDevice,
  doctor,
  coreStatus,
  stopCore,
  copyEntries,
  createFile,
  createFolder,
  deleteEntries,
  listTrashQuery,
  moveEntries,
  renameEntry,
  restoreEntries,
  setTimes,
  trashEntries,
  historyInfo,
  listHistory,
  redo,
  undo,
  cancelJob,
  clearHistory,
  jobInfo,
  listJobs,
  jobLog,
  pauseJob,
  resumeJob,
  retryJob,
  backupLibrary,
  changeLibraryKey,
  closeLibrary,
  createLibrary,
  deleteLibrary,
  libraryInfo,
  listLibraries,
  lockLibrary,
  openLibrary,
  renameLibrary,
  restoreLibrary,
  unlockLibrary,
  verifyLibrary,
  exportLibrary,
  mediaUrl,
  libraryStatistics,
  acceptLoss,
  addLocation,
  locationInfo,
  listLocations,
  previewRules,
  removeLocation,
  rescanLocation,
  suggestedLocations,
  updateLocation,
  validatePath,
  verifyLocation,
  planSteps,
  countFound,
  getMetadata,
  updateMetadata,
  searchFacets,
  searchFiles,
  suggestSearch,
  getSettings,
  updateSettings,
  listSidecars,
  makeSidecars,
  sweepSidecars,
  addParent,
  tagAncestors,
  applyTags,
  tagChildren,
  createTag,
  deleteTag,
  exportTags,
  getTag,
  importTags,
  listTags,
  mergeTags,
  removeParent,
  renameTag,
  searchTags,
  suggestTags,
  unapplyTags,
  updateTag,
  addSpaceGroup,
  addSpaceItem,
  createSpace,
  deleteSpaceGroup,
  deleteSpaceItem,
  deleteSpace,
  getSpace,
  listSpaces,
  reorderSpaceItems,
  reorderSpaces,
  updateSpaceGroup,
  updateSpace,
  entryInfo,
  listEntries,
  pathOf,
  ejectVolume,
  volumeInfo,
  listVolumes,
  refreshVolumes,
  renameVolume,
  speedTest,
  trackVolume,
  untrackVolume,
] as const satisfies readonly Operation[];
