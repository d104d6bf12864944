#!/usr/bin/env bash
# A private PostgreSQL 15 cluster for tests: Unix socket only, trust on that socket, one template database per service.
#
#   test_cluster.sh start DIR             make (once) and start; prints `export VSV_TEST_PG=...` on standard output
#   test_cluster.sh reload DIR [SERVICE]  make tpl_<service> again from the current migrations (all when none is named)
#   test_cluster.sh crash DIR             kill -9 the postmaster and its children (for tests of recovery)
#   test_cluster.sh stop DIR              stop the cluster in DIR; the directory stays
#   test_cluster.sh remove DIR            stop it and remove the directory
#
# Any number of clusters run side by side. VSV_TEST_FSYNC=on makes commits durable (default off: tests are faster).
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
# shellcheck source=deploy/dev/lib/postgres.sh
source "$here/lib/postgres.sh"

readonly PORT=5432 # names the socket file only

usage() {
  sed -n '2,10s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2
  exit 2
}

as_superuser() {
  PGOPTIONS='-c client_min_messages=warning' psql -X -q -v ON_ERROR_STOP=1 -h "$socket" -p "$PORT" -U postgres -d postgres "$@"
}

# The template is deployed beside the old one and swapped in, so that a failing migration leaves no half template.
make_template() {
  local service="$1" new="tpl_${1}_new" output
  as_superuser -c "DROP DATABASE IF EXISTS $new WITH (FORCE)"
  as_superuser -c "CREATE DATABASE $new OWNER vsv_${service}_owner TEMPLATE template0"
  if ! output="$(pg_deploy "$service" "$new" "$socket" "$PORT")"; then
    printf '%s\nthe migrations of %s do not deploy; tpl_%s is not there\n' "$output" "$service" "$service" >&2
    as_superuser -c "DROP DATABASE $new WITH (FORCE)"
    as_superuser -c "DROP DATABASE IF EXISTS tpl_$service WITH (FORCE)"
    rm -f "$place/tpl_$service.sum"
    return 1
  fi
  as_superuser -c "DROP DATABASE IF EXISTS tpl_$service WITH (FORCE)"
  as_superuser -c "ALTER DATABASE $new RENAME TO tpl_$service"
  pg_migrations_sum "$service" >"$place/tpl_$service.sum"
  echo "tpl_$service is ready" >&2
}

# make_templates FORCE [SERVICE]: those whose migrations changed since they were made, or all when forced.
make_templates() {
  local force="$1" only="${2:-}" service job failed=0
  local -a making=()
  for service in "${VSV_SERVICES[@]}"; do
    [[ -z "$only" || "$only" == "$service" ]] || continue
    if [[ ! -f "$here/../../services/$service/migrations/sqitch.plan" ]]; then
      [[ -z "$only" ]] || { echo "services/$service/migrations/sqitch.plan is missing" >&2; return 1; }
      continue
    fi
    if [[ "$force" == no && -f "$place/tpl_$service.sum" &&
      "$(cat "$place/tpl_$service.sum")" == "$(pg_migrations_sum "$service")" ]]; then
      continue
    fi
    make_template "$service" &
    making+=($!)
  done
  for job in "${making[@]}"; do
    wait "$job" || failed=1
  done
  return "$failed"
}

start() {
  pg_init "$place" trust
  if ! pg_is_running "$place"; then
    pg_configure "$place" <<CONF
listen_addresses = ''
port = $PORT
unix_socket_directories = '$socket'
fsync = ${VSV_TEST_FSYNC:-off}
synchronous_commit = on
full_page_writes = ${VSV_TEST_FSYNC:-off}
shared_buffers = 64MB
max_connections = 200
random_page_cost = 1.1
timezone = 'UTC'
log_line_prefix = '%m [%p] %u@%d '
log_min_duration_statement = 2s
CONF
    pg_start "$place"
  fi
  local service
  for service in "${VSV_SERVICES[@]}"; do
    as_superuser -v "service=$service" -f "$here/../postgres/roles.sql"
  done
  local failed=0
  make_templates no || failed=1
  printf "export VSV_TEST_PG='host=%s port=%s user=postgres'\n" "$socket" "$PORT"
  return "$failed"
}

(($# >= 2)) || usage
command="$1"
place="$(pg_place "$2")"
socket="$(pg_socket_dir "$place")"
case "$command" in
  start) start ;;
  stop) pg_stop "$place" ;;
  reload)
    pg_is_running "$place" || { echo "no cluster runs in $place; start it first" >&2; exit 1; }
    make_templates yes "${3:-}"
    ;;
  crash) pg_crash "$place" ;;
  remove)
    [[ -f "$place/data/PG_VERSION" || -z "$(ls -A "$2")" ]] || { echo "$2 holds no cluster; not removed" >&2; exit 1; }
    pg_stop "$place" immediate
    rm -rf "${place:?}/data" "$place" "$socket" "$2"
    ;;
  *) usage ;;
esac
