import { join } from 'node:path';
import { DAEMON_FILES } from '@sd/client/node/daemon-files.ts';
import { command } from '../../declare/command.ts';
import { choice, flag, integer } from '../../declare/option.ts';
import { CliError, EXIT } from '../../errors.ts';
import { LEVELS, drawRecord, levelOf, readRecord } from '../../logs/record.ts';
import { followFile, lastLines } from '../../logs/tail.ts';

const DEFAULT_LINES = 50;

export const logs = command({
  name: 'logs',
  summary: 'Show the daemon’s log',
  details: [
    'Reads the file, so that it also tells why a daemon does not start. With --json the records as they were written, one per line.',
  ],
  arguments: {},
  options: {
    follow: flag('go on with what is added, until Ctrl-C', { short: 'f' }),
    lines: integer('N', `begin with the last N lines; ${DEFAULT_LINES} if left out`, { min: 0 }, { short: 'n' }),
    level: choice(LEVELS, 'only this important or more'),
  },
  examples: [
    ['sd logs -f', 'watch it'],
    ['sd logs -n 1000 --level warn', 'what went wrong lately'],
  ],
  calls: [],
  streams: true,
  async run(sd, _args, { follow, lines = DEFAULT_LINES, level }) {
    const file = join(sd.dataFolder, DAEMON_FILES.logs, DAEMON_FILES.log);
    const least = level === undefined ? 0 : levelOf(level);
    const show = async (texts: readonly string[]): Promise<void> => {
      for (const text of texts) {
        const record = readRecord(text);
        if (record && record.level < least) continue;
        await sd.out.print(sd.out.json || !record ? text : drawRecord(record, sd.out));
      }
    };
    const tail = lastLines(file, lines);
    if (tail === undefined && !follow)
      throw new CliError('NOT_FOUND', `there is no log yet: ${file}`, { code: 'NOT_FOUND', wayOut: 'sd start' });
    await show(tail?.lines ?? []);
    if (!follow) return EXIT.OK[0];
    const stop = new AbortController();
    sd.interrupts.handle(() => stop.abort());
    await followFile(file, tail?.end ?? 0, show, stop.signal);
    return EXIT.CANCELLED[0];
  },
});
