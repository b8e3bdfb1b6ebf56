import { CLI_VERSION } from '../../version.ts';
import { command } from '../../declare/command.ts';
import { asCliError } from '../../errors.ts';
import { facts } from '../../output/table.ts';
import type { Sd } from '../../sd.ts';

export const version = command({
  name: 'version',
  summary: 'Print the versions of sd, the daemon and Node.js',
  details: ['Does not start the daemon: its version is that of the one that runs.'],
  arguments: {},
  options: {},
  examples: [],
  calls: [],
  async run(sd) {
    const daemon = await runningVersion(sd);
    if (sd.out.json)
      return sd.out.printJson({
        sd: CLI_VERSION,
        ...(daemon === undefined ? {} : { daemon }),
        node: process.versions.node,
      });
    await sd.out.print(
      ...facts([
        ['sd', CLI_VERSION],
        ['daemon', daemon ?? 'not running'],
        ['Node.js', process.versions.node],
      ]),
    );
  },
});

async function runningVersion(sd: Sd): Promise<string | undefined> {
  try {
    return (await (await sd.daemon({ start: false })).handshake).version;
  } catch (error) {
    if (asCliError(error).exit === 'UNREACHABLE') return undefined;
    throw error;
  }
}
