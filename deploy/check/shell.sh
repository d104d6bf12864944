#!/usr/bin/env bash
# Every shell script passes shellcheck.
set -uo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/files.sh"
{
  files '*.sh'
  files run '.ci/run'
} | xargs -r shellcheck -x
