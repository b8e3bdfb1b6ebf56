import { setTimeout as wait } from 'node:timers/promises';
import { type Watched, watchEvents as followEvents } from '@sd/client/watch-events.ts';
import { connect } from '../../daemon/connect.ts';
import type { Daemon } from '../../daemon/daemon.ts';
import { command } from '../../declare/command.ts';
import { choices, text } from '../../declare/option.ts';
import { EXIT } from '../../errors.ts';
import { formatTime } from '../../format/date.ts';
import { pad, printable } from '../../format/text.ts';
import { ReaderGone } from '../../output/output.ts';
import type { Sd } from '../../sd.ts';
import { addressOf } from '../../shared/address.ts';

const RESOURCES = ['core', 'library', 'location', 'entry', 'content', 'device', 'job', 'service'] as const;

type SequencedEvent = Extract<Watched, { readonly event: unknown }>['event'];

const SHORTEST_WAIT_MS = 50;
const LONGEST_WAIT_MS = 2_000;

export const watchEvents = command({
  name: 'watch-events',
  summary: 'Print what happens, as it happens',
  details: [
    'Ends with Ctrl-C, and goes on over a restart of the daemon. With --json one event per line, each with the cursor to go on from.',
  ],
  arguments: {},
  options: {
    resource: choices('WHAT', RESOURCES, `only of these: ${RESOURCES.join(', ')}`),
    in: text('FOLDER', 'only what concerns this folder', { complete: 'folder' }),
    cursor: text('CURSOR', 'begin after this one, as far as the daemon remembers'),
  },
  examples: [
    ['sd watch-events --resource job', 'how jobs go'],
    ['sd watch-events --json --in ~/Pictures', 'for another program'],
  ],
  calls: ['rpc.subscribe'],
  streams: true,
  async run(sd, _args, { resource, in: within, cursor }) {
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

/** Starts a daemon to begin with, but not again: whoever stops it means it. */
function dialer(sd: Sd): () => Promise<Daemon> {
  let first = true;
  return () => {
    const start = first;
    first = false;
    return start ? sd.daemon() : connect(sd, false);
  };
}

async function waitForDaemon(sd: Sd, attempt: number, signal: AbortSignal): Promise<void> {
  if (attempt === 1) sd.out.complain('the connection to the daemon is lost; it goes on when there is one again');
  await wait(Math.min(LONGEST_WAIT_MS, SHORTEST_WAIT_MS * 2 ** attempt), undefined, { signal }).catch(() => undefined);
}

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
