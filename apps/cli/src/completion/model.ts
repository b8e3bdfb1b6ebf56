import { commands, groups } from '../commands/index.ts';
import { kebab } from '../declare/command.ts';
import { allOptions } from '../declare/globals.ts';
import type { Completion } from '../declare/option.ts';

/** What a shell can offer for the words after `sd`. */
export interface CompletionModel {
  readonly groups: readonly { readonly name: string; readonly summary: string }[];
  readonly commands: readonly CompletedCommand[];
}
export interface CompletedCommand {
  readonly name: string;
  readonly summary: string;
  readonly arguments: readonly CompletedArgument[];
  readonly options: readonly CompletedOption[];
}
export interface CompletedArgument {
  readonly name: string;
  readonly summary: string;
  readonly required: boolean;
  readonly many: boolean;
  readonly complete: Completion | undefined;
}
export interface CompletedOption {
  /** Without dashes. */
  readonly long: string;
  readonly short: string | undefined;
  readonly summary: string;
  readonly takesValue: boolean;
  readonly complete: Completion | undefined;
}

/** From the declarations of all commands, in the order of help. */
export async function completionModel(): Promise<CompletionModel> {
  const declared = await Promise.all(commands.map((entry) => entry.load()));
  return {
    groups,
    commands: declared.map((command) => ({
      name: command.name,
      summary: command.summary,
      arguments: Object.entries(command.arguments).map(([name, { summary, required, many, complete }]) => ({
        name: kebab(name),
        summary,
        required,
        many,
        complete,
      })),
      options: Object.entries(allOptions(command)).map(([key, option]) => ({
        long: kebab(key),
        short: option.short,
        summary: option.summary,
        takesValue: option.placeholder !== undefined,
        complete: option.complete,
      })),
    })),
  };
}
