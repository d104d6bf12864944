#!/usr/bin/env bash
# Include directions. Libraries only look down; a service's rooms see the domain and not each other; a service never
# includes another; only libs/pg knows libpq. Tests may use libs/testing and the testing room besides.
set -uo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/files.sh"
files 'libs/*.h' 'libs/*.cc' 'services/*.h' 'services/*.cc' | perl -ne '
BEGIN {
  %rank = (base => 0, errors => 1, aip => 2, obs => 2, policy => 2, pg => 2, rpc => 3, audit => 4, feed => 4,
           directory => 5, server => 6, testing => 7);
  # What a room may include of its own service. main.cc and config are wiring: they see all.
  %sees = (domain => "domain", api => "api|domain", storage => "storage|domain", clients => "clients|domain",
           testing => "testing|domain");
  $failed = 0;
}
chomp; $file = $_; open(my $in, "<", $file) or die "$file: $!";
$test = $file =~ m{_test\.cc$|/testing/|/testing_|/test_};
($group, $own, $room) = $file =~ m{^(libs|services)/([^/]+)/(?:([^/]+)/)?};
while (my $line = <$in>) {
  my ($open, $include) = $line =~ m{^\s*#\s*include\s+(["<])([^">]+)[">]} or next;
  my $wrong;
  $wrong = "only libs/pg and its test cluster know libpq" if $include =~ m{^(postgresql/)?libpq|^pqxx/} && $file !~ m{^libs/(pg|testing)/};
  if ($group eq "libs") {
    $wrong = "a library includes a service or a test" if $include =~ m{^(services|tests)/};
    if ($include =~ m{^libs/([^/]+)/} && $1 ne $own) {
      my $other = $1;
      if (!exists $rank{$own} || !exists $rank{$other}) { $wrong = "libs/$own or libs/$other has no rank in deploy/check/directions.sh"; }
      elsif ($rank{$other} >= $rank{$own} && !($test && $other eq "testing")) { $wrong = "libs/$own must not look up or sideways to libs/$other"; }
    }
  } else {
    if ($include =~ m{^services/([^/]+)/} && $1 ne $own) { $wrong = "services/$own includes services/$1; use its contract"; }
    $wrong = "a service includes a test" if $include =~ m{^tests/};
    if (defined $room && exists $sees{$room} && $include =~ m{^services/$own/([^/]+)/}) {
      my $other = $1;
      $wrong = "$room must not see $other" unless $other =~ m{^(?:$sees{$room})$} || ($test && $other =~ m{^(testing|api|storage|domain|clients|import)$});
    }
    if (defined $room && $room eq "domain" && !$test) {
      $wrong = "the domain sees only libs/base, libs/errors, absl and itself"
        unless $include =~ m{^(services/$own/domain/|libs/(base|errors)/|absl/)} || ($open eq "<" && $include !~ m{[/.]});
    }
  }
  if ($wrong) { print "$file:$.: $wrong: $include\n"; $failed = 1; }
}
END { exit $failed; }'
