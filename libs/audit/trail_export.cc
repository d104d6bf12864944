#include "libs/audit/trail_export.h"

#include "libs/audit/leaf.h"
#include "libs/base/hash.h"
#include "libs/base/status_macros.h"

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <sstream>
#include <utility>

namespace vsv::audit {
namespace {

using Field = std::optional<std::string>;

// Leaf, digests, the entry it names; the columns; the subjects.
constexpr size_t kLeafFields = 3;
constexpr size_t kFields = kLeafFields + kEntryColumns.size() + 1;

absl::Status Wrong(absl::string_view what) {
  return absl::InvalidArgumentError(what);
}

absl::Status CannotRead(const std::string& path) {
  return absl::FailedPreconditionError(
      absl::StrCat("cannot read ", path, ": ", std::strerror(errno)));
}

// A value of COPY's text form.
absl::StatusOr<Field> Unescape(absl::string_view text) {
  static constexpr absl::string_view kLetters = "bfnrtv\\";
  static constexpr absl::string_view kValues = "\b\f\n\r\t\v\\";
  if (text == "\\N") return Field();
  std::string value;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\') {
      value.push_back(text[i]);
      continue;
    }
    const size_t letter = ++i < text.size() ? kLetters.find(text[i]) : absl::string_view::npos;
    if (letter == absl::string_view::npos) return Wrong("an escape that COPY does not write");
    value.push_back(kValues[letter]);
  }
  return Field(std::move(value));
}

absl::StatusOr<ExportedRow::Leaf> ParseLeaf(const std::vector<Field>& fields) {
  ExportedRow::Leaf leaf;
  if (!fields[1].has_value() || !fields[2].has_value() ||
      !absl::SimpleAtoi(*fields[0], &leaf.index) || leaf.index < 0) {
    return Wrong("a leaf that is not a number, digests and an entry");
  }
  const std::optional<std::string> digests = base::HexDecode(*fields[1]);
  if (!digests.has_value() || digests->size() != kDigestsBytes) {
    return Wrong("digests that are not 64 bytes in hex");
  }
  leaf.entry_digest = digests->substr(0, kDigestsBytes / 2);
  leaf.subjects_digest = digests->substr(kDigestsBytes / 2);
  leaf.entry_id = *fields[2];
  return leaf;
}

absl::StatusOr<ExportedRow::Entry> ParseEntry(const std::vector<Field>& fields) {
  ExportedRow::Entry entry;
  entry.columns.assign(fields.begin() + kLeafFields, fields.end() - 1);
  const std::string subjects = fields.back().value_or("");
  if (subjects.empty()) return entry;
  for (const absl::string_view hex : absl::StrSplit(subjects, ',')) {
    std::optional<std::string> hash = base::HexDecode(hex);
    if (!hash.has_value() || hash->empty())
      return Wrong("the hash of a subject that is not in hex");
    entry.subjects.push_back(*std::move(hash));
  }
  return entry;
}

}  // namespace

std::string ExportedRow::Entry::Column(absl::string_view name) const {
  const auto* const place = std::find(kEntryColumns.begin(), kEntryColumns.end(), name);
  return columns[static_cast<size_t>(place - kEntryColumns.begin())].value_or("");
}

std::optional<absl::Time> ExportedRow::Entry::recorded_at() const {
  int64_t micros = 0;
  if (!absl::SimpleAtoi(Column("recorded_at"), &micros)) return std::nullopt;
  return absl::FromUnixMicros(micros);
}

std::optional<int64_t> ExportedRow::Entry::transaction() const {
  int64_t transaction = 0;
  if (!absl::SimpleAtoi(Column("transaction_id"), &transaction)) return std::nullopt;
  return transaction;
}

absl::StatusOr<ExportHead> ParseExportHead(absl::string_view text) {
  const std::vector<absl::string_view> lines = absl::StrSplit(absl::StripSuffix(text, "\n"), '\n');
  if (lines.size() != 4) return Wrong("the file trail has not four lines");
  absl::string_view format = lines[0];
  absl::string_view service = lines[1];
  absl::string_view at = lines[2];
  absl::string_view sealed = lines[3];
  int64_t micros = 0;
  if (!absl::ConsumePrefix(&format, "format=") || format != "1") {
    return Wrong("the export is of a format that this program does not know");
  }
  if (!absl::ConsumePrefix(&service, "service=") || !absl::ConsumePrefix(&at, "exported_at=") ||
      !absl::SimpleAtoi(at, &micros) || !absl::ConsumePrefix(&sealed, "sealed=")) {
    return Wrong("the file trail does not say service, exported_at and sealed");
  }
  ExportHead head{std::string(service), absl::FromUnixMicros(micros), {}};
  VSV_ASSIGN_OR_RETURN(head.sealed, ParseSnapshot(sealed));
  return head;
}

absl::StatusOr<ExportedRow> ParseExportedRow(absl::string_view line) {
  const std::vector<absl::string_view> parts = absl::StrSplit(line, '\t');
  if (parts.size() != kFields) return Wrong(absl::StrCat("not ", kFields, " columns"));
  std::vector<Field> fields;
  for (const absl::string_view part : parts) {
    VSV_ASSIGN_OR_RETURN(fields.emplace_back(), Unescape(part));
  }
  ExportedRow row;
  if (fields[0].has_value()) {
    VSV_ASSIGN_OR_RETURN(row.leaf, ParseLeaf(fields));
  }
  if (fields[kLeafFields].has_value()) {
    VSV_ASSIGN_OR_RETURN(row.entry, ParseEntry(fields));
  }
  if (!row.leaf.has_value() && !row.entry.has_value()) return Wrong("neither a leaf nor an entry");
  return row;
}

absl::StatusOr<LeavesReader> LeavesReader::Open(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return CannotRead(path);
  return LeavesReader(std::move(file), path);
}

absl::StatusOr<std::optional<ExportedRow>> LeavesReader::Next() {
  std::string line;
  if (!std::getline(file_, line)) {
    if (file_.bad()) return CannotRead(path_);
    return std::optional<ExportedRow>();
  }
  ++line_;
  absl::StatusOr<ExportedRow> row = ParseExportedRow(line);
  if (!row.ok()) return Wrong(absl::StrCat(path_, ":", line_, ": ", row.status().message()));
  return std::optional<ExportedRow>(*std::move(row));
}

absl::StatusOr<std::string> ReadWholeFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream content;
  content << file.rdbuf();
  // An empty file makes the stream of the content fail, not the file's.
  if (!file.is_open() || file.bad()) return CannotRead(path);
  return content.str();
}

}  // namespace vsv::audit
