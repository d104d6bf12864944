#include "tests/faults/history_files.h"

#include "libs/base/status_macros.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"

#include <fstream>
#include <map>

namespace vsv::faults {
namespace {

using Row = std::vector<std::string>;

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
  for (const Row& row : rows) copies.push_back({row[0], row[1], row[2]});
  return copies;
}

}  // namespace

absl::StatusOr<History> ReadHistory(const std::string& directory) {
  const auto path = [&directory](const char* name) {
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
