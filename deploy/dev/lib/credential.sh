# shellcheck shell=bash
# Registering a certificate as a credential: what ./run cert does after making one, by vsvctl as the register keeper.

# register_credential OIN CERTIFICATE PURPOSE...
register_credential() {
  local oin="$1" certificate="$2" purpose keeper="$VSV_HOME/pki/organisations/$VSV_REGISTER_KEEPER_OIN"
  shift 2
  local -a command=("$VSV_BUILD_DIR/bin/vsvctl" partners create-credential "--oin=$oin" "--certificate=$certificate")
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
    echo "     an organisation with OIN $oin must be in the register first: vsvctl partners list" >&2
    return 1
  }
}
