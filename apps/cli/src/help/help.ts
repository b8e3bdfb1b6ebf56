import { commands, groups, sections } from '../commands/index.ts';
import { EXIT } from '../errors.ts';
import { pad, width } from '../format/text.ts';
import type { Output } from '../output/output.ts';
import { helpOnCommand } from './command-help.ts';
import { unknownTopic } from './unknown-topic.ts';
import { wrap } from './wrap.ts';

/** The lines of help on a command, a group of commands, `exit-codes`, or on all. */
export async function helpOn(topic: string | undefined, out: Output): Promise<string[]> {
  if (topic === undefined) return overview(out);
  if (topic === 'exit-codes') return exitCodes(out);
  const entry = commands.find((candidate) => candidate.name === topic);
  if (entry) return helpOnCommand(await entry.load(), out);
  const group = groups.find((candidate) => candidate.name === topic);
  if (group) return groupHelp(group, out);
  throw await unknownTopic(topic);
}

function overview(out: Output): string[] {
  const { bold, dim } = out.colors;
  const widest = Math.max(...commands.map(({ name }) => name.length));
  const lines = [
    `${bold('sd')} – knows what you have, wherever it lies`,
    '',
    `${bold('Usage')}  sd COMMAND [ARGUMENTS] [OPTIONS]`,
  ];
  for (const section of sections) {
    lines.push('', bold(section.heading));
    for (const { name, summary } of section.commands) lines.push(...entryLines(name, summary, widest, out));
  }
  lines.push(
    '',
    bold('Every command takes'),
    ...entryLines('--json', 'print what the daemon answers', widest, out),
    ...entryLines('--quiet', 'print no progress', widest, out),
    ...entryLines('--help', 'explain the command', widest, out),
  );
  return [...lines, '', dim('sd help COMMAND explains one. sd help exit-codes lists those.')];
}

function groupHelp(group: { name: string; summary: string }, out: Output): string[] {
  const { bold, dim } = out.colors;
  const inGroup = commands.filter((entry) => entry.name.startsWith(`${group.name} `));
  const widest = Math.max(...inGroup.map(({ name }) => name.length));
  return [
    `${bold(`sd ${group.name}`)} – ${group.summary}`,
    '',
    ...inGroup.flatMap(({ name, summary }) => entryLines(name, summary, widest, out)),
    '',
    dim(`sd help ${inGroup[0]?.name ?? 'COMMAND'} explains one.`),
  ];
}

function exitCodes(out: Output): string[] {
  const { bold } = out.colors;
  return [
    bold('Exit codes'),
    ...Object.values(EXIT).map(([code, meaning]) => `  ${String(code).padStart(3)}  ${meaning}`),
  ];
}

function entryLines(name: string, summary: string, widest: number, out: Output): string[] {
  const room = (out.columns ?? 100) - widest - 4;
  const [first = '', ...more] = wrap(summary, Math.max(20, room));
  return [
    `  ${out.colors.cyan(pad(name, widest))}  ${first}`,
    ...more.map((line) => `${' '.repeat(widest + 4)}${line}`),
  ].filter((line) => width(line) > 0);
}
