# shellcheck shell=bash
# One RelWithDebInfo build, shared by up, demo and test. VSV_BUILD_DIR overrides where it is.

VSV_BUILD_DIR="${VSV_BUILD_DIR:-$VSV_ROOT/build/release}"

# need_free_disk DIRECTORY MEGABYTES
need_free_disk() {
  local free
  mkdir -p "$1" || die "$1 cannot be made"
  free="$(df --output=avail -BM "$1" | tail -n 1 | tr -dc 0-9)"
  ((free >= $2)) || die "the disk of $1 is nearly full: $free MiB free, $2 MiB needed" \
    "free some space, or put the state elsewhere with VSV_HOME=/other/disk"
}

# use_ccache: objects are shared between build directories and between clones.
use_ccache() {
  export CCACHE_BASEDIR="${CCACHE_BASEDIR:-$VSV_ROOT}" CCACHE_NOHASHDIR="${CCACHE_NOHASHDIR:-1}"
  export CCACHE_SLOPPINESS="${CCACHE_SLOPPINESS:-pch_defines,time_macros}" CCACHE_MAXSIZE="${CCACHE_MAXSIZE:-10G}"
}

# build_preset PRESET DIRECTORY [TARGET...]
build_preset() {
  local preset="$1" directory="$2" log
  shift 2
  log="$VSV_ROOT/build/log/$preset"
  use_ccache
  cd "$VSV_ROOT" || return
  if [[ ! -f "$directory/build.ninja" ]]; then
    run_logged "Configuring the $preset build" "$log-configure.log" cmake --preset "$preset" -B "$directory" || return
  fi
  run_logged "Building ($preset, $(nproc) jobs; the first time takes minutes)" "$log-build.log" \
    ninja -C "$directory" -j"$(nproc)" "$@"
}

# build_everything: packages, npm, and the shared build.
build_everything() {
  install_packages build run cert
  install_node_packages
  need_free_disk "$VSV_ROOT/build" 4096
  build_preset release "$VSV_BUILD_DIR" all || die "the build failed" "the output is in build/log/release-build.log"
}

# need_servers: what it takes to run them. Programs that are there are taken as they are; on a new machine there are none.
need_servers() {
  local program
  install_packages run cert
  for program in "${VSV_SERVICES[@]}" probe; do
    [[ -x "$VSV_BUILD_DIR/bin/vsv-$program" ]] || { build_everything; return; }
  done
}

# built NAME: a program of the build; dies when it is not there.
built() {
  local path="$VSV_BUILD_DIR/bin/$1"
  [[ -x "$path" ]] || die "$path is missing" "build first: ./run up builds what is needed"
  printf '%s\n' "$path"
}
