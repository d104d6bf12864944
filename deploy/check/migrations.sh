#!/usr/bin/env bash
# Migrations: no triggers, every constraint named, row-level security forced where it is enabled, and each deploy script
# with its revert and verify.
set -uo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/files.sh"
failed=0

files 'services/*/migrations/deploy/*.sql' 'libs/*/migrations/*.sql' | perl -ne '
BEGIN { $failed = 0; }
sub complain { my ($at, $what) = @_; my $line = 1 + (substr($sql, 0, $at) =~ tr/\n//); print "$file:$line: $what\n"; $failed = 1; }
chomp; $file = $_; open(my $in, "<", $file) or die "$file: $!"; local $/; $sql = <$in>;
# Blank out comments and strings, keeping every position.
$sql =~ s{(--[^\n]*)}{" " x length $1}ge;
$sql =~ s{(\x27(?:[^\x27]|\x27\x27)*\x27)}{my $s = $1; $s =~ s/[^\n]/ /g; $s}ge;
while ($sql =~ /\bCREATE\s+(OR\s+REPLACE\s+)?(CONSTRAINT\s+)?TRIGGER\b/gi) { complain($-[0], "no triggers: they run for other rows than a statement says"); }
while ($sql =~ /\b(PRIMARY\s+KEY|UNIQUE|CHECK|FOREIGN\s+KEY|REFERENCES|EXCLUDE)\b/gi) {
  my ($at, $word) = ($-[0], uc $1); my $before = substr($sql, 0, $at);
  next if $before =~ /\bCONSTRAINT\s+\w+\s*$/i;                                   # named
  next if $word eq "CHECK" && $before =~ /\bWITH\s+$/i;                           # a policy
  next if $word eq "UNIQUE" && $before =~ /\bCREATE\s+$/i;                        # an index has a name of its own
  next if $word eq "REFERENCES" && $before =~ /\bFOREIGN\s+KEY\s*\([^)]*\)\s*$/i; # the second half of a foreign key
  next if $word eq "REFERENCES" && $before =~ /\bGRANT\b[^;]*$/i;
  complain($at, "unnamed constraint ($word)");
}
while ($sql =~ /ALTER\s+TABLE\s+(\w+)\s+ENABLE\s+ROW\s+LEVEL\s+SECURITY/gi) {
  my ($table, $at) = ($1, $-[0]);
  complain($at, "row-level security of $table is not forced") unless $sql =~ /ALTER\s+TABLE\s+$table\s+FORCE\s+ROW\s+LEVEL\s+SECURITY/i
    || $sql =~ /ALTER\s+TABLE\s+$table\b[^;]*FORCE\s+ROW\s+LEVEL\s+SECURITY/i;
}
END { exit $failed; }' || failed=1

while IFS= read -r script; do
  for other in revert verify; do
    if [[ ! -f "${script/\/deploy\//\/$other\/}" ]]; then
      echo "$script: has no $other script"
      failed=1
    fi
  done
done < <(files 'services/*/migrations/deploy/*.sql')
exit "$failed"
