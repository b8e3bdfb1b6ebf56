import { changingFiles } from '../sections/changing-files.ts';
import { collectionsAndSpaces } from '../sections/collections-and-spaces.ts';
import { daemon } from '../sections/daemon.ts';
import { files } from '../sections/files.ts';
import { jobs } from '../sections/jobs.ts';
import { libraries } from '../sections/libraries.ts';
import { locations } from '../sections/locations.ts';
import { startHere } from '../sections/start-here.ts';
import { tagsAndNotes } from '../sections/tags-and-notes.ts';
import { tools } from '../sections/tools.ts';
import { volumes } from '../sections/volumes.ts';
import type { CommandEntry, Section } from '../sections/section.ts';

/** In the order of help. Listed by hand; a test holds the lists against the files. */
export const sections: readonly Section[] = [
  startHere,
  files,
  changingFiles,
  tagsAndNotes,
  collectionsAndSpaces,
  locations,
  volumes,
  libraries,
  jobs,
  daemon,
  tools,
];

export const commands: readonly CommandEntry[] = sections.flatMap((section) => section.commands);

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
