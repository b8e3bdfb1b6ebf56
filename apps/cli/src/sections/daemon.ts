import { type Section, entry } from './section.ts';

export const daemon: Section = {
  heading: 'Daemon',
  commands: [
    entry('start', 'Start the daemon', async () => (await import('../commands/daemon/start.ts')).start),
    entry(
      'stop',
      'Stop the daemon; jobs pause and go on at the next start',
      async () => (await import('../commands/daemon/stop.ts')).stop,
    ),
    entry(
      'restart',
      'Stop the daemon and start it again',
      async () => (await import('../commands/daemon/restart.ts')).restart,
    ),
    entry(
      'status',
      'Show whether the daemon runs, and what it does',
      async () => (await import('../commands/daemon/status.ts')).status,
    ),
    entry(
      'device',
      'Show this device as others see it: name, slug, public key',
      async () => (await import('../commands/daemon/device.ts')).device,
    ),
    entry('logs', 'Show the daemon’s log', async () => (await import('../commands/daemon/logs.ts')).logs),
    entry(
      'settings get',
      'Show the settings, or one of them',
      async () => (await import('../commands/settings/get.ts')).settingsGet,
    ),
    entry('settings set', 'Change a setting', async () => (await import('../commands/settings/set.ts')).settingsSet),
  ],
};
