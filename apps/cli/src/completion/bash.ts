import type { Completion } from '../declare/option.ts';
import type { CompletedCommand, CompletionModel } from './model.ts';
import { firstWords, quoted, secondWords } from './words.ts';

/** For bash from 3.2 on (macOS has that), which is why there is no mapfile in it. */
export function bashScript(model: CompletionModel): string {
  return [
    '# bash completion for sd; made by: sd completion bash',
    HELPERS,
    '_sd() {',
    '  local cur prev name rest i count=0',
    '  local plain=()',
    '  # Bash takes words apart at : and =; names of methods and --option=value are whole again here.',
    '  cur=${COMP_LINE:0:$COMP_POINT}; cur=${cur##*[[:space:]]}',
    '  prev=${COMP_WORDS[COMP_CWORD-1]}',
    '  case $cur in --*=*) prev=${cur%%=*}; cur=${cur#*=} ;; esac',
    '  for ((i = 1; i < COMP_CWORD; i++)); do',
    '    case ${COMP_WORDS[i]} in',
    `      ${valueOptions(model)}) i=$((i + 1)) ;;`,
    '      -*) ;;',
    '      *) plain+=("${COMP_WORDS[i]}") ;;',
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

const HELPERS = `_sd_words() { local IFS=$' \\n'; COMPREPLY=($(compgen -W "$1" -- "$cur")); }
_sd_files() {
  local IFS=$'\\n'
  type compopt >/dev/null 2>&1 && compopt -o filenames
  COMPREPLY=($(compgen "$1" -- "$cur"))
}
_sd_known() {
  local value part
  while IFS= read -r value; do
    case $value in "$cur"*) COMPREPLY+=("$(printf %q "$value")") ;; esac
  done < <(sd completion --values "$1" 2>/dev/null)
  part=\${cur%"\${cur##*:}"}
  [ -n "$part" ] && COMPREPLY=("\${COMPREPLY[@]#"$part"}")
}`;

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
    `      case $cur in -*) _sd_words ${quoted(options)}; return ;; esac`,
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
  if (typeof complete === 'string') return `_sd_known ${complete}`;
  return `_sd_words ${quoted(complete.join(' '))}`;
}
