import { type Section, entry } from './section.ts';

export const tagsAndNotes: Section = {
  heading: 'Tags and notes',
  commands: [
    entry('tag add', 'Give files and folders tags', async () => (await import('../commands/tag/add.ts')).tagAdd),
    entry(
      'tag remove',
      'Take tags from files and folders',
      async () => (await import('../commands/tag/remove.ts')).tagRemove,
    ),
    entry(
      'tag list',
      'List the tags, or those whose name has a word in it',
      async () => (await import('../commands/tag/list.ts')).tagList,
    ),
    entry(
      'tag info',
      'Show a tag: its names, what is above and below it, how many files have it',
      async () => (await import('../commands/tag/info.ts')).tagInfo,
    ),
    entry('tag create', 'Make a tag', async () => (await import('../commands/tag/create.ts')).tagCreate),
    entry(
      'tag update',
      'Change a tag’s color, aliases, kind, or what it is related to',
      async () => (await import('../commands/tag/update.ts')).tagUpdate,
    ),
    entry(
      'tag rename',
      'Give a tag another name; what has it keeps it',
      async () => (await import('../commands/tag/rename.ts')).tagRename,
    ),
    entry(
      'tag link',
      'Put a tag below another: searching that one finds its files too',
      async () => (await import('../commands/tag/link.ts')).tagLink,
    ),
    entry(
      'tag unlink',
      'Take a tag out from below another',
      async () => (await import('../commands/tag/unlink.ts')).tagUnlink,
    ),
    entry(
      'tag merge',
      'Make one tag of two: its files, names and links become the other’s',
      async () => (await import('../commands/tag/merge.ts')).tagMerge,
    ),
    entry(
      'tag delete',
      'Delete tags; the files that have them stay',
      async () => (await import('../commands/tag/delete.ts')).tagDelete,
    ),
    entry(
      'tag suggest',
      'Suggest tags for files, by their other tags, neighbours and names',
      async () => (await import('../commands/tag/suggest.ts')).tagSuggest,
    ),
    entry(
      'tag export',
      'Write tags, ratings and notes to files, for other programs',
      async () => (await import('../commands/tag/export.ts')).tagExport,
    ),
    entry(
      'tag import',
      'Take over tags, ratings and notes that other programs wrote',
      async () => (await import('../commands/tag/import.ts')).tagImport,
    ),
    entry('fav', 'Make files favorites, or no longer', async () => (await import('../commands/files/fav.ts')).fav),
    entry('rate', 'Give files stars, 0 to 5', async () => (await import('../commands/files/rate.ts')).rate),
    entry(
      'meta get',
      'Show what you said of a file: tags, rating, note, fields',
      async () => (await import('../commands/meta/get.ts')).metaGet,
    ),
    entry(
      'meta set',
      'Note something of files: a note, custom fields, or that they are hidden',
      async () => (await import('../commands/meta/set.ts')).metaSet,
    ),
  ],
};
