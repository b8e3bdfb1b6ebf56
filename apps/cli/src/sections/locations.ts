import { type Section, entry } from './section.ts';

export const locations: Section = {
  heading: 'Locations',
  commands: [
    entry(
      'location add',
      'Put a folder under the library’s care and index it',
      async () => (await import('../commands/location/add.ts')).locationAdd,
    ),
    entry(
      'location list',
      'List the locations',
      async () => (await import('../commands/location/list.ts')).locationList,
    ),
    entry(
      'location info',
      'Show a location, its rules and its last scan',
      async () => (await import('../commands/location/info.ts')).locationInfo,
    ),
    entry(
      'location update',
      'Change a location’s name, mode or rules',
      async () => (await import('../commands/location/update.ts')).locationUpdate,
    ),
    entry(
      'location rescan',
      'Look for what has changed',
      async () => (await import('../commands/location/rescan.ts')).locationRescan,
    ),
    entry(
      'location accept',
      'Say that what is gone from a location is gone, and take it out of the index',
      async () => (await import('../commands/location/accept.ts')).locationAccept,
    ),
    entry(
      'location verify',
      'Compare the disk with the index, and say what differs',
      async () => (await import('../commands/location/verify.ts')).locationVerify,
    ),
    entry(
      'location rules',
      'Show what rules leave out, and how much that weighs',
      async () => (await import('../commands/location/rules.ts')).locationRules,
    ),
    entry(
      'location suggest',
      'Suggest folders of yours to add',
      async () => (await import('../commands/location/suggest.ts')).locationSuggest,
    ),
    entry(
      'location check',
      'Say whether a folder can be added',
      async () => (await import('../commands/location/check.ts')).locationCheck,
    ),
    entry(
      'location remove',
      'Forget a location; its files stay where they are',
      async () => (await import('../commands/location/remove.ts')).locationRemove,
    ),
  ],
};
