# shellcheck shell=bash
# The state directory (VSV_HOME), its lock, the ports, and the secrets.
#
#   $VSV_HOME/pg        the cluster (see pg_place)     $VSV_HOME/run      pid files, ports in use
#   $VSV_HOME/pki       certificates                   $VSV_HOME/log      one log per server
#   $VSV_HOME/secrets   passwords and keys, 0600       $VSV_HOME/lock     held while up or down works
#   $VSV_HOME/erasures  register of erasures, which no restore takes back
#   $VSV_HOME/audit     checkpoints of the audit trails, apart from the database; add to it, never take from it

VSV_HOME="${VSV_HOME:-$VSV_ROOT/var}"
mkdir -p "$VSV_HOME" 2>/dev/null || die "$VSV_HOME cannot be made" "choose another place with VSV_HOME=/some/directory"
VSV_HOME="$(cd "$VSV_HOME" && pwd)"

# OIN of the register keeper of a development set-up, from the range that Logius keeps for tests.
VSV_REGISTER_KEEPER_OIN="${VSV_REGISTER_KEEPER_OIN:-00000099000000001000}"

# Services with an audit trail.
VSV_AUDITED=(programs dossiers outcomes)

declare -A PORT_OFFSET=([partners]=1 [programs]=2 [dossiers]=3 [outcomes]=4 [postgres]=54)
declare -A PORT METRICS_PORT
# Campaigns set it: ports of proxies by which a part is reached instead of its own, by link: service-postgres.
# shellcheck disable=SC2034
declare -A VIA

# set_ports: from VSV_<NAME>_PORT and VSV_<NAME>_METRICS_PORT, else counted from VSV_PORT_BASE (7400).
set_ports() {
  local name variable base="${VSV_PORT_BASE:-7400}"
  for name in "${VSV_SERVICES[@]}" postgres; do
    variable="VSV_${name^^}_PORT"
    PORT[$name]="${!variable:-$((base + PORT_OFFSET[$name]))}"
    if ! [[ "${PORT[$name]}" =~ ^[1-9][0-9]{3,4}$ ]] || ((PORT[$name] < 1024 || PORT[$name] > 65535)); then
      die "port ${PORT[$name]} of $name is not a port between 1024 and 65535" "set $variable or VSV_PORT_BASE"
    fi
  done
  for name in "${VSV_SERVICES[@]}"; do
    variable="VSV_${name^^}_METRICS_PORT"
    METRICS_PORT[$name]="${!variable:-$((base + 10 + PORT_OFFSET[$name]))}"
  done
}

# remember_ports, recall_ports: what runs is found again on the ports it was started with, whatever the environment says.
remember_ports() {
  local name
  for name in "${VSV_SERVICES[@]}" postgres; do
    printf '%s %s %s\n' "$name" "${PORT[$name]}" "${METRICS_PORT[$name]:-0}"
  done >"$VSV_HOME/run/ports"
}

recall_ports() {
  local name port metrics
  set_ports
  [[ -f "$VSV_HOME/run/ports" ]] || return 0
  while read -r name port metrics; do
    PORT[$name]="$port"
    METRICS_PORT[$name]="$metrics"
  done <"$VSV_HOME/run/ports"
}

# make_home: the directories, closed to others.
make_home() {
  install -d -m 0755 "$VSV_HOME/run" "$VSV_HOME/log" "$VSV_HOME/pki" "$VSV_HOME/audit"
  install -d -m 0700 "$VSV_HOME/secrets" "$VSV_HOME/erasures"
}

# take_lock: one `up` or `down` at a time. The kernel frees the lock when its holder ends, however it ends, so a stale
# lock cannot exist. Servers are started without descriptor 9.
take_lock() {
  exec 9>"$VSV_HOME/lock"
  flock -n 9 || die "another ./run works in $VSV_HOME at this moment" "wait for it, or use another VSV_HOME"
}

# random_secret: 32 random bytes in hex.
random_secret() {
  od -An -N32 -tx1 /dev/urandom | tr -d ' \n'
}

# make_secrets: passwords as libpq password files, cursor keys as 32 random bytes. Made once, never printed, and never
# on a command line.
make_secrets() {
  local service role file old_umask
  old_umask="$(umask)"
  umask 077
  cd "$VSV_HOME/secrets" || return
  [[ -f postgres.password ]] || random_secret >postgres.password
  printf '*:*:*:postgres:%s\n' "$(cat postgres.password)" >postgres.pgpass
  for service in "${VSV_SERVICES[@]}"; do
    for role in owner app worker; do
      file="vsv_${service}_$role"
      [[ -f "$file.password" ]] || random_secret >"$file.password"
      printf '*:*:*:%s:%s\n' "$file" "$(cat "$file.password")" >"$file.pgpass"
    done
    [[ -f "$service.cursor_key" ]] || head -c 32 /dev/urandom >"$service.cursor_key"
  done
  # Under this key pupil numbers are hashed and sealed: without it the pupils in the database cannot be found again.
  for service in dossiers outcomes; do
    [[ -f "$service.pupil_key" ]] || random_secret >"$service.pupil_key"
  done
  # Under this key the audit trail is sealed; whoever verifies has its public half (./run audit export).
  for service in "${VSV_AUDITED[@]}"; do
    [[ -f "$service.audit_key" ]] || openssl genpkey -algorithm ed25519 -out "$service.audit_key"
  done
  cd "$VSV_ROOT" || return
  umask "$old_umask"
}
