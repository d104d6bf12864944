// Histories as files of tab-separated rows, so that what a campaign saw can be judged again later.
#pragma once

#include "tests/faults/history.h"

#include "absl/status/statusor.h"

#include <string>
#include <vector>

namespace vsv::faults {

// Reads what is there of a round's directory:
//   acknowledged.tsv  resource, version, value      what clients were told
//   unanswered.tsv    one line a write              what stayed in doubt
//   read.tsv          resource, value               what clients read in the end
//   stored.tsv        resource, version             rows of the databases
//   published.tsv     region, position, resource, version
//   unpublished.tsv   one number
//   held.tsv, shown.tsv  subscriber, resource, content
//   told.tsv          request, answer
//   erased.tsv        resource, moment, 1 when it raced with a refused write
//   sighted.tsv       reader, resource, moment
//   remnants.tsv      table, id or words
//   registered.tsv    one number
//   unregistered.tsv  one line an erasure
//   acts.tsv          trace, method, people
//   audited.tsv       trace, method, entries, people
//   sealed.tsv        service, entries, leaves
// NOT_FOUND when a file is missing, INVALID_ARGUMENT for a row of another shape.
absl::StatusOr<History> ReadHistory(const std::string& directory);

// Appends a row to a file; tabs and line ends in cells become spaces.
void AppendRow(const std::string& path, const std::vector<std::string>& cells);

}  // namespace vsv::faults
