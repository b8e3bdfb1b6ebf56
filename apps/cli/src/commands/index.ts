import type { AnyCommand } from '../declare/command.ts';

/**
 * All commands with what help and "did you mean" show of them, in the order of help. Listed by hand and without the
 * commands themselves, so that running one loads one; a test holds the list against the files.
 */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  readonly section: Section;
  readonly load: () => Promise<AnyCommand>;
}

export const SECTIONS = [
  'Start here',
  'Files',
  'Changing files',
  'Tags and notes',
  'Collections and spaces',
  'Locations',
  'Volumes',
  'Libraries',
  'Jobs',
  'Daemon',
  'Tools',
] as const;
export type Section = (typeof SECTIONS)[number];

/** The first words of commands of two words. */
export const groups: readonly {
  readonly name: string;
  readonly summary: string;
  /** The command that the first word alone means. */
  readonly alone?: string;
}[] = [
  { name: 'location', summary: 'folders under a library’s care' },
  { name: 'volume', summary: 'disks and shares, mounted or away' },
  { name: 'tag', summary: 'what you call files by, in a graph of your own', alone: 'tag list' },
  { name: 'collection', summary: 'files gathered by hand or by a search', alone: 'collection list' },
  { name: 'space', summary: 'a sidebar of your own', alone: 'space info' },
  { name: 'meta', summary: 'what you say of files' },
  { name: 'history', summary: 'what was done and can be undone', alone: 'history list' },
  { name: 'audit', summary: 'every action on a library', alone: 'audit list' },
  { name: 'sidecar', summary: 'thumbnails, media facts and texts made from files' },
  { name: 'library', summary: 'what you own: an encrypted index and all it knows' },
  { name: 'job', summary: 'long work, and how it goes' },
  { name: 'settings', summary: 'what holds for this installation', alone: 'settings get' },
];

export const commands: readonly CommandEntry[] = [
  of(
    'Start here',
    'setup',
    'Start, make a library, index folders, and show what is in them',
    async () => (await import('./start/setup.ts')).setup,
  ),

  of('Files', 'ls', 'List a folder, indexed or not', async () => (await import('./files/ls.ts')).ls),
  of(
    'Files',
    'find',
    'Find files and folders by name, text, tag, kind, size, date and more',
    async () => (await import('./files/find.ts')).find,
  ),
  of('Files', 'info', 'Show all that is known of a file or folder', async () => (await import('./files/info.ts')).info),
  of(
    'Files',
    'dup',
    'Show files that are the same, and what removing copies would free',
    async () => (await import('./files/dup.ts')).dup,
  ),
  of(
    'Files',
    'redundancy',
    'Show what exists once only, and on which disk',
    async () => (await import('./files/redundancy.ts')).redundancy,
  ),
  of(
    'Files',
    'stats',
    'Show what a library holds: kinds, sizes, the largest files',
    async () => (await import('./files/stats.ts')).stats,
  ),
  of('Files', 'du', 'Show what takes the room in a folder', async () => (await import('./files/du.ts')).du),
  of('Files', 'tree', 'Draw the folders below a folder', async () => (await import('./files/tree.ts')).tree),
  of('Files', 'path', 'Print where an entry or a content lies', async () => (await import('./files/path.ts')).path),
  of(
    'Files',
    'url',
    'Print a URL under which a browser on this machine opens a file',
    async () => (await import('./files/url.ts')).url,
  ),
  of(
    'Files',
    'export',
    'Write what the library knows to a file',
    async () => (await import('./files/export.ts')).exportIndex,
  ),
  of(
    'Files',
    'sidecar make',
    'Make thumbnails, read media facts and take the text of documents',
    async () => (await import('./sidecar/make.ts')).sidecarMake,
  ),
  of(
    'Files',
    'sidecar list',
    'Show what was derived from a file, and why something is missing',
    async () => (await import('./sidecar/list.ts')).sidecarList,
  ),
  of(
    'Files',
    'sidecar sweep',
    'Remove thumbnails, facts and texts of contents that are gone',
    async () => (await import('./sidecar/sweep.ts')).sidecarSweep,
  ),

  of('Changing files', 'cp', 'Copy files and folders', async () => (await import('./entry/cp.ts')).cp),
  of('Changing files', 'mv', 'Move files and folders', async () => (await import('./entry/mv.ts')).mv),
  of(
    'Changing files',
    'rename',
    'Give a file or folder another name',
    async () => (await import('./entry/rename.ts')).rename,
  ),
  of('Changing files', 'mkdir', 'Create folders', async () => (await import('./entry/mkdir.ts')).mkdir),
  of(
    'Changing files',
    'touch',
    'Create empty files, or set the times of files and folders',
    async () => (await import('./entry/touch.ts')).touch,
  ),
  of('Changing files', 'rm', 'Move files and folders to the trash', async () => (await import('./entry/rm.ts')).rm),
  of(
    'Changing files',
    'trash',
    'Show what can be brought back from the trash; with paths, move them there',
    async () => (await import('./entry/trash.ts')).trash,
  ),
  of(
    'Changing files',
    'restore',
    'Bring files and folders back from the trash',
    async () => (await import('./entry/restore.ts')).restore,
  ),

  of('Changing files', 'undo', 'Take back what was done last', async () => (await import('./entry/undo.ts')).undo),
  of('Changing files', 'redo', 'Do again what was undone last', async () => (await import('./entry/redo.ts')).redo),
  of(
    'Changing files',
    'history list',
    'List what was done and can be undone, newest first',
    async () => (await import('./history/list.ts')).historyList,
  ),
  of(
    'Changing files',
    'history info',
    'Show what an action did, and what undoing it would do',
    async () => (await import('./history/info.ts')).historyInfo,
  ),
  of(
    'Changing files',
    'audit list',
    'List every action on the library: who, when, what, and how it went',
    async () => (await import('./audit/list.ts')).auditList,
  ),
  of(
    'Changing files',
    'audit export',
    'Write actions on the library to a file',
    async () => (await import('./audit/export.ts')).auditExport,
  ),
  of(
    'Changing files',
    'dedupe',
    'Let copies go, but one of each file',
    async () => (await import('./files/dedupe.ts')).dedupe,
  ),

  of('Tags and notes', 'tag add', 'Give files and folders tags', async () => (await import('./tag/add.ts')).tagAdd),
  of(
    'Tags and notes',
    'tag remove',
    'Take tags from files and folders',
    async () => (await import('./tag/remove.ts')).tagRemove,
  ),
  of(
    'Tags and notes',
    'tag list',
    'List the tags, or those whose name has a word in it',
    async () => (await import('./tag/list.ts')).tagList,
  ),
  of(
    'Tags and notes',
    'tag info',
    'Show a tag: its names, what is above and below it, how many files have it',
    async () => (await import('./tag/info.ts')).tagInfo,
  ),
  of('Tags and notes', 'tag create', 'Make a tag', async () => (await import('./tag/create.ts')).tagCreate),
  of(
    'Tags and notes',
    'tag update',
    'Change a tag’s color, aliases, kind, or what it is related to',
    async () => (await import('./tag/update.ts')).tagUpdate,
  ),
  of(
    'Tags and notes',
    'tag rename',
    'Give a tag another name; what has it keeps it',
    async () => (await import('./tag/rename.ts')).tagRename,
  ),
  of(
    'Tags and notes',
    'tag link',
    'Put a tag below another: searching that one finds its files too',
    async () => (await import('./tag/link.ts')).tagLink,
  ),
  of(
    'Tags and notes',
    'tag unlink',
    'Take a tag out from below another',
    async () => (await import('./tag/unlink.ts')).tagUnlink,
  ),
  of(
    'Tags and notes',
    'tag merge',
    'Make one tag of two: its files, names and links become the other’s',
    async () => (await import('./tag/merge.ts')).tagMerge,
  ),
  of(
    'Tags and notes',
    'tag delete',
    'Delete tags; the files that have them stay',
    async () => (await import('./tag/delete.ts')).tagDelete,
  ),
  of(
    'Tags and notes',
    'tag suggest',
    'Suggest tags for files, by their other tags, neighbours and names',
    async () => (await import('./tag/suggest.ts')).tagSuggest,
  ),
  of(
    'Tags and notes',
    'tag export',
    'Write tags, ratings and notes to files, for other programs',
    async () => (await import('./tag/export.ts')).tagExport,
  ),
  of(
    'Tags and notes',
    'tag import',
    'Take over tags, ratings and notes that other programs wrote',
    async () => (await import('./tag/import.ts')).tagImport,
  ),
  of('Tags and notes', 'fav', 'Make files favorites, or no longer', async () => (await import('./files/fav.ts')).fav),
  of('Tags and notes', 'rate', 'Give files stars, 0 to 5', async () => (await import('./files/rate.ts')).rate),
  of(
    'Tags and notes',
    'meta get',
    'Show what you said of a file: tags, rating, note, fields',
    async () => (await import('./meta/get.ts')).metaGet,
  ),
  of(
    'Tags and notes',
    'meta set',
    'Note something of files: a note, custom fields, or that they are hidden',
    async () => (await import('./meta/set.ts')).metaSet,
  ),

  of(
    'Collections and spaces',
    'collection create',
    'Make a collection, or with a query one that fills itself',
    async () => (await import('./collection/create.ts')).collectionCreate,
  ),
  of(
    'Collections and spaces',
    'collection list',
    'List the collections, and how much is in them now',
    async () => (await import('./collection/list.ts')).collectionList,
  ),
  of(
    'Collections and spaces',
    'collection info',
    'Show what is in a collection, in its order',
    async () => (await import('./collection/info.ts')).collectionInfo,
  ),
  of(
    'Collections and spaces',
    'collection add',
    'Put files and folders into a collection',
    async () => (await import('./collection/add.ts')).collectionAdd,
  ),
  of(
    'Collections and spaces',
    'collection remove',
    'Take files and folders out of a collection; they stay where they are',
    async () => (await import('./collection/remove.ts')).collectionRemove,
  ),
  of(
    'Collections and spaces',
    'collection reorder',
    'Bring items of a collection to another place in it',
    async () => (await import('./collection/reorder.ts')).collectionReorder,
  ),
  of(
    'Collections and spaces',
    'collection update',
    'Change the name, the look or the query of a collection',
    async () => (await import('./collection/update.ts')).collectionUpdate,
  ),
  of(
    'Collections and spaces',
    'collection delete',
    'Delete a collection; the files in it stay',
    async () => (await import('./collection/delete.ts')).collectionDelete,
  ),
  of(
    'Collections and spaces',
    'space list',
    'List the spaces, in their order',
    async () => (await import('./space/list.ts')).spaceList,
  ),
  of(
    'Collections and spaces',
    'space info',
    'Show a space: its groups and what is pinned to it',
    async () => (await import('./space/info.ts')).spaceInfo,
  ),
  of(
    'Collections and spaces',
    'space create',
    'Make a space, with the groups every space begins with',
    async () => (await import('./space/create.ts')).spaceCreate,
  ),
  of(
    'Collections and spaces',
    'space update',
    'Change the name or the look of a space',
    async () => (await import('./space/update.ts')).spaceUpdate,
  ),
  of(
    'Collections and spaces',
    'space reorder',
    'Bring a space to a place among the others',
    async () => (await import('./space/reorder.ts')).spaceReorder,
  ),
  of(
    'Collections and spaces',
    'space delete',
    'Delete a space; what it leads to stays',
    async () => (await import('./space/delete.ts')).spaceDelete,
  ),
  of(
    'Collections and spaces',
    'space add',
    'Pin something to a space',
    async () => (await import('./space/add.ts')).spaceAdd,
  ),
  of(
    'Collections and spaces',
    'space move',
    'Bring what is pinned to another place, or to another group',
    async () => (await import('./space/move.ts')).spaceMove,
  ),
  of(
    'Collections and spaces',
    'space remove',
    'Take something that was pinned out of a space',
    async () => (await import('./space/remove.ts')).spaceRemove,
  ),
  of(
    'Collections and spaces',
    'space add-group',
    'Add a group to a space',
    async () => (await import('./space/add-group.ts')).spaceAddGroup,
  ),
  of(
    'Collections and spaces',
    'space update-group',
    'Rename a group, fold it up or down, or bring it to another place',
    async () => (await import('./space/update-group.ts')).spaceUpdateGroup,
  ),
  of(
    'Collections and spaces',
    'space delete-group',
    'Delete a group of a space; what is pinned to it stays where it is',
    async () => (await import('./space/delete-group.ts')).spaceDeleteGroup,
  ),

  of(
    'Locations',
    'location add',
    'Put a folder under the library’s care and index it',
    async () => (await import('./location/add.ts')).locationAdd,
  ),
  of('Locations', 'location list', 'List the locations', async () => (await import('./location/list.ts')).locationList),
  of(
    'Locations',
    'location info',
    'Show a location, its rules and its last scan',
    async () => (await import('./location/info.ts')).locationInfo,
  ),
  of(
    'Locations',
    'location update',
    'Change a location’s name, mode or rules',
    async () => (await import('./location/update.ts')).locationUpdate,
  ),
  of(
    'Locations',
    'location rescan',
    'Look for what has changed',
    async () => (await import('./location/rescan.ts')).locationRescan,
  ),
  of(
    'Locations',
    'location accept',
    'Say that what is gone from a location is gone, and take it out of the index',
    async () => (await import('./location/accept.ts')).locationAccept,
  ),
  of(
    'Locations',
    'location verify',
    'Compare the disk with the index, and say what differs',
    async () => (await import('./location/verify.ts')).locationVerify,
  ),
  of(
    'Locations',
    'location rules',
    'Show what rules leave out, and how much that weighs',
    async () => (await import('./location/rules.ts')).locationRules,
  ),
  of(
    'Locations',
    'location suggest',
    'Suggest folders of yours to add',
    async () => (await import('./location/suggest.ts')).locationSuggest,
  ),
  of(
    'Locations',
    'location check',
    'Say whether a folder can be added',
    async () => (await import('./location/check.ts')).locationCheck,
  ),
  of(
    'Locations',
    'location remove',
    'Forget a location; its files stay where they are',
    async () => (await import('./location/remove.ts')).locationRemove,
  ),

  of(
    'Volumes',
    'volume list',
    'List the disks and shares that are mounted, and those that are known',
    async () => (await import('./volume/list.ts')).volumeList,
  ),
  of('Volumes', 'volume info', 'Show a disk or a share', async () => (await import('./volume/info.ts')).volumeInfo),
  of(
    'Volumes',
    'volume track',
    'Keep track of a disk, to know it wherever it is mounted',
    async () => (await import('./volume/track.ts')).volumeTrack,
  ),
  of(
    'Volumes',
    'volume untrack',
    'Keep track of a disk no longer; locations on it stay',
    async () => (await import('./volume/untrack.ts')).volumeUntrack,
  ),
  of(
    'Volumes',
    'volume rename',
    'Give a disk another name in the library; its label stays',
    async () => (await import('./volume/rename.ts')).volumeRename,
  ),
  of(
    'Volumes',
    'volume refresh',
    'Look at what is mounted now',
    async () => (await import('./volume/refresh.ts')).volumeRefresh,
  ),
  of(
    'Volumes',
    'volume eject',
    'Unmount a disk, so that it can be taken away',
    async () => (await import('./volume/eject.ts')).volumeEject,
  ),
  of(
    'Volumes',
    'volume speed-test',
    'Measure how fast a disk is written and read',
    async () => (await import('./volume/speed-test.ts')).volumeSpeedTest,
  ),

  of('Libraries', 'library create', 'Make a library', async () => (await import('./library/create.ts')).libraryCreate),
  of(
    'Libraries',
    'library list',
    'List the libraries of this device',
    async () => (await import('./library/list.ts')).libraryList,
  ),
  of('Libraries', 'library info', 'Show a library', async () => (await import('./library/info.ts')).libraryInfo),
  of('Libraries', 'library open', 'Open a library', async () => (await import('./library/open.ts')).libraryOpen),
  of('Libraries', 'library close', 'Close a library', async () => (await import('./library/close.ts')).libraryClose),
  of(
    'Libraries',
    'library lock',
    'Close a library and forget its key until its passphrase is given',
    async () => (await import('./library/lock.ts')).libraryLock,
  ),
  of(
    'Libraries',
    'library unlock',
    'Open a locked library with its passphrase',
    async () => (await import('./library/unlock.ts')).libraryUnlock,
  ),
  of(
    'Libraries',
    'library rename',
    'Give a library another name',
    async () => (await import('./library/rename.ts')).libraryRename,
  ),
  of(
    'Libraries',
    'library verify',
    'Check that a library is whole',
    async () => (await import('./library/verify.ts')).libraryVerify,
  ),
  of(
    'Libraries',
    'library backup',
    'Copy a library as it is now',
    async () => (await import('./library/backup.ts')).libraryBackup,
  ),
  of(
    'Libraries',
    'library restore',
    'Bring a library back from a backup',
    async () => (await import('./library/restore.ts')).libraryRestore,
  ),
  of(
    'Libraries',
    'library change-key',
    'Encrypt a library with a new key; set or drop its passphrase',
    async () => (await import('./library/change-key.ts')).libraryChangeKey,
  ),
  of(
    'Libraries',
    'library delete',
    'Move a library to the trash; your files stay where they are',
    async () => (await import('./library/delete.ts')).libraryDelete,
  ),

  of('Jobs', 'job monitor', 'Watch all jobs, live', async () => (await import('./job/monitor.ts')).jobMonitor),
  of('Jobs', 'job list', 'List the jobs', async () => (await import('./job/list.ts')).jobList),
  of('Jobs', 'job info', 'Show a job, or follow it to its end', async () => (await import('./job/info.ts')).jobInfo),
  of('Jobs', 'job log', 'Show what a job has said', async () => (await import('./job/log.ts')).jobLog),
  of('Jobs', 'job pause', 'Stop a job until it is resumed', async () => (await import('./job/pause.ts')).jobPause),
  of('Jobs', 'job resume', 'Let a paused job go on', async () => (await import('./job/resume.ts')).jobResume),
  of('Jobs', 'job cancel', 'Stop a job for good', async () => (await import('./job/cancel.ts')).jobCancel),
  of(
    'Jobs',
    'job retry',
    'Let a job go on that failed, was cancelled, or waits for its next try',
    async () => (await import('./job/retry.ts')).jobRetry,
  ),
  of(
    'Jobs',
    'job clear',
    'Forget the jobs that have ended, with their logs',
    async () => (await import('./job/clear.ts')).jobClear,
  ),

  of('Daemon', 'start', 'Start the daemon', async () => (await import('./daemon/start.ts')).start),
  of(
    'Daemon',
    'stop',
    'Stop the daemon; jobs pause and go on at the next start',
    async () => (await import('./daemon/stop.ts')).stop,
  ),
  of(
    'Daemon',
    'restart',
    'Stop the daemon and start it again',
    async () => (await import('./daemon/restart.ts')).restart,
  ),
  of(
    'Daemon',
    'status',
    'Show whether the daemon runs, and what it does',
    async () => (await import('./daemon/status.ts')).status,
  ),
  of(
    'Daemon',
    'device',
    'Show this device as others see it: name, slug, public key',
    async () => (await import('./daemon/device.ts')).device,
  ),
  of('Daemon', 'logs', 'Show the daemon’s log', async () => (await import('./daemon/logs.ts')).logs),
  of(
    'Daemon',
    'settings get',
    'Show the settings, or one of them',
    async () => (await import('./settings/get.ts')).settingsGet,
  ),
  of('Daemon', 'settings set', 'Change a setting', async () => (await import('./settings/set.ts')).settingsSet),

  of(
    'Tools',
    'doctor',
    'Look at what tends to go wrong, and say what to do',
    async () => (await import('./tools/doctor.ts')).doctor,
  ),
  of(
    'Tools',
    'watch-events',
    'Print what happens, as it happens',
    async () => (await import('./tools/watch-events.ts')).watchEvents,
  ),
  of('Tools', 'rpc', 'Call a method of the daemon', async () => (await import('./tools/rpc.ts')).rpc),
  of(
    'Tools',
    'completion',
    'Print a completion script for a shell',
    async () => (await import('./tools/completion.ts')).completion,
  ),
  of(
    'Tools',
    'version',
    'Print the versions of sd, the daemon and Node.js',
    async () => (await import('./tools/version.ts')).version,
  ),
  of('Tools', 'help', 'Explain a command, or the exit codes', async () => (await import('./tools/help.ts')).help),
];

function of(section: Section, name: string, summary: string, load: () => Promise<AnyCommand>): CommandEntry {
  return { section, name, summary, load };
}
