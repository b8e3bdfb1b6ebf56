import { type Watched, watchEvents as followEvents } from '@sd/client/watch-events.ts';
import { dialer, waitForDaemon } from '../../daemon/redial.ts';
import { command } from '../../declare/command.ts';
import { choices, text } from '../../declare/option.ts';
import { EXIT } from '../../errors.ts';
import { formatTime } from '../../format/date.ts';
import { pad, printable } from '../../format/text.ts';
import { ReaderGone } from '../../output/output.ts';
import type { Sd } from '../../sd.ts';
import { addressOf } from '../../shared/address.ts';

const RESOURCES = [
  'core',
  'library',
  'location',
  'volume',
  'entry',
  'content',
  'sidecar',
  'device',
  'job',
  'service',
] as const;

type SequencedEvent = Extract<Watched, { readonly event: unknown }>['event'];

export const watchEvents = command({
  name: 'watch-events',
  summary: 'Print what happens, as it happens',
  details: [
    'Ends with Ctrl-C, and goes on over a restart of the daemon. With --json one event per line, each with the cursor to go on from.',
  ],
  arguments: {},
  options: {
    resource: choices('WHAT', RESOURCES, `only of these: ${RESOURCES.join(', ')}`),
    within: text('FOLDER', 'only what concerns this folder', { complete: 'folder' }),
    cursor: text('CURSOR', 'begin after this one, as far as the daemon remembers'),
  },
  examples: [
    ['sd watch-events --resource job', 'how jobs go'],
    ['sd watch-events --json --within ~/Pictures', 'for another program'],
  ],
  calls: ['rpc.subscribe'],
  streams: true,
  async run(sd, _args, { resource, within, cursor }) {
    const stop = new AbortController();
    const release = sd.interrupts.handle(() => stop.abort());
    const filter = {
      ...(resource ? { resources: resource } : {}),
      ...(within === undefined ? {} : { path: addressOf(within) }),
      ...(cursor === undefined ? {} : { cursor }),
    };
    const stream = followEvents(dialer(sd), filter, {
      signal: stop.signal,
      wait: (attempt) => waitForDaemon(sd, attempt, stop.signal),
    });
    try {
      for await (const watched of stream) {
        if ('event' in watched) await show(sd, watched.event, watched.cursor);
        else remark(sd, watched.gap, watched.cursor);
      }
    } catch (error) {
      if (error instanceof ReaderGone) return EXIT.OK[0];
      throw error;
    } finally {
      release();
    }
    return EXIT.CANCELLED[0];
  },
});

function remark(sd: Sd, gap: boolean, cursor: string): void {
  if (gap) sd.out.complain('events are missing: the cursor is too old, or of an earlier run of the daemon');
  sd.out.remark(sd.out.errorColors.dim(`watching; Ctrl-C ends it (cursor ${cursor})`));
}

function show(sd: Sd, event: SequencedEvent, cursor: string): Promise<void> {
  return sd.out.json ? sd.out.printJson({ cursor, ...event }) : sd.out.print(eventLine(event, sd));
}

function eventLine(event: SequencedEvent, sd: Sd): string {
  const { cyan, dim, green, red, yellow } = sd.out.colors;
  const paint = { created: green, updated: yellow, deleted: red, progress: dim }[event.change];
  const data = event.data && Object.keys(event.data).length > 0 ? dim(` ${printable(JSON.stringify(event.data))}`) : '';
  const subject = event.path ?? event.ids?.join(' ') ?? '';
  return `${dim(formatTime(event.at))}  ${cyan(pad(event.resource, 8))}  ${paint(pad(event.change, 8))}  ${printable(subject)}${data}`;
}
