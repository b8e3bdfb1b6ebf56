import { connectToDaemon } from '@sd/client/node.ts';
import type { Sd } from '../sd.ts';
import { CLI_VERSION } from '../version.ts';
import type { Daemon } from './daemon.ts';

/** Operations that are about no library, or name it themselves. */
const WITHOUT_LIBRARY = /^(?:rpc\.|[a-z]+:(?:core|jobs|libraries)\.)/;

/** Connects to the daemon of the data folder; starts one where none runs, if it may. */
export async function connect(
  { dataFolder, globals, out }: Pick<Sd, 'dataFolder' | 'globals' | 'out'>,
  start: boolean,
): Promise<Daemon> {
  const { client, wasRunning } = await connectToDaemon({
    dataFolder,
    start,
    client: `sd ${CLI_VERSION}`,
    onStart: () => out.remark(out.errorColors.dim('Starting the daemon…')),
  });
  const withLibrary = (
    method: string,
    params: Readonly<Record<string, unknown>> = {},
  ): Readonly<Record<string, unknown>> =>
    globals.library === undefined || WITHOUT_LIBRARY.test(method) ? params : { library: globals.library, ...params };
  return {
    wasRunning,
    handshake: client.handshake,
    closed: client.closed,
    request: (method, params, options) => client.request(method, withLibrary(method, params), options),
    // The same request, for methods whose types are known.
    call: (method, ...[params, options]) => client.request(method, withLibrary(method, params), options) as never,
    subscribe: (filter, listener) =>
      client.subscribe(globals.library === undefined ? filter : { library: globals.library, ...filter }, listener),
    close: () => client.close(),
  };
}
