# shellcheck shell=bash
# Installs what is missing on Debian 12: packages by apt, the two build-time npm packages by the lock file.

# wanted_packages GROUP...: the packages of these groups of deploy/packages.txt.
wanted_packages() {
  local group
  for group in "$@"; do
    sed -n "s/^$group //p" "$VSV_ROOT/deploy/packages.txt"
  done
}

# missing_packages GROUP...: those of them that dpkg does not know as installed.
missing_packages() {
  local package
  while read -r package; do
    [[ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" == installed ]] || echo "$package"
  done < <(wanted_packages "$@")
}

# has_node: a Node.js of version 18 or later with npm, from wherever.
has_node() {
  local version
  command -v npm >/dev/null && version="$(node --version 2>/dev/null)" || return 1
  version="${version#v}"
  ((${version%%.*} >= 18))
}

# install_packages GROUP...: as root, with sudo, or else one line that says what to run, and exit 2.
install_packages() {
  local -a groups=("$@") missing as_root=()
  # Only what builds needs Node.js.
  [[ " $* " != *" build "* ]] || has_node || groups+=(node)
  command -v dpkg-query >/dev/null ||
    die "this is not a Debian system (no dpkg)" "vsv-regie builds on Debian 12; see deploy/packages.txt for what it needs"
  mapfile -t missing < <(missing_packages "${groups[@]}")
  ((${#missing[@]})) || return 0
  if [[ "$(id -u)" != 0 ]]; then
    if command -v sudo >/dev/null && { sudo -n true 2>/dev/null || { [[ -t 0 ]] && sudo -v; }; }; then
      as_root=(sudo)
    else
      echo "run: packages are missing and there is neither root nor sudo to install them. Run this as root, then try again:" >&2
      echo "apt-get update && apt-get install -y --no-install-recommends ${missing[*]}"
      exit 2
    fi
  fi
  local log="$VSV_ROOT/build/log/apt.log"
  run_logged "Refreshing the package lists" "$log" "${as_root[@]}" apt-get update ||
    die "apt-get update failed" "is the network there? the output is in $log"
  run_logged "Installing ${#missing[@]} packages: ${missing[*]}" "$log" \
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y --no-install-recommends "${missing[@]}" ||
    die "apt-get install failed" "the output is in $log" \
      "by hand: apt-get install -y --no-install-recommends ${missing[*]}"
}

# install_node_packages: buf and Google's API protos, exactly as package-lock.json pins them.
install_node_packages() {
  local stamp="$VSV_ROOT/node_modules/.vsv-lock" sum
  sum="$(sha256sum <"$VSV_ROOT/package-lock.json")"
  [[ -f "$stamp" && "$(cat "$stamp")" == "$sum" ]] && return 0
  run_logged "Installing buf and the Google API protos (npm ci)" "$VSV_ROOT/build/log/npm.log" \
    npm --prefix "$VSV_ROOT" ci --no-audit --no-fund --no-progress ||
    die "npm ci failed" "is the npm registry reachable? the output is in build/log/npm.log"
  printf '%s\n' "$sum" >"$stamp"
}
