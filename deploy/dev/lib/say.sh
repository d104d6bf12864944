# shellcheck shell=bash
# What ./run says, and how: one line per step with the elapsed time, errors with what to do about them.

VSV_STARTED_AT=$SECONDS

# say TEXT...: one line with the time since ./run began.
say() {
  local elapsed=$((SECONDS - VSV_STARTED_AT))
  printf '[%02d:%02d] %s\n' $((elapsed / 60)) $((elapsed % 60)) "$*"
}

# die WHAT [WHAT-TO-DO...]: the message, one line of advice each, exit 1.
die() {
  printf 'run: %s\n' "$1" >&2
  shift
  (($# == 0)) || printf '     %s\n' "$@" >&2
  exit 1
}

# run_logged TITLE LOG COMMAND...: runs the command in the foreground (so that Ctrl-C reaches it) with its output in LOG.
# Every 20 seconds it tells how far the command is; when it fails, the end of the log is shown.
run_logged() {
  local title="$1" log="$2" ticker status=0
  shift 2
  say "$title"
  mkdir -p "$(dirname "$log")"
  : >"$log"
  (
    trap 'exit 0' TERM
    while sleep 20 >/dev/null 2>&1 & wait $!; do
      say "  ... $(tail -n 1 "$log" | tr -cd '[:print:]' | cut -c 1-80)"
    done
  ) </dev/null 9>&- &
  ticker=$!
  "$@" >"$log" 2>&1 || status=$?
  kill "$ticker" 2>/dev/null || true
  wait "$ticker" 2>/dev/null || true
  if ((status != 0)); then
    grep -aE -A 12 'error:|FAILED:|^E: |npm (ERR|error)' "$log" | head -n 60 >&2 || tail -n 40 "$log" >&2
    printf 'run: "%s" failed (exit %d)\n     the whole output: %s\n' "$title" "$status" "$log" >&2
  fi
  return "$status"
}
