#!/usr/bin/env bash
# What a statement of dossiers costs PostgreSQL: processor time of the backend per execution, on the data of a running suite
# (./run demo), as the role of the server behind its row-level security, by generic plan. Reads only.
#   statement_cost.sh [DATABASE [DIRECTORY-OF-STATEMENTS]]     ROUNDS=5 SIZES="1 16 64 256" by environment
set -euo pipefail
VSV_ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
for part in say postgres home cluster; do
  # shellcheck source=/dev/null
  source "$VSV_ROOT/deploy/dev/lib/$part.sh"
done
database="${1:-dossiers}" statements="${2:-$VSV_ROOT/services/dossiers/storage/sql}"
recall_ports
cluster_locate
pg_is_running "$PG_PLACE" || die "no suite runs in $VSV_HOME" "first ./run demo"

as_app() {
  PGPASSFILE="$VSV_HOME/secrets/vsv_dossiers_app.pgpass" PGOPTIONS='-c client_min_messages=info' \
    psql -X -q -v ON_ERROR_STOP=1 -h "$PG_SOCKET" -p "${PORT[postgres]}" -U vsv_dossiers_app -d "$database"
}

clean_up() {
  cluster_psql -d "$database" -c 'DROP SCHEMA IF EXISTS statement_cost CASCADE'
}

trap clean_up EXIT
cluster_psql -d "$database" -f "$VSV_ROOT/tests/load/sql/statement_cost.sql"
printf 'load average %s, %s cores\n%-16s  %-12s  %5s  %9s  %10s  %s\n' "$(cut -d' ' -f1 /proc/loadavg)" "$(nproc)" \
  statement asker batch ms 'ms per row' 'ms, least .. most'
{
  for statement in lock_dossiers get_dossiers judge_dossiers deliver_dossiers list_dossiers; do
    printf 'PREPARE %s AS\n%s;\n' "$statement" "$(cat "$statements/$statement.sql")"
    for asker in school institution municipality; do
      for size in ${SIZES:-1 16 64 256}; do
        printf "CALL statement_cost.measure('%s', '%s', %s, %s);\n" "$statement" "$asker" "$size" "${ROUNDS:-5}"
      done
    done
  done
} | as_app 2>&1 | sed 's/^INFO:  //'
