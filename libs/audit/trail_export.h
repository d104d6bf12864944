// An exported trail (export/export.sql), read row by row, however long it is. Whoever made it is
// not trusted.
#pragma once

#include "libs/audit/snapshot.h"

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

#include <cstdint>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

namespace vsv::audit {

// What the export says of itself.
struct ExportHead {
  std::string service;
  absl::Time exported_at;
  Snapshot sealed;
};

// INVALID_ARGUMENT names what is wrong with the text of the file `trail`.
absl::StatusOr<ExportHead> ParseExportHead(absl::string_view text);

// A leaf with the entry that it names, or one of the two without the other.
struct ExportedRow {
  struct Leaf {
    int64_t index = 0;
    std::string entry_digest;  // 32 raw bytes each
    std::string subjects_digest;
    std::string entry_id;
  };

  struct Entry {
    std::vector<std::optional<std::string>> columns;  // as kEntryColumns
    std::vector<std::string> subjects;                // hashes, as they stand

    std::string Column(absl::string_view name) const;
    // nullopt when it is none of this age.
    std::optional<absl::Time> recorded_at() const;
    std::optional<int64_t> transaction() const;
  };

  std::optional<Leaf> leaf;
  std::optional<Entry> entry;
};

// INVALID_ARGUMENT names what is wrong with a line of the file `leaves`.
absl::StatusOr<ExportedRow> ParseExportedRow(absl::string_view line);

class LeavesReader {
 public:
  // FAILED_PRECONDITION when the file cannot be read.
  static absl::StatusOr<LeavesReader> Open(const std::string& path);

  // The next row; nullopt at the end. INVALID_ARGUMENT names the line.
  absl::StatusOr<std::optional<ExportedRow>> Next();

 private:
  LeavesReader(std::ifstream file, std::string path)
      : file_(std::move(file)), path_(std::move(path)) {}

  std::ifstream file_;
  std::string path_;
  int64_t line_ = 0;
};

// All of a file. FAILED_PRECONDITION names it.
absl::StatusOr<std::string> ReadWholeFile(const std::string& path);

}  // namespace vsv::audit
