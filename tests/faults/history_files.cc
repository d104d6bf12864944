#include "tests/faults/history_files.h"

#include "libs/base/status_macros.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"

#include <fstream>
#include <functional>
#include <map>

namespace vsv::faults {
namespace {

using Row = std::vector<std::string>;
using Paths = std::function<std::string(const char* name)>;

absl::StatusOr<std::vector<Row>> ReadRows(const std::string& path, size_t width) {
  std::ifstream file(path);
  if (!file) return absl::NotFoundError(absl::StrCat(path, " is missing"));
  std::vector<Row> rows;
  std::string line;
  while (std::getline(file, line)) {
    rows.push_back(absl::StrSplit(line, '\t'));
    if (rows.back().size() != width) {
      return absl::InvalidArgumentError(absl::StrCat(path, " row ", rows.size(), ": ",
                                                     rows.back().size(), " cells, not ", width));
    }
  }
  return rows;
}

// What is no number is no version either: it breaks every promise about them.
int64_t Number(const std::string& cell) {
  int64_t number = -1;
  return absl::SimpleAtoi(cell, &number) ? number : -1;
}

absl::StatusOr<std::vector<Copy>> ReadCopies(const std::string& path) {
  VSV_ASSIGN_OR_RETURN(const std::vector<Row> rows, ReadRows(path, 3));
  std::vector<Copy> copies;
  copies.reserve(rows.size());
  for (const Row& row : rows) copies.push_back({row[0], row[1], row[2]});
  return copies;
}

absl::Status ReadErasures(const Paths& path, History& history) {
  VSV_ASSIGN_OR_RETURN(const std::vector<Row> told, ReadRows(path("told"), 2));
  for (const Row& row : told) history.told.push_back({row[0], row[1]});
  VSV_ASSIGN_OR_RETURN(const std::vector<Row> erased, ReadRows(path("erased"), 3));
  for (const Row& row : erased)
    history.erased.push_back({row[0], Number(row[1]), Number(row[2]) == 1});
  VSV_ASSIGN_OR_RETURN(const std::vector<Row> sighted, ReadRows(path("sighted"), 3));
  for (const Row& row : sighted) history.sightings.push_back({row[0], row[1], Number(row[2])});
  VSV_ASSIGN_OR_RETURN(const std::vector<Row> remnants, ReadRows(path("remnants"), 2));
  for (const Row& row : remnants) history.remnants.push_back({row[0], row[1]});
  VSV_ASSIGN_OR_RETURN(const std::vector<Row> registered, ReadRows(path("registered"), 1));
  for (const Row& row : registered) history.registered += Number(row[0]);
  VSV_ASSIGN_OR_RETURN(const std::vector<Row> unregistered, ReadRows(path("unregistered"), 1));
  for (const Row& row : unregistered) history.unregistered.push_back(row[0]);
  return absl::OkStatus();
}

absl::Status ReadAudit(const Paths& path, History& history) {
  VSV_ASSIGN_OR_RETURN(const std::vector<Row> acts, ReadRows(path("acts"), 3));
  for (const Row& row : acts) history.acts.push_back({row[0], row[1], Number(row[2])});
  VSV_ASSIGN_OR_RETURN(const std::vector<Row> audited, ReadRows(path("audited"), 4));
  for (const Row& row : audited)
    history.audited.push_back({row[0], row[1], Number(row[2]), Number(row[3])});
  VSV_ASSIGN_OR_RETURN(const std::vector<Row> sealed, ReadRows(path("sealed"), 3));
  for (const Row& row : sealed) history.sealed.push_back({row[0], Number(row[1]), Number(row[2])});
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<History> ReadHistory(const std::string& directory) {
  const Paths path = [&directory](const char* name) {
    return absl::StrCat(directory, "/", name, ".tsv");
  };
  History history;
  VSV_ASSIGN_OR_RETURN(const std::vector<Row> acknowledged, ReadRows(path("acknowledged"), 3));
  for (const Row& row : acknowledged)
    history.acknowledged.push_back({row[0], Number(row[1]), row[2]});
  VSV_ASSIGN_OR_RETURN(const std::vector<Row> unanswered, ReadRows(path("unanswered"), 1));
  for (const Row& row : unanswered) history.unanswered.push_back(row[0]);
  VSV_ASSIGN_OR_RETURN(const std::vector<Row> read, ReadRows(path("read"), 2));
  std::map<std::string, std::string> values;
  for (const Row& row : read) values[row[0]] = row[1];
  VSV_ASSIGN_OR_RETURN(const std::vector<Row> stored, ReadRows(path("stored"), 2));
  for (const Row& row : stored) history.stored.push_back({row[0], Number(row[1]), values[row[0]]});
  VSV_ASSIGN_OR_RETURN(const std::vector<Row> published, ReadRows(path("published"), 4));
  for (const Row& row : published)
    history.published.push_back({row[0], Number(row[1]), row[2], Number(row[3])});
  VSV_ASSIGN_OR_RETURN(const std::vector<Row> unpublished, ReadRows(path("unpublished"), 1));
  for (const Row& row : unpublished) history.unpublished += Number(row[0]);
  VSV_ASSIGN_OR_RETURN(history.held, ReadCopies(path("held")));
  VSV_ASSIGN_OR_RETURN(history.shown, ReadCopies(path("shown")));
  VSV_RETURN_IF_ERROR(ReadErasures(path, history));
  VSV_RETURN_IF_ERROR(ReadAudit(path, history));
  return history;
}

void AppendRow(const std::string& path, const std::vector<std::string>& cells) {
  std::ofstream file(path, std::ios::app);
  const char* separator = "";
  for (const std::string& cell : cells) {
    file << separator << absl::StrReplaceAll(cell, {{"\t", " "}, {"\n", " "}});
    separator = "\t";
  }
  file << '\n';
}

}  // namespace vsv::faults
