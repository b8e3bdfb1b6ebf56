import { type Section, entry } from './section.ts';

export const startHere: Section = {
  heading: 'Start here',
  commands: [
    entry(
      'setup',
      'Start, make a library, index folders, and show what is in them',
      async () => (await import('../commands/start/setup.ts')).setup,
    ),
  ],
};
