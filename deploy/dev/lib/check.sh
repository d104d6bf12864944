# shellcheck shell=bash
# ./run check: the presubmit, the same for a person and for CI. Each check is a small script of deploy/check that prints
# `file:line: what is wrong` and exits 1; a check that cannot run has failed.

VSV_CHECKS=(format proto shell directions sizes patterns migrations broken tidy)

# command_check [--all] [NAME...]: --all lets tidy look at every file instead of the changed ones.
command_check() {
  local check failed=0 began
  local -a chosen=()
  export VSV_TIDY_ALL=no VSV_BUILD_DIR
  while (($#)); do
    case " ${VSV_CHECKS[*]} " in
      *" $1 "*) chosen+=("$1") ;;
      *)
        [[ "$1" == --all ]] || die "there is no check '$1'" "one of: ${VSV_CHECKS[*]}"
        VSV_TIDY_ALL=yes
        ;;
    esac
    shift
  done
  ((${#chosen[@]})) || chosen=("${VSV_CHECKS[@]}")
  install_packages build check
  install_node_packages
  if [[ " ${chosen[*]} " == *" tidy "* ]]; then
    # clang-tidy reads what the build generates: protobuf headers, SQL statements, compile_commands.json.
    build_preset release "$VSV_BUILD_DIR" all || die "the build failed, so tidy cannot look" "see build/log/release-build.log"
  fi
  for check in "${chosen[@]}"; do
    began=$SECONDS
    if "$VSV_ROOT/deploy/check/$check.sh"; then
      printf 'ok      %-11s %3d s\n' "$check" $((SECONDS - began))
    else
      printf 'FAILED  %-11s %3d s\n' "$check" $((SECONDS - began))
      ((failed += 1))
    fi
  done
  ((failed == 0)) || printf 'run: %d of %d checks failed\n' "$failed" "${#chosen[@]}" >&2
  ((failed == 0))
}
