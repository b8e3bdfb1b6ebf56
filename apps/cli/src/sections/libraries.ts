import { type Section, entry } from './section.ts';

export const libraries: Section = {
  heading: 'Libraries',
  commands: [
    entry(
      'library create',
      'Make a library',
      async () => (await import('../commands/library/create.ts')).libraryCreate,
    ),
    entry(
      'library list',
      'List the libraries of this device',
      async () => (await import('../commands/library/list.ts')).libraryList,
    ),
    entry('library info', 'Show a library', async () => (await import('../commands/library/info.ts')).libraryInfo),
    entry('library open', 'Open a library', async () => (await import('../commands/library/open.ts')).libraryOpen),
    entry('library close', 'Close a library', async () => (await import('../commands/library/close.ts')).libraryClose),
    entry(
      'library lock',
      'Close a library and forget its key until its passphrase is given',
      async () => (await import('../commands/library/lock.ts')).libraryLock,
    ),
    entry(
      'library unlock',
      'Open a locked library with its passphrase',
      async () => (await import('../commands/library/unlock.ts')).libraryUnlock,
    ),
    entry(
      'library rename',
      'Give a library another name',
      async () => (await import('../commands/library/rename.ts')).libraryRename,
    ),
    entry(
      'library verify',
      'Check that a library is whole',
      async () => (await import('../commands/library/verify.ts')).libraryVerify,
    ),
    entry(
      'library backup',
      'Copy a library as it is now',
      async () => (await import('../commands/library/backup.ts')).libraryBackup,
    ),
    entry(
      'library restore',
      'Bring a library back from a backup',
      async () => (await import('../commands/library/restore.ts')).libraryRestore,
    ),
    entry(
      'library change-key',
      'Encrypt a library with a new key; set or drop its passphrase',
      async () => (await import('../commands/library/change-key.ts')).libraryChangeKey,
    ),
    entry(
      'library delete',
      'Move a library to the trash; your files stay where they are',
      async () => (await import('../commands/library/delete.ts')).libraryDelete,
    ),
  ],
};
