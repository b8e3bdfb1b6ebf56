import { type Section, entry } from './section.ts';

export const changingFiles: Section = {
  heading: 'Changing files',
  commands: [
    entry('cp', 'Copy files and folders', async () => (await import('../commands/entry/cp.ts')).cp),
    entry('mv', 'Move files and folders', async () => (await import('../commands/entry/mv.ts')).mv),
    entry(
      'rename',
      'Give a file or folder another name',
      async () => (await import('../commands/entry/rename.ts')).rename,
    ),
    entry('mkdir', 'Create folders', async () => (await import('../commands/entry/mkdir.ts')).mkdir),
    entry(
      'touch',
      'Create empty files, or set the times of files and folders',
      async () => (await import('../commands/entry/touch.ts')).touch,
    ),
    entry('rm', 'Move files and folders to the trash', async () => (await import('../commands/entry/rm.ts')).rm),
    entry(
      'trash',
      'Show what can be brought back from the trash; with paths, move them there',
      async () => (await import('../commands/entry/trash.ts')).trash,
    ),
    entry(
      'restore',
      'Bring files and folders back from the trash',
      async () => (await import('../commands/entry/restore.ts')).restore,
    ),
    entry('undo', 'Take back what was done last', async () => (await import('../commands/entry/undo.ts')).undo),
    entry('redo', 'Do again what was undone last', async () => (await import('../commands/entry/redo.ts')).redo),
    entry(
      'history list',
      'List what was done and can be undone, newest first',
      async () => (await import('../commands/history/list.ts')).historyList,
    ),
    entry(
      'history info',
      'Show what an action did, and what undoing it would do',
      async () => (await import('../commands/history/info.ts')).historyInfo,
    ),
    entry(
      'audit list',
      'List every action on the library: who, when, what, and how it went',
      async () => (await import('../commands/audit/list.ts')).auditList,
    ),
    entry(
      'audit export',
      'Write actions on the library to a file',
      async () => (await import('../commands/audit/export.ts')).auditExport,
    ),
    entry(
      'dedupe',
      'Let copies go, but one of each file',
      async () => (await import('../commands/files/dedupe.ts')).dedupe,
    ),
  ],
};
