#!/usr/bin/env bash
# Files stay small enough to read in one go; split by RPC or by resource. Functions are clang-tidy's (60 lines).
set -uo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/files.sh"
failed=0

# hold LIMIT WHAT: the files on standard input.
hold() {
  local file lines
  while IFS= read -r file; do
    lines="$(wc -l <"$file")"
    if ((lines > $1)); then
      echo "$file: $lines lines, $2 has at most $1"
      failed=1
    fi
  done
}

readonly HANDLER='(handler|handlers|convert|validate)[^/]*\.(h|cc)$'
hold 500 "a test" < <(files '*_test.cc' '*/testing/*.h')
hold 250 "a handler, convert or validate file" < <(files '*.cc' '*.h' | grep -v '_test\.cc$' | grep -E "/[a-z_]*$HANDLER")
hold 400 "a .cc file" < <(files '*.cc' | grep -v '_test\.cc$')
hold 150 "a header" < <(files '*.h' | grep -v '/testing/')
hold 400 "a contract" < <(files '*.proto')
hold 60 "the README of a library or service" < <(files 'libs/*/README.md' 'services/*/README.md')
hold 300 "a shell script" < <(files '*.sh' run .ci/run)
exit "$failed"
