/**
 * Functions of the script for bash. `_sd_split` reads the line itself, for bash takes words apart at : and =. It leaves in
 * `words` those before the cursor as the command will get them, in `cur` the last one, in `quote` what is still open, and
 * in `kept` how much of `cur` readline leaves alone: what it replaces begins behind the last break, or the open quote.
 * `_sd_reply` answers a value as it must stand there; `lead` is what stands before the value in the same word.
 */
export const BASH_HELPERS = `_sd_escapable='$"\\\`'
_sd_split() {
  local line=\${COMP_LINE:0:COMP_POINT} begun='' before=0 next i c
  for ((i = 0; i < \${#line}; i++)); do
    c=\${line:i:1} next=\${line:i+1:1}
    case \${quote:-.}$c in
      "''" | '""') quote=''; kept=$before ;;
      "'"*) cur+=$c ;;
      '"\\') case $_sd_escapable in *"$next"*) cur+=$next; i=$((i + 1)) ;; *) cur+=$c ;; esac ;;
      '"'*) cur+=$c ;;
      ".'" | '."') quote=$c begun=1 before=$kept kept=\${#cur} ;;
      '.\\') cur+=$next begun=1; i=$((i + 1)) ;;
      .[[:space:]]) [ -n "$begun" ] && words+=("$cur"); cur='' begun='' kept=0 ;;
      *) cur+=$c begun=1; case $COMP_WORDBREAKS in *"$c"*) kept=\${#cur} ;; esac ;;
    esac
  done
}
_sd_reply() {
  local value=$lead$1 typed=$lead$cur reply='' head i c
  head=\${typed:0:kept}
  case $value in "$head"*) value=\${value:kept} ;; *) return ;; esac
  if [ -n "$quote" ]; then
    for ((i = 0; i < \${#value}; i++)); do
      c=\${value:i:1}
      case $quote$c in
        "''") reply+="'\\\\''" ;;
        '"'*) case $_sd_escapable in *"$c"*) reply+="\\\\$c" ;; *) reply+=$c ;; esac ;;
        *) reply+=$c ;;
      esac
    done
  elif [ -n "$value" ]; then
    printf -v reply %q "$value"
  fi
  COMPREPLY+=("$reply")
}
_sd_offer() {
  local value
  for value in "$@"; do
    case $value in "$cur"*) _sd_reply "$value" ;; esac
  done
}
_sd_words() { local IFS=$' \\n'; _sd_offer $1; }
_sd_files() {
  local IFS=$'\\n' part=$((kept - \${#lead})) i
  compopt -o filenames 2>/dev/null
  COMPREPLY=($(compgen "$1" -- "$cur"))
  [ "$part" -gt 0 ] && for i in "\${!COMPREPLY[@]}"; do COMPREPLY[i]=\${COMPREPLY[i]:part}; done
}
_sd_known() {
  local value
  while IFS= read -r value; do _sd_offer "$value"; done < <(sd completion --values "$1" 2>/dev/null)
}
_sd_query() {
  local value
  [ -n "$literal" ] && return
  while IFS= read -r value; do _sd_reply "$value"; done < <(sd completion --values query --typed="$cur" 2>/dev/null)
  case \${#COMPREPLY[@]}$COMPREPLY in
    1*:)
      compopt -o nospace 2>/dev/null
      # One alone would have its quote closed.
      [ -n "$quote" ] && COMPREPLY+=("$COMPREPLY…") ;;
  esac
}`;
