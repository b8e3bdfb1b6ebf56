import type { Daemon } from '../daemon/daemon.ts';

/** Every method the daemon has. */
export async function methodNames(daemon: Daemon): Promise<string[]> {
  const { methods } = (await daemon.request('rpc.discover')) as { methods: { name: string }[] };
  return methods.map(({ name }) => name);
}
