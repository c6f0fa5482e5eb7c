# What the commands in this folder share: saying things, stopping with a reason, and long work that shows where it is. To
# be read with `source`; it changes to the root of the project.
# shellcheck shell=bash

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '%s\n' "$*"; }
warn() { printf '%s\n' "$*" >&2; }
fail() {
  printf 'No se pudo seguir: %s\n' "$1" >&2
  shift
  (($# == 0)) || printf '  %s\n' "$@" >&2
  exit 1
}

# As many compilers as there are cores, but none without 1.5 GB to work in.
jobs_here() {
  local cores free_kb fits
  cores=$(nproc)
  free_kb=$(awk '/^MemAvailable:/ { print $2 }' /proc/meminfo)
  fits=$((free_kb / 1500000))
  ((fits < 1)) && fits=1
  say $((cores < fits ? cores : fits))
}

# Words before a command that is to find the same addresses each time: g++ 12's ThreadSanitizer does not know how far newer
# kernels spread them. None where the kernel does not let us.
steady=()
steady_addresses() {
  # shellcheck disable=SC2034
  ! setarch "$(uname -m)" -R true 2>/dev/null || steady=(setarch "$(uname -m)" -R)
}

# show_progress LOG: keeps what comes in LOG and shows the newest line of it, in place on a terminal, else now and then.
show_progress() {
  local line shown=$SECONDS width=${COLUMNS:-100}
  while IFS= read -r line || [[ -n $line ]]; do
    printf '%s\n' "$line"
    if [[ -t 2 ]]; then
      printf '\r\033[K  %.*s' $((width - 4)) "$line" >&2
    elif ((SECONDS - shown >= 20)); then
      printf '  %.*s\n' 100 "$line" >&2
      shown=$SECONDS
    fi
  done >"$1"
  [[ ! -t 2 ]] || printf '\r\033[K' >&2
}

# quietly LOG COMMAND…: runs it with its progress shown; the whole of what it said is in LOG, its last lines are shown if
# it fails. Returns what the command returned.
quietly() {
  local log=$1 status=0
  shift
  mkdir -p "$(dirname "$log")"
  "$@" 2>&1 | show_progress "$log" || status=${PIPESTATUS[0]}
  ((status == 0)) || tail -n 25 "$log" >&2
  return "$status"
}
