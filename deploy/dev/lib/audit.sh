# shellcheck shell=bash
# ./run audit export DIR, ./run audit verify: the audit trails of a running system, for who does not take our word for it.

# audit_export SERVICE DIR: what a third party needs to verify the trail of a service, and no more: the trail, what was kept
# outside of the database, and the public key.
audit_export() {
  local service="$1" dir="$2/$1"
  mkdir -p "$dir" || return
  # First, so that the database holds all that is in it; and not while somebody adds to it.
  : >>"$VSV_HOME/audit/$service.checkpoints"
  flock -s "$VSV_HOME/audit/$service.checkpoints" cp "$VSV_HOME/audit/$service.checkpoints" "$dir/kept" || return
  openssl pkey -in "$VSV_HOME/secrets/$service.audit_key" -pubout -out "$dir/public_key.pem" || return
  PGPASSFILE="$VSV_HOME/secrets/vsv_${service}_owner.pgpass" psql -X -q -h "$PG_SOCKET" -p "${PORT[postgres]}" \
    -U "vsv_${service}_owner" -d "$service" -v "service=$service" -v "dir=$dir" -f "$VSV_ROOT/libs/audit/export/export.sql"
}

# audit_verify DIR: all trails of an export; fails when one does not verify.
audit_verify() {
  local service program failed=0
  program="$(built vsv-audit-verify)" || return
  for service in "${VSV_AUDITED[@]}"; do
    printf '%s\n' "$service"
    "$program" "$1/$service" "--public_key=$1/$service/public_key.pem" "--checkpoints=$1/$service/kept" >"$1/$service/report" 2>&1 ||
      failed=1
    sed 's/^/  /' "$1/$service/report"
  done
  return "$failed"
}

# audit_export_all DIR
audit_export_all() {
  local service
  recall_ports
  cluster_locate
  pg_is_running "$PG_PLACE" || die "PostgreSQL does not run in $VSV_HOME" "start it first: ./run up"
  for service in "${VSV_AUDITED[@]}"; do
    audit_export "$service" "$1" || die "the audit trail of $service could not be exported"
  done
}

# command_audit export DIR | verify [DIR]
command_audit() {
  local dir="${2:-}"
  (($# <= 2)) || die "unexpected argument '$3'" "see: ./run help"
  case "${1:-}" in
    export)
      [[ -n "$dir" ]] || die "export to which directory?" "./run audit export DIR"
      [[ ! -e "$dir" || -z "$(ls -A "$dir" 2>&1)" ]] || die "$dir is not empty" "name a directory that does not exist yet"
      (umask 077 && mkdir -p "$dir") || die "$dir cannot be made"
      audit_export_all "$(realpath "$dir")"
      say "The audit trails are in $dir; ./run audit verify $dir"
      ;;
    verify)
      built vsv-audit-verify >/dev/null
      if [[ -z "$dir" ]]; then
        dir="$(mktemp -d "$VSV_HOME/audit-export.XXXXXX")" || die "no room in $VSV_HOME"
        # shellcheck disable=SC2064 # this directory
        trap "rm -rf '$dir'" EXIT
        audit_export_all "$dir"
      fi
      audit_verify "$(realpath "$dir")" || die "an audit trail does not verify (een auditspoor klopt niet)" \
        "docs/runbooks/audit.md says what each finding means"
      ;;
    *) die "audit what?" "./run audit verify [DIR], ./run audit export DIR" ;;
  esac
}
