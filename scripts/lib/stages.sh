# shellcheck shell=bash
# Sourced from the repository's root. Runs the stages of a script: one line each with the time it took, its output in a log.

readonly LOGS=$PWD/target/logs
mkdir -p "$LOGS"

ticker=''
stop_ticker() {
  if [[ -n $ticker ]]; then
    kill "$ticker" 2>/dev/null || true
    wait "$ticker" 2>/dev/null || true
    ticker=''
  fi
}
trap stop_ticker EXIT
# An interrupted stage ends the script: what comes after it must not start.
trap "exit 130" INT TERM

tick() {
  local began=$SECONDS
  # The last sleep outlives the ticker: it must not hold our caller's pipe open.
  while sleep 10 >/dev/null 2>&1; do
    printf '    … %d s\n' $((SECONDS - began))
  done
}

# stage LOG TITLE COMMAND...: on failure prints the end of the log, and returns the command's status.
stage() {
  local log=$LOGS/$1.log title=$2 began=$SECONDS status=0
  shift 2
  printf '  %s\n' "$title"
  tick &
  ticker=$!
  "$@" >"$log" 2>&1 </dev/null || status=$?
  stop_ticker
  if ((status == 0)); then
    printf '    done, %d s\n' $((SECONDS - began))
  else
    printf '    FAILED (%d) after %d s; the end of %s:\n' "$status" $((SECONDS - began)) "$log"
    tail -n 40 "$log" | awk '{ print "    | " $0 }'
  fi
  return "$status"
}
