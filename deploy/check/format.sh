#!/usr/bin/env bash
# C++ is formatted by clang-format 14 with the .clang-format of the tree. Repair: clang-format-14 -i FILE
set -uo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/files.sh"
command -v clang-format-14 >/dev/null || { echo "clang-format-14 is missing"; exit 1; }
wrong="$(files '*.h' '*.cc' | xargs -r clang-format-14 --dry-run -Werror 2>&1 | grep -E '(error|warning):' | sed -E 's/ \[-W.*//')"
[[ -z "$wrong" ]] || { printf '%s\n' "$wrong"; exit 1; }
