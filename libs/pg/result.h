// Rows of a statement. Columns are addressed by name; a wrong name or type is a programming error
// and aborts with the statement's name.
#pragma once

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace vsv::pg {

// What the driver gave; see result_impl.h.
struct ResultData;

// One row; keeps its Result's memory alive.
class Row {
 public:
  bool IsNull(absl::string_view column) const;
  // Bytes of all its columns, as they came.
  size_t Size() const;
  // Text of every kind, json and uuid.
  std::string Text(absl::string_view column) const;
  std::optional<std::string> OptionalText(absl::string_view column) const;
  int64_t Int(absl::string_view column) const;
  std::optional<int64_t> OptionalInt(absl::string_view column) const;
  bool Bool(absl::string_view column) const;
  absl::Time Time(absl::string_view column) const;
  std::optional<absl::Time> OptionalTime(absl::string_view column) const;
  absl::CivilDay Day(absl::string_view column) const;
  std::optional<absl::CivilDay> OptionalDay(absl::string_view column) const;
  std::string Bytes(absl::string_view column) const;
  std::optional<std::string> OptionalBytes(absl::string_view column) const;
  // NULL and '{}' are both empty.
  std::vector<std::string> TextArray(absl::string_view column) const;
  std::vector<int64_t> IntArray(absl::string_view column) const;
  std::vector<std::string> BytesArray(absl::string_view column) const;

 private:
  friend class Result;

  Row(std::shared_ptr<const ResultData> result, int row) : result_(std::move(result)), row_(row) {}

  std::shared_ptr<const ResultData> result_;
  int row_;
};

// Result of one statement; movable, owns the driver's memory.
class Result {
 public:
  explicit Result(std::shared_ptr<const ResultData> data) : data_(std::move(data)) {}

  int size() const;

  bool empty() const { return size() == 0; }

  Row operator[](int row) const { return {data_, row}; }

  int64_t affected_rows() const;

  class Iterator {
   public:
    Iterator(const Result* result, int row) : result_(result), row_(row) {}

    Row operator*() const { return (*result_)[row_]; }

    Iterator& operator++() {
      ++row_;
      return *this;
    }

    bool operator!=(const Iterator& other) const { return row_ != other.row_; }

   private:
    const Result* result_;
    int row_;
  };

  Iterator begin() const { return Iterator(this, 0); }

  Iterator end() const { return Iterator(this, size()); }

 private:
  std::shared_ptr<const ResultData> data_;
};

}  // namespace vsv::pg
