import { type Section, entry } from './section.ts';

export const tools: Section = {
  heading: 'Tools',
  commands: [
    entry(
      'doctor',
      'Look at what tends to go wrong, and say what to do',
      async () => (await import('../commands/tools/doctor.ts')).doctor,
    ),
    entry(
      'watch-events',
      'Print what happens, as it happens',
      async () => (await import('../commands/tools/watch-events.ts')).watchEvents,
    ),
    entry('rpc', 'Call a method of the daemon', async () => (await import('../commands/tools/rpc.ts')).rpc),
    entry(
      'completion',
      'Print a completion script for a shell',
      async () => (await import('../commands/tools/completion.ts')).completion,
    ),
    entry(
      'version',
      'Print the versions of sd, the daemon and Node.js',
      async () => (await import('../commands/tools/version.ts')).version,
    ),
    entry('help', 'Explain a command, or the exit codes', async () => (await import('../commands/tools/help.ts')).help),
  ],
};
