import { type Section, entry } from './section.ts';

export const files: Section = {
  heading: 'Files',
  commands: [
    entry('ls', 'List a folder, indexed or not', async () => (await import('../commands/files/ls.ts')).ls),
    entry(
      'find',
      'Find files and folders by name, text, tag, kind, size, date and more',
      async () => (await import('../commands/files/find.ts')).find,
    ),
    entry(
      'info',
      'Show all that is known of a file or folder',
      async () => (await import('../commands/files/info.ts')).info,
    ),
    entry(
      'dup',
      'Show files that are the same, and what removing copies would free',
      async () => (await import('../commands/files/dup.ts')).dup,
    ),
    entry(
      'redundancy',
      'Show what exists once only, and on which disk',
      async () => (await import('../commands/files/redundancy.ts')).redundancy,
    ),
    entry(
      'stats',
      'Show what a library holds: kinds, sizes, the largest files',
      async () => (await import('../commands/files/stats.ts')).stats,
    ),
    entry('du', 'Show what takes the room in a folder', async () => (await import('../commands/files/du.ts')).du),
    entry('tree', 'Draw the folders below a folder', async () => (await import('../commands/files/tree.ts')).tree),
    entry(
      'path',
      'Print where an entry or a content lies',
      async () => (await import('../commands/files/path.ts')).path,
    ),
    entry(
      'url',
      'Print a URL under which a browser on this machine opens a file',
      async () => (await import('../commands/files/url.ts')).url,
    ),
    entry(
      'export',
      'Write what the library knows to a file',
      async () => (await import('../commands/files/export.ts')).exportIndex,
    ),
    entry(
      'sidecar make',
      'Make thumbnails, read media facts and take the text of documents',
      async () => (await import('../commands/sidecar/make.ts')).sidecarMake,
    ),
    entry(
      'sidecar list',
      'Show what was derived from a file, and why something is missing',
      async () => (await import('../commands/sidecar/list.ts')).sidecarList,
    ),
    entry(
      'sidecar sweep',
      'Remove thumbnails, facts and texts of contents that are gone',
      async () => (await import('../commands/sidecar/sweep.ts')).sidecarSweep,
    ),
  ],
};
