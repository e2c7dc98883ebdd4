set -u
EXECUTE=no GO_ON=no ALL=no FROM=1 HERE=$(cd "$(dirname "$0")" && pwd)
KNOWN_HOSTS=${KNOWN_HOSTS:-$HERE/known_hosts} # pinned host keys; without the file, your own known_hosts
KEYS=${KEYS:-}                                # folder of private keys by the names in the contracts; without it, your own
WAS_RUNNING=${WAS_RUNNING:-$HERE/$SITE.was-running} # what "down" saw running; "up" starts that

usage() {
  cat <<'END'
Shows what it would do, and does it only with --execute.

  sh <site>.sh down [--execute] [--from STAGE] [--go-on]
  sh <site>.sh up   [--execute] [--from STAGE] [--go-on] [--all]

  --from STAGE  begin there: what is before it is done
  --go-on       do not halt after a stage in which something did not go down or come up
  --all         start every guest, not only those that "down" saw running

Needs sh and ssh, and for waking perl or wakeonlan.
KNOWN_HOSTS=<file> and KEYS=<folder> say where host keys and private keys are.
END
}

say() { printf '%s  %s\n' "$(date +%H:%M:%S)" "$*"; }

trouble() {
  say "$NAME: $*"
  printf '%s: %s\n' "$NAME" "$*" >> "$WORK/trouble"
}

# Runs one line on the host that $ADDRESS $PORT $LOGIN $KEY name. Host keys are always checked.
on() {
  set -- -n -T -o BatchMode=yes -o ConnectTimeout=5 -o ServerAliveInterval=5 -o ServerAliveCountMax=6 \
    -o StrictHostKeyChecking=yes -o ForwardAgent=no -p "$PORT" -l "$LOGIN" "$ADDRESS" "$1"
  if [ -s "$KNOWN_HOSTS" ]; then set -- -o "UserKnownHostsFile=$KNOWN_HOSTS" "$@"; fi
  if [ -n "$KEYS" ]; then set -- -i "$KEYS/$KEY" -o IdentitiesOnly=yes "$@"; fi
  ssh "$@"
}

# What the host says to a line, its errors too.
told() { on "$1" 2>&1; }

# Silent only when nothing takes a connection; a refused login or a changed key is an answer.
silent() {
  heard=$(told true) && return 1
  case $heard in
    *"onnection refused"* | *"timed out"* | *"o route to host"* | *"nreachable"* | *"losed by"* | *"reset by"*) return 0 ;;
  esac
  return 1
}

guest_down() { # status, shutdown, stop or nothing where force is not permitted
  now=$(told "$1")
  case $now in
    *"status: stopped"*) say "$NAME: is down already"; return ;;
    *"status: running"*) ;;
    *) trouble "cannot be seen: $now"; return ;;
  esac
  printf '%s\n' "$NAME" >> "$WAS_RUNNING"
  say "$NAME: is asked to shut down"
  answer=$(told "$2")
  now=$(told "$1")
  case $now in
    *"status: stopped"*) say "$NAME: is down"; return ;;
    *"status: running"*) ;;
    *) trouble "was asked to shut down, and cannot be seen: $now"; return ;;
  esac
  if [ -z "$3" ]; then trouble "does not shut down ($answer), and its contract permits no force"; return; fi
  say "$NAME: does not shut down ($answer): is stopped by force"
  answer=$(told "$3")
  case $(told "$1") in
    *"status: stopped"*) say "$NAME: is down, by force" ;;
    *) trouble "is not down after force: $answer" ;;
  esac
}

guest_up() { # always or restore, status, start
  if [ "$1" = restore ] && [ "$ALL" = no ] && ! grep -qxF "$NAME" "$WAS_RUNNING"; then
    say "$NAME: was not running before, and stays as it is"
    return
  fi
  now=$(told "$2")
  case $now in
    *"status: running"*) say "$NAME: runs already"; return ;;
    *"status: stopped"*) ;;
    *) trouble "cannot be seen: $now"; return ;;
  esac
  say "$NAME: is started"
  answer=$(told "$3")
  case $(told "$2") in
    *"status: running"*) say "$NAME: runs" ;;
    *) trouble "does not run: $answer" ;;
  esac
}

simple() { # a command that ends without an error
  say "$NAME: $1"
  if answer=$(told "$1"); then say "$NAME: done"; else trouble "$answer"; fi
}

host_down() { # seconds, power-off, another power-off where the first is not known
  if silent; then trouble "does not answer ($heard): look at it, it may be off already"; return; fi
  say "$NAME: is powered off"
  if ! answer=$(told "$2"); then
    case $answer in
      *"not found"* | *"o such file"*) if [ -n "$3" ]; then answer=$(told "$3"); fi ;;
    esac
  fi
  until=$(($(date +%s) + $1)) quiet=0
  while [ "$(date +%s)" -lt "$until" ]; do
    if silent; then quiet=$((quiet + 1)); else quiet=0; fi
    if [ "$quiet" -ge 3 ]; then say "$NAME: is off: three times no answer"; return; fi
    sleep 1
  done
  trouble "still answers: $answer"
}

magic() { # broadcast, port, MAC
  if command -v perl > /dev/null; then
    perl -MSocket -e 'my ($b, $p, $m) = @ARGV; $m =~ s/://g;
socket(my $s, PF_INET, SOCK_DGRAM, 17); setsockopt($s, SOL_SOCKET, SO_BROADCAST, 1);
send($s, "\xff" x 6 . pack("H12", $m) x 16, 0, sockaddr_in($p, inet_aton($b)))' "$@"
  else
    wakeonlan -i "$1" -p "$2" "$3" > /dev/null
  fi || say "$NAME: no magic packet could be sent to $3: press its power button"
}

# A magic packet crosses no router: where a host beside the card is named, that sends it.
packet() ( # broadcast,port,MAC of a card, and host,port,login,key of such a host
  IFS=,
  # shellcheck disable=SC2086 # its words are what is wanted
  set -- $1
  unset IFS
  if [ $# -lt 7 ]; then magic "$1" "$2" "$3"; exit; fi
  ADDRESS=$4 PORT=$5 LOGIN=$6 KEY=$7
  told "wakeonlan -i $1 -p $2 $3" > /dev/null || say "$NAME: no magic packet could be sent to $3 from $4: press its power button"
)

wake() { # seconds a boot takes, then every card as above
  if ! silent; then say "$NAME: is on already"; return; fi
  boot=$1
  shift
  if [ $# = 0 ]; then say "$NAME: press its power button; waiting for it"; fi
  for attempt in 1 2 3; do
    for card; do
      say "$NAME: magic packet to $(echo "$card" | cut -d, -f3) (attempt $attempt)"
      packet "$card"
    done
    until=$(($(date +%s) + boot))
    while [ "$(date +%s)" -lt "$until" ]; do
      if on true > /dev/null 2>&1; then say "$NAME: is on"; return; fi
      sleep 1
    done
  done
  trouble "does not come up"
}

stage() { STAGE=$1; say "--- stage $1"; : > "$WORK/trouble"; STARTED=0; }

# One move beside the others of its stage; a few at a time, since servers refuse a crowd of logins.
go() {
  if [ "$STAGE" -lt "$FROM" ]; then return; fi
  NAME=$1 ADDRESS=$2 PORT=$3 LOGIN=$4 KEY=$5
  shift 5
  if [ "$EXECUTE" = no ]; then
    say "would: $NAME at $LOGIN@$ADDRESS:$PORT"
    kind=$1
    shift
    for line; do if [ -n "$line" ]; then say "         $kind: $line"; fi; done
    return
  fi
  "$@" &
  STARTED=$((STARTED + 1))
  if [ $((STARTED % 3)) = 0 ]; then sleep 1; fi
}

stage_end() {
  wait
  if [ "$STAGE" -lt "$FROM" ] || [ ! -s "$WORK/trouble" ]; then return; fi
  cat "$WORK/trouble" >> "$WORK/all"
  if [ "$GO_ON" = yes ]; then return; fi
  say "HALTED after stage $STAGE. See to it, then: $WAY --execute --from $STAGE (again), or --from $((STAGE + 1))"
  finish
}

finish() {
  if [ -s "$WORK/all" ]; then
    say "NOT WELL:"
    cat "$WORK/all"
    exit 3
  fi
  exit 0
}

main() {
  WAY=${1:-}
  case $WAY in down | up) shift ;; *) usage; exit 2 ;; esac
  while [ $# -gt 0 ]; do
    case $1 in
      --execute) EXECUTE=yes ;;
      --go-on) GO_ON=yes ;;
      --all) ALL=yes ;;
      --from)
        FROM=${2:-x}
        case $FROM in *[!0-9]*) usage; exit 2 ;; esac
        if [ $# -gt 1 ]; then shift; fi
        ;;
      *) usage; exit 2 ;;
    esac
    shift
  done
  WORK=$(mktemp -d) || exit 1
  trap 'rm -rf "$WORK"' EXIT
  : > "$WORK/all"
  if [ "$EXECUTE" = yes ] && [ "$WAY" = up ] && [ "$ALL" = no ] && [ ! -e "$WAS_RUNNING" ]; then
    say "Nothing tells what was running before ($WAS_RUNNING is not there). Say --all to start every guest."
    exit 2
  fi
  if [ "$EXECUTE" = yes ] && [ "$WAY" = down ] && [ "$FROM" = 1 ]; then : > "$WAS_RUNNING" || exit 1; fi
  if [ "$EXECUTE" = no ]; then say "DRY RUN of $WAY: nothing is done. Say --execute to do it."; fi
  "$WAY"
  if [ "$EXECUTE" = yes ]; then say "end of $WAY"; fi
  finish
}
