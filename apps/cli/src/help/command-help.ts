import { type AnyCommand, type Options, kebab } from '../declare/command.ts';
import { ACTION_OPTIONS, GLOBAL_OPTIONS } from '../declare/globals.ts';
import { pad, width } from '../format/text.ts';
import type { Output } from '../output/output.ts';
import { wrap } from './wrap.ts';

const MOST_COLUMNS = 100;

/** The whole page of a command, from its declaration. */
export function helpOnCommand(command: AnyCommand, out: Output): string[] {
  const { bold, dim } = out.colors;
  const columns = Math.min(out.columns ?? MOST_COLUMNS, MOST_COLUMNS);
  const acts = command.calls.some((method) => method.startsWith('action:'));
  const args = Object.entries(command.arguments).map(
    ([key, argument]) => [argumentText(key, argument), argument.summary] as const,
  );
  const own = optionRows({ ...command.options, ...(acts ? ACTION_OPTIONS : {}) });
  const shared = optionRows(GLOBAL_OPTIONS);
  const widest = Math.min(30, Math.max(...[...args, ...own, ...shared].map(([name]) => width(name))));
  const rows = (entries: readonly (readonly [string, string])[]): string[] =>
    entries.flatMap(([name, summary]) => row(name, summary, widest, columns, out));
  return [
    ...wrap(`${bold(`sd ${command.name}`)} – ${command.summary}`, columns),
    ...(command.details ?? []).flatMap((paragraph) => ['', ...wrap(paragraph, columns)]),
    '',
    `${bold('Usage')}  ${['sd', command.name, ...args.map(([name]) => name), ...(own.length > 0 ? ['[OPTIONS]'] : [])].join(' ')}`,
    ...(args.length > 0 ? ['', bold('Arguments'), ...rows(args)] : []),
    ...(own.length > 0 ? ['', bold('Options'), ...rows(own)] : []),
    '',
    bold('Shared options'),
    ...rows(shared),
    ...(command.examples.length > 0
      ? ['', bold('Examples'), ...command.examples.flatMap(([line, what]) => [`  ${dim(`# ${what}`)}`, `  ${line}`])]
      : []),
  ];
}

function argumentText(key: string, argument: { required: boolean; many: boolean }): string {
  const name = `${key.replace(/[A-Z]/g, (letter) => `-${letter}`).toUpperCase()}${argument.many ? '…' : ''}`;
  return argument.required ? name : `[${name}]`;
}

function optionRows(options: Options): (readonly [string, string])[] {
  return Object.entries(options).map(([key, option]) => {
    const short = option.short ? `-${option.short}, ` : '    ';
    const value = option.placeholder === undefined ? '' : ` ${option.placeholder}`;
    return [
      `${short}--${kebab(key)}${value}`,
      option.many ? `${option.summary}; may be given again` : option.summary,
    ] as const;
  });
}

function row(name: string, summary: string, widest: number, columns: number, out: Output): string[] {
  const indent = ' '.repeat(widest + 4);
  const lines = wrap(summary, Math.max(20, columns - widest - 4));
  if (width(name) > widest) return [`  ${out.colors.cyan(name)}`, ...lines.map((line) => indent + line)];
  return [`  ${out.colors.cyan(pad(name, widest))}  ${lines[0] ?? ''}`, ...lines.slice(1).map((line) => indent + line)];
}
