import { BASH_HELPERS } from './bash-helpers.ts';
import type { Completion } from '../declare/option.ts';
import type { CompletedCommand, CompletionModel } from './model.ts';
import { firstWords, quoted, secondWords } from './words.ts';

/** For bash from 3.2 on (macOS has that), which is why there is no mapfile in it. */
export function bashScript(model: CompletionModel): string {
  return [
    '# bash completion for sd; made by: sd completion bash',
    BASH_HELPERS,
    '_sd() {',
    "  local words=() plain=() cur='' quote='' kept=0 prev='' lead='' literal='' name rest i count=0",
    '  _sd_split',
    '  prev=${words[${#words[@]}-1]}',
    '  case $cur in --*=*) prev=${cur%%=*}; lead=$prev=; cur=${cur#*=} ;; esac',
    '  for ((i = 1; i < ${#words[@]}; i++)); do',
    '    case ${words[i]} in',
    `      ${valueOptions(model)}) i=$((i + 1)) ;;`,
    '      --) literal=1; plain+=("${words[@]:i+1}"); break ;;',
    '      -*) ;;',
    '      *) plain+=("${words[i]}") ;;',
    '    esac',
    '  done',
    '  case ${plain[0]} in',
    ...model.groups.map(
      (group) => `    ${group.name}) name="\${plain[0]} \${plain[1]}"; count=$((\${#plain[@]} - 2)) ;;`,
    ),
    '    *) name=${plain[0]}; count=$((${#plain[@]} - 1)) ;;',
    '  esac',
    '  case $name in',
    `    '') _sd_words ${quoted(
      firstWords(model)
        .map(({ name }) => name)
        .join(' '),
    )}; return ;;`,
    ...model.groups.map(
      (group) =>
        `    '${group.name} ') _sd_words ${quoted(
          secondWords(model, group.name)
            .map(({ name }) => name)
            .join(' '),
        )}; return ;;`,
    ),
    ...model.commands.flatMap(commandCase),
    '  esac',
    '}',
    'complete -F _sd sd',
  ].join('\n');
}

function valueOptions(model: CompletionModel): string {
  const names = model.commands.flatMap((command) =>
    command.options.flatMap((option) =>
      option.takesValue ? [`--${option.long}`, ...(option.short ? [`-${option.short}`] : [])] : [],
    ),
  );
  return [...new Set(names)].join('|');
}

function commandCase(command: CompletedCommand): string[] {
  const valued = command.options.filter((option) => option.takesValue);
  const options = command.options.map((option) => `--${option.long}`).join(' ');
  const last = command.arguments.at(-1);
  return [
    `    '${command.name}')`,
    '      case $prev in',
    ...valued.map(
      (option) =>
        `        --${option.long}${option.short ? `|-${option.short}` : ''}) ${offer(option.complete)}; return ;;`,
    ),
    '      esac',
    `      case $quote$cur in -*) _sd_words ${quoted(options)}; return ;; esac`,
    ...(command.arguments.length > 0
      ? [
          '      case $count in',
          ...command.arguments.map(
            (argument, index) =>
              `        ${index === command.arguments.length - 1 && last?.many ? '*' : index}) ${offer(argument.complete)} ;;`,
          ),
          '      esac ;;',
        ]
      : ['      ;;']),
  ];
}

function offer(complete: Completion | undefined): string {
  if (complete === undefined) return ':';
  if (complete === 'path') return '_sd_files -f';
  if (complete === 'folder') return '_sd_files -d';
  if (complete === 'query') return '_sd_query';
  if (typeof complete === 'string') return `_sd_known ${complete}`;
  return `_sd_words ${quoted(complete.join(' '))}`;
}
