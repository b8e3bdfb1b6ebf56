import type { Options, OptionValues } from './command.ts';
import { flag, text } from './option.ts';

/** Options that every command takes, before or after its name. */
export const GLOBAL_OPTIONS = {
  json: flag('print what the daemon answers, as JSON; streams print one value per line'),
  quiet: flag('print no progress and no remarks', { short: 'q' }),
  noColor: flag('no colours; the variable NO_COLOR does the same'),
  library: text('NAME', 'the library to use, by name or id, where several are open', {
    short: 'L',
    complete: 'library',
  }),
  dataDir: text('FOLDER', 'the data folder of the daemon; the variable SD_DATA_DIR does the same', {
    complete: 'folder',
  }),
  instance: text('NAME', 'another daemon beside the usual one; the variable SD_INSTANCE does the same'),
  help: flag('print help', { short: 'h' }),
} as const satisfies Options;

/** What commands that change something take as well. */
export const ACTION_OPTIONS = {
  yes: flag('do it without asking', { short: 'y' }),
  dryRun: flag('print the plan, and stop'),
} as const satisfies Options;

export type Globals = OptionValues<typeof GLOBAL_OPTIONS> & OptionValues<typeof ACTION_OPTIONS>;

/** The options of a command and those it shares with others. */
export function allOptions(command: { options: Options; calls: readonly string[] }): Options {
  const acts = command.calls.some((method) => method.startsWith('action:'));
  return { ...command.options, ...(acts ? ACTION_OPTIONS : {}), ...GLOBAL_OPTIONS };
}
