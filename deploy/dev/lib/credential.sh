# shellcheck shell=bash
# ./run cert: a client certificate for an organisation and, with purposes, its registration as a credential.

readonly CERT_USAGE="usage: ./run cert --oin OIN [--organisation ID] [--name NAME] [--purpose PURPOSE ...]"

# command_cert: --organisation is for those that share an OIN, such as an RMC office and its municipality; its id then
# stands in the name of the files too, so each has a certificate of its own.
command_cert() {
  local oin="" name="" organisation="" base
  local -a purposes=()
  while (($#)); do
    (($# >= 2)) || die "$1 needs a value" "$CERT_USAGE"
    case "$1" in
      --oin) oin="$2" ;;
      --organisation) organisation="$2" ;;
      --name) name="$2" ;;
      --purpose) purposes+=("$2") ;;
      *) die "unknown option '$1'" "$CERT_USAGE" ;;
    esac
    shift 2
  done
  [[ "$oin" =~ ^[0-9A-Z]{20}$ ]] || die "--oin takes an OIN (organisatie-identificatienummer) of 20 digits or capitals" \
    "an example from the test range: 00000099000000002000"
  [[ "$organisation" =~ ^([a-z][a-z0-9-]{1,62})?$ ]] || die "'$organisation' is not the id of an organisation" \
    "ids look like roc-midden-nederland: vsvctl partners list"
  install_packages cert
  make_home
  recall_ports
  "$VSV_ROOT/deploy/dev/pki.sh" init "$VSV_HOME/pki" || exit 1
  "$VSV_ROOT/deploy/dev/pki.sh" organisation "$VSV_HOME/pki" "$oin" "${name:-$organisation}" "$organisation" || exit 1
  base="$VSV_HOME/pki/organisations/$oin${organisation:+-$organisation}"
  printf 'certificate %s\nkey         %s\nauthority   %s\n' "$base.crt" "$base.key" "$VSV_HOME/pki/ca.crt"
  ((${#purposes[@]})) || return 0
  register_credential "$oin" "$organisation" "$base.crt" "${purposes[@]}"
}

# register_credential OIN ORGANISATION-OR-EMPTY CERTIFICATE PURPOSE...: by vsvctl, as the register keeper.
register_credential() {
  local oin="$1" organisation="$2" certificate="$3" purpose keeper="$VSV_HOME/pki/organisations/$VSV_REGISTER_KEEPER_OIN"
  shift 3
  local -a command=("$VSV_BUILD_DIR/bin/vsvctl" partners create-credential "--certificate=$certificate")
  if [[ -n "$organisation" ]]; then
    command+=("--organisation=$organisation")
  else
    command+=("--oin=$oin")
  fi
  for purpose in "$@"; do
    command+=("--purpose=$purpose")
  done
  if [[ ! -x "$VSV_BUILD_DIR/bin/vsvctl" ]] || ! service_health partners >/dev/null; then
    echo "run: the certificate is made but not registered: partners does not run" >&2
    echo "     ./run up, and then this command again" >&2
    return 1
  fi
  "${command[@]}" "--as=$VSV_REGISTER_KEEPER_OIN" "--tls_certificate=$keeper.crt" "--tls_key=$keeper.key" \
    "--tls_ca=$VSV_HOME/pki/ca.crt" "--partners_address=127.0.0.1:${PORT[partners]}" || {
    echo "run: the certificate is made but partners did not register it (see above)" >&2
    return 1
  }
}
