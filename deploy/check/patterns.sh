#!/usr/bin/env bash
# What must not be written. A line may be excused only where the pattern says so.
set -uo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/files.sh"
failed=0

# forbid REASON REGEX [EXCUSE-REGEX]: files on standard input; comment lines are skipped.
forbid() {
  local found
  found="$(xargs -r grep -nHE -- "$2" | grep -vE '^[^:]+:[0-9]+: *(//|--|\*|#)' | grep -vE -- "${3:-^$}")"
  [[ -n "$found" ]] || return 0
  printf '%s\n' "$found" | sed -E "s|^([^:]+:[0-9]+):.*|\1: $1|"
  return 1
}

cpp() {
  files 'libs/*.h' 'libs/*.cc' 'services/*.h' 'services/*.cc' 'tests/*.h' 'tests/*.cc' 'deploy/*.h' 'deploy/*.cc'
}

servers() { files 'services/*.cc' 'services/*.h' 'libs/*.cc' 'libs/*.h' | grep -vE '^services/(vsvctl|audit_verify)/'; }

cpp | forbid "name what you use instead of 'using namespace'" '^\s*using namespace ' || failed=1
# Excused: a gRPC reactor that owns itself until OnDone ("owned by" on the line), a smart pointer's argument (a private
# constructor), and a function's static object that is never destroyed; the start of the statement tells the last two.
cpp | perl -ne '
BEGIN { $failed = 0; }
chomp; $file = $_; open(my $in, "<", $file) or die "$file: $!"; my $statement = "";
while (my $line = <$in>) {
  (my $code = $line) =~ s{//(?!.*owned by).*}{};
  $statement .= $line;
  if ($code =~ /(?:^|[^\w"])new [A-Za-z_:]+[<({;]/ && $statement !~ /static|WrapUnique\(|_ptr<|NoDestructor|owned by|never destroyed/ &&
      $line !~ /never destroyed/) {
    print "$file:$.: naked new: use std::make_unique, or say on the line who owns it (// owned by ...)\n"; $failed = 1;
  }
  $statement = "" if $code =~ /[;{}]\s*$/;
}
END { exit $failed; }' || failed=1
servers | forbid "a server logs by libs/obs, never to std::cout or std::cerr" 'std::c(out|err)\b|\bprintf\(' || failed=1
{
  cpp
  files '*.sql'
} | forbid "name the columns instead of SELECT *" '[Ss][Ee][Ll][Ee][Cc][Tt] +\*' '_test\.cc:' || failed=1
{
  cpp
  files '*.proto' '*.sql' '*.sh' run 'cmake/*' '*CMakeLists.txt'
} | grep -v '^deploy/check/' | forbid "finish it, or file it" '\b(TODO|FIXME|XXX)\b' || failed=1
# Deadlines of sockets may look at the machine's clock; what a service decides may not.
files 'services/*.cc' 'services/*.h' | grep -vE '^services/vsvctl/|/testing/|/test(ing)?_' |
  forbid "take the time from base::Clock" '\babsl::Now\(|\bstd::time\(|system_clock::now\(' '/main\.cc:|_test\.cc:|[dD]eadline|absl::Now\(\) [+] ' || failed=1
while IFS= read -r file; do
  echo "$file: a name that says nothing (util, common, helpers)"
  failed=1
done < <(files | grep -E '(^|/)(utils?|common|helpers?|misc)(/|\.|$)|_(utils?|helpers?)\.')
exit "$failed"
