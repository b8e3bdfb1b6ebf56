import { join } from 'node:path';
import { DAEMON_FILES, EXIT_ALREADY_RUNNING } from '@sd/client/node/daemon-files.ts';
import { resolveDataFolder } from '@sd/client/node/data-folder.ts';
import { SdError, asSdError } from '@sd/core/errors.ts';
import { keepOwnFilesPrivate } from '@sd/platform-node/persons-mask.ts';
import manifest from '../package.json' with { type: 'json' };
import { type Args, HELP, UsageError, parseArgs } from './args.ts';
import { type Config, level, readConfig } from './config.ts';
import { startDaemon } from './daemon.ts';
import { type DaemonLog, openLog } from './log.ts';
import { makePrivateFolder } from './private-files.ts';
import { tellReady } from './ready.ts';
import { Shutdown } from './shutdown.ts';
import { stopSignals } from './stop-signals.ts';

const EXIT = { ok: 0, failed: 1, usage: 2, alreadyRunning: EXIT_ALREADY_RUNNING } as const;

// Nobody else has a business with what this process writes, wherever it writes it.
keepOwnFilesPrivate();
process.title = 'spacedrive';
process.exit(await main(process.argv.slice(2)));

async function main(argv: readonly string[]): Promise<number> {
  let args: Args | undefined;
  try {
    args = parseArgs(argv);
    if (args.help) return say(HELP);
    if (args.version) return say(`${manifest.version}\n`);
    return await run(
      args,
      resolveDataFolder({ dataDir: args.dataDir, instance: args.instance, environment: process.env }),
    );
  } catch (error) {
    const usage = error instanceof UsageError || error instanceof TypeError;
    const known = usage ? new SdError('INVALID_INPUT', error.message) : asSdError(error);
    tellReady(args?.readyFd, { error: known.code === 'INTERNAL' ? new SdError('INTERNAL', String(error)) : known });
    process.stderr.write(
      `${known.code === 'INTERNAL' ? (error instanceof Error ? error.stack : error) : known.message}\n`,
    );
    if (known.code === 'LIBRARY_IN_USE') return EXIT.alreadyRunning;
    return usage ? EXIT.usage : EXIT.failed;
  }
}

async function run(args: Args, dataFolder: string): Promise<number> {
  makePrivateFolder(dataFolder);
  makePrivateFolder(join(dataFolder, DAEMON_FILES.logs));
  const config = merged(args, readConfig(dataFolder));
  const log = openLog(dataFolder, config.log, args.foreground);
  const shutdown = new Shutdown();
  shutdown.add('end the log', () => log.end());
  dieLoudly(log);
  const stop = stopSignals(args.foreground);
  log.info('starting', {
    version: manifest.version,
    pid: process.pid,
    node: process.versions.node,
    data_folder: dataFolder,
  });
  try {
    await startDaemon({ dataFolder, log, config, shutdown, requestStop: stop.request });
    tellReady(args.readyFd, { ready: true });
    log.info('stopping', { reason: await stop.requested });
    return EXIT.ok;
  } catch (error) {
    // Of several that are started at once one wins; that the others leave is in order.
    if (error instanceof SdError && error.code === 'LIBRARY_IN_USE') log.info('another daemon has the data folder');
    else log.error('did not start', { error });
    throw error;
  } finally {
    await shutdown.run(log);
  }
}

function merged(args: Args, config: Config): Config & { readonly log: NonNullable<Config['log']> } {
  const named = process.env['SD_LOG'];
  const log = named ? named : (config.log ?? 'info');
  const websocket =
    args.websocket === undefined ? config.websocket : { origins: [], ...config.websocket, port: args.websocket };
  try {
    return { ...config, log: level(log), ...(websocket ? { websocket } : {}) };
  } catch (error) {
    throw new UsageError(`SD_LOG: ${error instanceof Error ? error.message : error}`);
  }
}

/** What nobody has caught is a fault of ours in an unknown state: the libraries are safe as they are on disk. */
function dieLoudly(log: DaemonLog): void {
  process.on('uncaughtException', (error) => {
    log.lastWords('uncaught', { error: error instanceof Error ? error.stack : String(error) });
    process.exit(EXIT.failed);
  });
}

function say(text: string): number {
  process.stdout.write(text);
  return EXIT.ok;
}
