# shellcheck shell=bash
# The development cluster of ./run up: 127.0.0.1 only, passwords (SCRAM) on every connection, durable commits.

# cluster_psql ARGUMENTS...: as the superuser, over the socket, with the password file.
cluster_psql() {
  PGPASSFILE="$VSV_HOME/secrets/postgres.pgpass" PGOPTIONS='-c client_min_messages=warning' \
    psql -X -q -v ON_ERROR_STOP=1 -h "$PG_SOCKET" -p "${PORT[postgres]}" -U postgres -d postgres "$@"
}

cluster_locate() {
  PG_PLACE="$(pg_place "$VSV_HOME/pg")"
  PG_SOCKET="$(pg_socket_dir "$PG_PLACE")"
}

# cluster_init: makes the data directory when it is not there. initdb runs as another user than the owner of the
# password file, so it gets a copy that it may read and that is gone afterwards.
cluster_init() {
  # With its status: in a trap, a bare return gives that of before the trap.
  [[ -f "$PG_PLACE/data/PG_VERSION" ]] && { pg_init "$PG_PLACE" scram-sha-256; return $?; }
  local password="$PG_PLACE/superuser" status=0
  say "Making the PostgreSQL cluster in $PG_PLACE"
  install -m 0600 "$VSV_HOME/secrets/postgres.password" "$password"
  if [[ "$(id -u)" == 0 ]]; then
    chown postgres "$PG_PLACE" "$password"
  fi
  pg_init "$PG_PLACE" scram-sha-256 "$password" || status=$?
  rm -f "$password"
  return "$status"
}

# cluster_roles SERVICE: the three roles with their passwords, and the database. Passwords go by standard input.
cluster_roles() {
  local service="$1" role
  cluster_psql -v "service=$service" -f "$VSV_ROOT/deploy/postgres/roles.sql"
  for role in owner app worker; do
    printf "ALTER ROLE vsv_%s_%s PASSWORD '%s';\n" "$service" "$role" \
      "$(cat "$VSV_HOME/secrets/vsv_${service}_$role.password")"
  done | cluster_psql -f -
  if [[ -z "$(cluster_psql -Atc "SELECT 1 FROM pg_database WHERE datname = '$service'")" ]]; then
    cluster_psql -c "CREATE DATABASE $service OWNER vsv_${service}_owner TEMPLATE template0"
  fi
  # Only the roles of a service may open its database.
  printf 'REVOKE ALL ON DATABASE %s FROM PUBLIC;\nGRANT CONNECT ON DATABASE %s TO vsv_%s_app, vsv_%s_worker;\n' \
    "$service" "$service" "$service" "$service" | cluster_psql -f -
}

# cluster_migrate SERVICE: deploys what is new. The checksum of what was deployed lives with the cluster it belongs to.
cluster_migrate() {
  local service="$1" sum stamp="$PG_PLACE/$1.migrations" log="$VSV_HOME/log/migrations-$1.log"
  [[ -f "$VSV_ROOT/services/$service/migrations/sqitch.plan" ]] ||
    die "services/$service/migrations/sqitch.plan is missing" "is this a whole checkout?"
  sum="$(pg_migrations_sum "$service")"
  [[ -f "$stamp" && "$(cat "$stamp")" == "$sum" ]] && return 0
  cluster_roles "$service" || return
  if ! PGPASSFILE="$VSV_HOME/secrets/vsv_${service}_owner.pgpass" \
    pg_deploy "$service" "$service" "$PG_SOCKET" "${PORT[postgres]}" >"$log"; then
    tail -n 20 "$log" >&2
    printf 'run: the migrations of %s do not deploy\n     the whole output: %s\n' "$service" "$log" >&2
    printf '     a development database of an older checkout? ./run down --wipe, ./run up\n' >&2
    return 1
  fi
  printf '%s\n' "$sum" >"$stamp"
}

# cluster_configure [EXTRA-LINE...]: our settings, and where changes are archived. Later lines win.
# shellcheck disable=SC2120 # restore.sh passes some
cluster_configure() {
  local script
  adopt_wal_archive
  for script in archive_wal fetch_wal; do
    install -m 0755 "$VSV_ROOT/deploy/postgres/$script.sh" "$PG_PLACE/$script.sh"
  done
  {
    cat "$VSV_ROOT/deploy/postgres/vsv.conf"
    printf "listen_addresses = '127.0.0.1'\nport = %s\nunix_socket_directories = '%s'\n" "${PORT[postgres]}" "$PG_SOCKET"
    printf "archive_mode = on\narchive_timeout = 60s\n"
    printf "archive_command = '%s'\n" "$(archive_command)"
    (($# == 0)) || printf '%s\n' "$@"
  } | pg_configure "$PG_PLACE"
}

# cluster_reconfigure: our settings, for a cluster that runs.
cluster_reconfigure() {
  # shellcheck disable=SC2119
  cluster_configure && cluster_psql -Atc 'SELECT pg_reload_conf()' >/dev/null
}

# cluster_archives: what runs archives where it should, whatever was cut off before it was told so.
cluster_archives() {
  [[ "$(cluster_psql -Atc 'SHOW archive_command')" == "$(archive_command)" ]] || cluster_reconfigure
}

# cluster_up: running, with current settings, roles and databases. STARTED_CLUSTER tells whether this call started it.
cluster_up() {
  local service
  STARTED_CLUSTER=no
  cluster_init || return
  if ! pg_is_running "$PG_PLACE"; then
    need_free_port "${PORT[postgres]}" PostgreSQL VSV_POSTGRES_PORT || return
    # shellcheck disable=SC2119
    cluster_configure
    say "Starting PostgreSQL on 127.0.0.1:${PORT[postgres]}"
    # shellcheck disable=SC2034 # read by roll_back
    STARTED_CLUSTER=yes
    pg_start "$PG_PLACE" 9>&- || return
  fi
  # The databases know nothing of each other, so their migrations run side by side.
  local -a migrating=()
  local job failed=0
  for service in "${VSV_SERVICES[@]}"; do
    cluster_migrate "$service" 9>&- &
    migrating+=($!)
  done
  for job in "${migrating[@]}"; do
    wait "$job" || failed=1
  done
  return "$failed"
}
