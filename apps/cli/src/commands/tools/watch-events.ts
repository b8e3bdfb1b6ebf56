import type { EventListener } from '@sd/client/events.ts';
import { command } from '../../declare/command.ts';
import { choices, text } from '../../declare/option.ts';
import { CliError, EXIT } from '../../errors.ts';
import { formatTime } from '../../format/date.ts';
import { pad, printable } from '../../format/text.ts';
import { ReaderGone } from '../../output/output.ts';
import type { Sd } from '../../sd.ts';
import { addressOf } from '../../shared/address.ts';

const RESOURCES = ['core', 'library', 'location', 'entry', 'content', 'device', 'job', 'service'] as const;

export const watchEvents = command({
  name: 'watch-events',
  summary: 'Print what happens, as it happens',
  details: ['Ends with Ctrl-C. With --json one event per line, each with the cursor to go on from.'],
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
    const daemon = await sd.daemon();
    let lost = (_error: unknown): void => undefined;
    const failed = new Promise<never>((_, reject) => (lost = reject));
    const interrupted = new Promise<'interrupted'>(
      (resolve) => void sd.interrupts.handle(() => resolve('interrupted')),
    );
    const filter = {
      ...(resource ? { resources: resource } : {}),
      ...(within === undefined ? {} : { path: addressOf(within) }),
      ...(cursor === undefined ? {} : { cursor }),
    };
    const subscription = await daemon.subscribe(filter, (event, at) => {
      (sd.out.json ? sd.out.printJson({ cursor: at, ...event }) : sd.out.print(eventLine(event, sd))).catch(lost);
    });
    if (subscription.gap)
      sd.out.complain('events are missing: the cursor is too old, or of an earlier run of the daemon');
    sd.out.remark(sd.out.errorColors.dim(`watching; Ctrl-C ends it (cursor ${subscription.cursor})`));
    const end = await Promise.race([failed, interrupted, daemon.closed.then(() => 'closed' as const)]).catch(
      (error: unknown) => {
        if (error instanceof ReaderGone) return 'gone' as const;
        throw error;
      },
    );
    if (end === 'closed') throw new CliError('UNREACHABLE', 'the daemon has stopped', { wayOut: 'sd start' });
    return end === 'interrupted' ? EXIT.CANCELLED[0] : EXIT.OK[0];
  },
});

function eventLine(event: Parameters<EventListener>[0], sd: Sd): string {
  const { cyan, dim, green, red, yellow } = sd.out.colors;
  const paint = { created: green, updated: yellow, deleted: red, progress: dim }[event.change];
  const data = event.data && Object.keys(event.data).length > 0 ? dim(` ${printable(JSON.stringify(event.data))}`) : '';
  const subject = event.path ?? event.ids?.join(' ') ?? '';
  return `${dim(formatTime(event.at))}  ${cyan(pad(event.resource, 8))}  ${paint(pad(event.change, 8))}  ${printable(subject)}${data}`;
}
