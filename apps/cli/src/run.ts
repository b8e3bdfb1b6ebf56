import type { CommandEntry } from './sections/section.ts';
import { dataFolderOf } from './daemon/data-folder.ts';
import type { Daemon } from './daemon/daemon.ts';
import type { Globals } from './declare/globals.ts';
import { EXIT, asCliError } from './errors.ts';
import { processInterrupts } from './interrupts.ts';
import { ReaderGone, processOutput } from './output/output.ts';
import { findCommand } from './parse/find-command.ts';
import type { Sd } from './sd.ts';

/** Runs one command line; answers the exit code. Never throws. */
export async function run(argv: readonly string[]): Promise<number> {
  let daemon: Promise<Daemon> | undefined;
  try {
    const found = await findCommand(argv);
    if (found.entry === undefined) return await withoutCommand(found.group, found.rest);
    const { declaration, args, options } = await prepare(found.entry, found.rest);
    const globals = options as unknown as Globals;
    if (globals.help) return await help(declaration.name, globals);
    const dataFolder = dataFolderOf(globals);
    const sd: Sd = {
      out: processOutput(globals),
      globals,
      dataFolder,
      interrupts: processInterrupts(),
      daemon: (wanted) =>
        (daemon ??= import('./daemon/connect.ts').then(({ connect }) => connect(sd, wanted?.start ?? true))),
    };
    return (await declaration.run(sd, args as never, options as never)) ?? EXIT.OK[0];
  } catch (error) {
    if (error instanceof ReaderGone) return EXIT.OK[0];
    const { report } = await import('./output/report.ts');
    return report(asCliError(error), argv);
  } finally {
    // A connection that is still open would keep the process alive.
    await daemon?.then(
      (open) => open.close(),
      () => undefined,
    );
  }
}

async function prepare(entry: CommandEntry, rest: readonly string[]) {
  const [declaration, { parse }] = await Promise.all([entry.load(), import('./parse/parse.ts')]);
  return { declaration, ...(await parse(declaration, rest)) };
}

/** `sd`, `sd --help`, `sd --version`, `sd location`. */
function withoutCommand(group: string | undefined, rest: readonly string[]): Promise<number> {
  const asksVersion = group === undefined && (rest.includes('--version') || rest.includes('-V'));
  const asked = ['--help', '-h', '--version', '-V'];
  return run([
    asksVersion ? 'version' : 'help',
    ...(group === undefined ? [] : [group]),
    ...rest.filter((word) => !asked.includes(word)),
  ]);
}

async function help(topic: string, globals: Globals): Promise<number> {
  const { helpOn } = await import('./help/help.ts');
  const out = processOutput({ ...globals, json: false });
  await out.print(...(await helpOn(topic, out)));
  return EXIT.OK[0];
}
