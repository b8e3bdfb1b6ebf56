import { type Section, entry } from './section.ts';

export const collectionsAndSpaces: Section = {
  heading: 'Collections and spaces',
  commands: [
    entry(
      'collection create',
      'Make a collection, or with a query one that fills itself',
      async () => (await import('../commands/collection/create.ts')).collectionCreate,
    ),
    entry(
      'collection list',
      'List the collections, and how much is in them now',
      async () => (await import('../commands/collection/list.ts')).collectionList,
    ),
    entry(
      'collection info',
      'Show what is in a collection, in its order',
      async () => (await import('../commands/collection/info.ts')).collectionInfo,
    ),
    entry(
      'collection add',
      'Put files and folders into a collection',
      async () => (await import('../commands/collection/add.ts')).collectionAdd,
    ),
    entry(
      'collection remove',
      'Take files and folders out of a collection; they stay where they are',
      async () => (await import('../commands/collection/remove.ts')).collectionRemove,
    ),
    entry(
      'collection reorder',
      'Bring items of a collection to another place in it',
      async () => (await import('../commands/collection/reorder.ts')).collectionReorder,
    ),
    entry(
      'collection update',
      'Change the name, the look or the query of a collection',
      async () => (await import('../commands/collection/update.ts')).collectionUpdate,
    ),
    entry(
      'collection delete',
      'Delete a collection; the files in it stay',
      async () => (await import('../commands/collection/delete.ts')).collectionDelete,
    ),
    entry(
      'space list',
      'List the spaces, in their order',
      async () => (await import('../commands/space/list.ts')).spaceList,
    ),
    entry(
      'space info',
      'Show a space: its groups and what is pinned to it',
      async () => (await import('../commands/space/info.ts')).spaceInfo,
    ),
    entry(
      'space create',
      'Make a space, with the groups every space begins with',
      async () => (await import('../commands/space/create.ts')).spaceCreate,
    ),
    entry(
      'space update',
      'Change the name or the look of a space',
      async () => (await import('../commands/space/update.ts')).spaceUpdate,
    ),
    entry(
      'space reorder',
      'Bring a space to a place among the others',
      async () => (await import('../commands/space/reorder.ts')).spaceReorder,
    ),
    entry(
      'space delete',
      'Delete a space; what it leads to stays',
      async () => (await import('../commands/space/delete.ts')).spaceDelete,
    ),
    entry('space add', 'Pin something to a space', async () => (await import('../commands/space/add.ts')).spaceAdd),
    entry(
      'space move',
      'Bring what is pinned to another place, or to another group',
      async () => (await import('../commands/space/move.ts')).spaceMove,
    ),
    entry(
      'space remove',
      'Take something that was pinned out of a space',
      async () => (await import('../commands/space/remove.ts')).spaceRemove,
    ),
    entry(
      'space add-group',
      'Add a group to a space',
      async () => (await import('../commands/space/add-group.ts')).spaceAddGroup,
    ),
    entry(
      'space update-group',
      'Rename a group, fold it up or down, or bring it to another place',
      async () => (await import('../commands/space/update-group.ts')).spaceUpdateGroup,
    ),
    entry(
      'space delete-group',
      'Delete a group of a space; what is pinned to it stays where it is',
      async () => (await import('../commands/space/delete-group.ts')).spaceDeleteGroup,
    ),
  ],
};
