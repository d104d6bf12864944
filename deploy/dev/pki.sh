#!/usr/bin/env bash
# The development certificate authority. Keys are made here and never leave VSV_HOME.
#
#   pki.sh init DIR                        the root (ca.crt, ca.key), once
#   pki.sh service DIR NAME                services/NAME.{crt,key}: URI SAN urn:vsv:service:NAME, server and client
#   pki.sh organisation DIR OIN [NAME [TASK]]   organisations/OIN[-TASK].{crt,key}: subject.serialNumber = OIN, client only;
#                                          a municipality's OIN serves several tasks, each with a certificate of its own
#
# A certificate that is still valid for a day is kept. Elliptic curve P-256, SHA-256.
set -euo pipefail
umask 077

fail() {
  echo "pki: $1" >&2
  exit 1
}

# valid_for_a_day CERTIFICATE: and made by the root that is here now.
valid_for_a_day() {
  [[ -f "$1" && -f "${1%.crt}.key" ]] &&
    openssl x509 -in "$1" -noout -checkend 86400 >/dev/null &&
    openssl verify -CAfile "$dir/ca.crt" "$1" >/dev/null 2>&1
}

new_key() {
  openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1" 2>/dev/null
}

make_root() {
  mkdir -p "$dir/services" "$dir/organisations"
  chmod 0755 "$dir" "$dir/services" "$dir/organisations"
  if [[ -f "$dir/ca.crt" ]] && openssl x509 -in "$dir/ca.crt" -noout -checkend 86400 >/dev/null; then
    return
  fi
  new_key "$dir/ca.key"
  openssl req -x509 -new -key "$dir/ca.key" -days 1825 -sha256 -out "$dir/ca.crt" \
    -subj "/C=NL/O=vsv-regie development/CN=vsv-regie development root" \
    -addext basicConstraints=critical,CA:TRUE,pathlen:0 -addext keyUsage=critical,keyCertSign,cRLSign
  chmod 0644 "$dir/ca.crt"
}

# issue FILE-WITHOUT-SUFFIX SUBJECT DAYS: extensions on standard input. The certificate appears only when it is whole.
issue() {
  local base="$1" subject="$2" days="$3" work
  [[ -f "$dir/ca.key" ]] || fail "no root in $dir; run: pki.sh init $dir"
  work="$(mktemp -d "$dir/new.XXXXXX")"
  cat >"$work/extensions"
  new_key "$work/key"
  if ! { openssl req -new -utf8 -key "$work/key" -subj "$subject" -out "$work/request" &&
    openssl x509 -req -in "$work/request" -CA "$dir/ca.crt" -CAkey "$dir/ca.key" \
      -set_serial "0x$(openssl rand -hex 16 | sed 's/^./1/')" -days "$days" -sha256 \
      -extfile "$work/extensions" -out "$work/crt"; } 2>"$work/log"; then
    cat "$work/log" >&2
    rm -rf "$work"
    fail "openssl could not make $base.crt"
  fi
  chmod 0644 "$work/crt"
  mv "$work/key" "$base.key"
  mv "$work/crt" "$base.crt"
  rm -rf "$work"
}

make_service() {
  local name="$1" base="$dir/services/$1"
  [[ "$name" =~ ^[a-z][a-z-]*$ ]] || fail "'$name' is not the name of a service"
  valid_for_a_day "$base.crt" && return
  issue "$base" "/C=NL/O=vsv-regie development/CN=$name" 397 <<EXT
basicConstraints=critical,CA:FALSE
keyUsage=critical,digitalSignature
extendedKeyUsage=serverAuth,clientAuth
subjectAltName=URI:urn:vsv:service:$name,DNS:localhost,IP:127.0.0.1
EXT
}

make_organisation() {
  local oin="$1" name="${2:-Organisation $1}" base="$dir/organisations/$1${3:+-$3}"
  [[ "$oin" =~ ^[0-9A-Z]{20}$ ]] || fail "an OIN (organisatie-identificatienummer) has 20 digits or capitals, '$oin' has not"
  valid_for_a_day "$base.crt" && return
  # In the subject, a slash separates attributes and a plus joins them.
  name="${name:0:64}"
  name="${name//\\/\\\\}" name="${name//\//\\/}" name="${name//+/\\+}"
  issue "$base" "/C=NL/O=$name/serialNumber=$oin/CN=$name" 365 <<EXT
basicConstraints=critical,CA:FALSE
keyUsage=critical,digitalSignature
extendedKeyUsage=clientAuth
EXT
}

(($# >= 2)) || { sed -n '2,10s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2; exit 2; }
dir="$2"
case "$1" in
  init) make_root ;;
  service) make_service "${3:?name of the service}" ;;
  organisation) make_organisation "${3:?OIN}" "${4:-}" "${5:-}" ;;
  *) fail "unknown command '$1'" ;;
esac
