import type { Completion } from '../declare/option.ts';
import type { CompletedCommand, CompletedOption, CompletionModel } from './model.ts';
import { firstWords, quoted, secondWords } from './words.ts';

export function zshScript(model: CompletionModel): string {
  return [
    '#compdef sd',
    '# zsh completion for sd; made by: sd completion zsh',
    '_sd_known() { local -a known; known=(${(f)"$(sd completion --values $1 2>/dev/null)"}); compadd -a known; }',
    QUERY,
    '_sd() {',
    '  local -a firsts seconds',
    `  firsts=(${firstWords(model).map(described).join(' ')})`,
    '  if (( CURRENT == 2 )); then _describe -t commands command firsts; return; fi',
    '  case $words[2] in',
    ...model.groups.flatMap((group) => [
      `    ${group.name})`,
      `      seconds=(${secondWords(model, group.name).map(described).join(' ')})`,
      '      if (( CURRENT == 3 )); then _describe -t commands command seconds; return; fi',
      '      case $words[3] in',
      ...model.commands
        .filter(({ name }) => name.startsWith(`${group.name} `))
        .map((command) => commandCase(command, 2)),
      '      esac ;;',
    ]),
    ...model.commands.filter(({ name }) => !name.includes(' ')).map((command) => commandCase(command, 1)),
    '  esac',
    '}',
    'if [ "$funcstack[1]" = _sd ]; then _sd "$@"; else compdef _sd sd; fi',
  ].join('\n');
}

/**
 * A query is replaced as a whole, so that its names get their quotes; keys go on without a space. What follows two dashes
 * is no query.
 */
const QUERY = `_sd_query() {
  (( \${words[(I)--]} )) && return
  local -a known
  local quote=\${compstate[quote]}
  local typed=\${(Q)\${:-$quote$PREFIX$quote}}
  known=(\${(f)"$(sd completion --values query --typed=$typed 2>/dev/null)"})
  compadd -U -S '' -- \${(M)known:#*:}
  compadd -U -- \${known:#*:}
}`;

function commandCase(command: CompletedCommand, words: number): string {
  const specs = [
    ...command.options.flatMap(optionSpecs),
    ...command.arguments.map((argument, index) =>
      quoted(`${argument.many ? '*' : index + 1}: :${action(argument.complete)}`),
    ),
  ];
  const last = command.name.split(' ').at(-1) ?? '';
  return `      ${last}) shift ${words} words; (( CURRENT -= ${words} )); _arguments -S ${specs.join(' ')} ;;`;
}

function optionSpecs(option: CompletedOption): string[] {
  const what = `[${option.summary.replaceAll(/[[\]:\\]/g, '\\$&')}]`;
  const value = option.takesValue ? `:value:${action(option.complete)}` : '';
  const long = quoted(`--${option.long}${option.takesValue ? '=' : ''}${what}${value}`);
  return option.short ? [long, quoted(`-${option.short}${option.takesValue ? '+' : ''}${what}${value}`)] : [long];
}

function action(complete: Completion | undefined): string {
  if (complete === undefined) return ' ';
  if (complete === 'path') return '_files';
  if (complete === 'folder') return '_files -/';
  if (complete === 'query') return '{_sd_query}';
  if (typeof complete === 'string') return `{_sd_known ${complete}}`;
  return `(${complete.join(' ')})`;
}

function described(word: { name: string; summary: string }): string {
  return quoted(`${word.name}:${word.summary.replaceAll(':', '\\:')}`);
}
