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

export const SECTIONS = ['Start here', 'Files', 'Locations', 'Libraries', 'Jobs', 'Daemon', 'Tools'] as const;
export type Section = (typeof SECTIONS)[number];

/** The first words of commands of two words. */
export const groups: readonly { readonly name: string; readonly summary: string }[] = [
  { name: 'location', summary: 'folders under a library’s care' },
  { name: 'library', summary: 'what you own: an encrypted index and all it knows' },
  { name: 'jobs', summary: 'long work, and how it goes' },
];

export const commands: readonly CommandEntry[] = [
  of('Start here', 'setup', 'Start, make a library, index folders, and show what is in them', () => import('./start/setup.ts')),

  of('Files', 'ls', 'List a folder, indexed or not', () => import('./files/ls.ts')),
  of('Files', 'find', 'Find files and folders by name, kind, size or date', () => import('./files/find.ts')),
  of('Files', 'info', 'Show all that is known of a file or folder', () => import('./files/info.ts')),
  of('Files', 'dup', 'Show files that are the same, and what removing copies would free', () => import('./files/dup.ts')),
  of('Files', 'stats', 'Show what a library holds: kinds, sizes, the largest files', () => import('./files/stats.ts')),
  of('Files', 'du', 'Show what takes the room in a folder', () => import('./files/du.ts')),
  of('Files', 'tree', 'Draw the folders below a folder', () => import('./files/tree.ts')),

  of('Locations', 'location add', 'Put a folder under the library’s care and index it', () => import('./location/add.ts')),
  of('Locations', 'location list', 'List the locations', () => import('./location/list.ts')),
  of('Locations', 'location info', 'Show a location, its rules and its last scan', () => import('./location/info.ts')),
  of('Locations', 'location update', 'Change a location’s name, mode or rules', () => import('./location/update.ts')),
  of('Locations', 'location rescan', 'Look for what has changed', () => import('./location/rescan.ts')),
  of('Locations', 'location rules', 'Show what rules leave out, and how much that weighs', () => import('./location/rules.ts')),
  of('Locations', 'location suggest', 'Suggest folders of yours to add', () => import('./location/suggest.ts')),
  of('Locations', 'location remove', 'Forget a location; its files stay where they are', () => import('./location/remove.ts')),

  of('Libraries', 'library create', 'Make a library', () => import('./library/create.ts')),
  of('Libraries', 'library list', 'List the libraries of this device', () => import('./library/list.ts')),
  of('Libraries', 'library info', 'Show a library', () => import('./library/info.ts')),
  of('Libraries', 'library open', 'Open a library', () => import('./library/open.ts')),
  of('Libraries', 'library close', 'Close a library', () => import('./library/close.ts')),
  of('Libraries', 'library lock', 'Close a library and forget its key until its passphrase is given', () => import('./library/lock.ts')),
  of('Libraries', 'library unlock', 'Open a locked library with its passphrase', () => import('./library/unlock.ts')),
  of('Libraries', 'library rename', 'Give a library another name', () => import('./library/rename.ts')),
  of('Libraries', 'library verify', 'Check that a library is whole', () => import('./library/verify.ts')),
  of('Libraries', 'library backup', 'Copy a library as it is now', () => import('./library/backup.ts')),
  of('Libraries', 'library restore', 'Bring a library back from a backup', () => import('./library/restore.ts')),
  of('Libraries', 'library change-key', 'Encrypt a library with a new key; set or drop its passphrase', () => import('./library/change-key.ts')),
  of('Libraries', 'library delete', 'Move a library to the trash; your files stay where they are', () => import('./library/delete.ts')),

  of('Jobs', 'jobs list', 'List the jobs', () => import('./jobs/list.ts')),
  of('Jobs', 'jobs info', 'Show a job, or follow it to its end', () => import('./jobs/info.ts')),
  of('Jobs', 'jobs cancel', 'Stop a job for good', () => import('./jobs/cancel.ts')),
  of('Jobs', 'jobs pause', 'Stop a job until it is resumed', () => import('./jobs/pause.ts')),
  of('Jobs', 'jobs resume', 'Let a paused job go on', () => import('./jobs/resume.ts')),

  of('Daemon', 'start', 'Start the daemon', () => import('./daemon/start.ts')),
  of('Daemon', 'stop', 'Stop the daemon; jobs pause and go on at the next start', () => import('./daemon/stop.ts')),
  of('Daemon', 'restart', 'Stop the daemon and start it again', () => import('./daemon/restart.ts')),
  of('Daemon', 'status', 'Show whether the daemon runs, and what it does', () => import('./daemon/status.ts')),
  of('Daemon', 'logs', 'Show the daemon’s log', () => import('./daemon/logs.ts')),

  of('Tools', 'watch-events', 'Print what happens, as it happens', () => import('./tools/watch-events.ts')),
  of('Tools', 'rpc', 'Call a method of the daemon', () => import('./tools/rpc.ts')),
  of('Tools', 'completion', 'Print a completion script for a shell', () => import('./tools/completion.ts')),
  of('Tools', 'version', 'Print the versions of sd, the daemon and Node.js', () => import('./tools/version.ts')),
  of('Tools', 'help', 'Explain a command, or the exit codes', () => import('./tools/help.ts')),
];

function of(section: Section, name: string, summary: string, load: () => Promise<{ default: AnyCommand }>): CommandEntry {
  return { section, name, summary, load: async () => (await load()).default };
}
