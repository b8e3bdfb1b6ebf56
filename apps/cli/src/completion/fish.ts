import type { Completion } from '../declare/option.ts';
import type { CompletedCommand, CompletionModel } from './model.ts';
import { firstWords, fishQuoted, secondWords } from './words.ts';

export function fishScript(model: CompletionModel): string {
  return [
    '# fish completion for sd; made by: sd completion fish',
    'function __sd_plain; string match -v -- "-*" (commandline -opc)[2..-1]; end',
    'function __sd_none; test (count (__sd_plain)) -eq 0; end',
    'function __sd_group; set -l p (__sd_plain); test (count $p) -eq 1; and test "$p[1]" = $argv[1]; end',
    'function __sd_is; set -l p (__sd_plain); set -l n (count $argv); test (count $p) -ge $n; and test "$p[1..$n]" = "$argv"; end',
    QUERY,
    'complete -c sd -f',
    ...firstWords(model).map(({ name, summary }) => `complete -c sd -n __sd_none -a ${name} -d ${fishQuoted(summary)}`),
    ...model.groups.flatMap((group) =>
      secondWords(model, group.name).map(
        ({ name, summary }) => `complete -c sd -n '__sd_group ${group.name}' -a ${name} -d ${fishQuoted(summary)}`,
      ),
    ),
    ...model.commands.flatMap(commandLines),
  ].join('\n');
}

/** What stands in the token, without the option it is the value of. What follows two dashes is no query. */
const QUERY = `function __sd_query
  contains -- -- (commandline -opc); and return
  set -l token (string replace -r -- '^--[a-z-]+=' '' (commandline -ct))
  sd completion --values query --typed=(string unescape -- $token | string collect) 2>/dev/null
end`;

function commandLines(command: CompletedCommand): string[] {
  const when = `-n '__sd_is ${command.name}'`;
  const options = command.options.map((option) => {
    const value = option.takesValue ? ` -x${offer(option.complete)}` : '';
    return `complete -c sd ${when}${option.short ? ` -s ${option.short}` : ''} -l ${option.long}${value} -d ${fishQuoted(option.summary)}`;
  });
  const offered = command.arguments.map(({ complete }) => offer(complete)).filter((text) => text !== '');
  return [...options, ...[...new Set(offered)].map((text) => `complete -c sd ${when}${text}`)];
}

function offer(complete: Completion | undefined): string {
  if (complete === undefined) return '';
  if (complete === 'path') return " -a '(__fish_complete_path)'";
  if (complete === 'folder') return " -a '(__fish_complete_directories)'";
  if (complete === 'query') return ` -a '(__sd_query)'`;
  if (typeof complete === 'string') return ` -a '(sd completion --values ${complete} 2>/dev/null)'`;
  return ` -a ${fishQuoted(complete.join(' '))}`;
}
