import type { Sd } from '../sd.ts';
import type { Argument } from './argument.ts';
import type { Option } from './option.ts';

export type Arguments = Readonly<Record<string, Argument>>;
export type Options = Readonly<Record<string, Option>>;

type ArgumentValues<A extends Arguments> = { readonly [K in keyof A]: A[K] extends Argument<infer T> ? T : never };
export type OptionValues<O extends Options> = { readonly [K in keyof O]: O[K] extends Option<infer T> ? T : never };

/**
 * A command, declared once: parsing, help, completion scripts and "did you mean" derive from it. One file each,
 * `commands/<group>/<verb>.ts`, listed in `sections/`.
 */
export interface Command<A extends Arguments = Arguments, O extends Options = Options> {
  /** The words after `sd`. */
  readonly name: string;
  /** One line, no full stop. */
  readonly summary: string;
  /** What more there is to know, in paragraphs. */
  readonly details?: readonly string[];
  readonly arguments: A;
  readonly options: O;
  readonly examples: readonly (readonly [line: string, what: string])[];
  /** The methods it may call, beside `preview:` of its actions. A test holds them against the registry. */
  readonly calls: readonly string[];
  /** Prints with `--json` one JSON value per line, instead of one value. */
  readonly streams?: boolean;
  /** What it resolves to is the exit code; nothing means 0. */
  run(sd: Sd, args: ArgumentValues<A>, options: OptionValues<O>): Promise<number | void>;
}

export function command<const A extends Arguments, const O extends Options>(declaration: Command<A, O>): Command<A, O> {
  return declaration;
}

/** Any command, for those who only look at its declaration. */
// The parameters of `run` are contravariant: only `never` fits them all.
export type AnyCommand = Omit<Command, 'run'> & { run(sd: Sd, args: never, options: never): Promise<number | void> };

/** The option's name on the command line, without dashes. */
export function kebab(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
