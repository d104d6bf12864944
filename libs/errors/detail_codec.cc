#include "libs/errors/detail_codec.h"

#include <cstdint>
#include <utility>

namespace vsv::errors {
namespace {

void PutInteger(uint64_t value, int bytes, std::string& out) {
  for (int i = 0; i < bytes; ++i) out.push_back(static_cast<char>((value >> (8 * i)) & 0xff));
}

void PutString(absl::string_view value, std::string& out) {
  PutInteger(value.size(), 4, out);
  out.append(value.data(), value.size());
}

// Takes from the front of the input; every method is false when the input is too short.
class Reader {
 public:
  explicit Reader(absl::string_view input) : input_(input) {}

  bool Integer(int bytes, uint64_t& value) {
    if (input_.size() < static_cast<size_t>(bytes)) return false;
    value = 0;
    for (int i = 0; i < bytes; ++i) {
      value |= static_cast<uint64_t>(static_cast<unsigned char>(input_[static_cast<size_t>(i)]))
               << (8 * i);
    }
    input_.remove_prefix(static_cast<size_t>(bytes));
    return true;
  }

  bool String(std::string& value) {
    uint64_t size = 0;
    if (!Integer(4, size) || input_.size() < size) return false;
    value.assign(input_.data(), static_cast<size_t>(size));
    input_.remove_prefix(static_cast<size_t>(size));
    return true;
  }

  bool AtEnd() const { return input_.empty(); }

 private:
  absl::string_view input_;
};

bool ReadMetadata(Reader& reader, Detail& detail) {
  uint64_t count = 0;
  if (!reader.Integer(4, count)) return false;
  for (uint64_t i = 0; i < count; ++i) {
    std::string key;
    std::string value;
    if (!reader.String(key) || !reader.String(value)) return false;
    detail.metadata[std::move(key)] = std::move(value);
  }
  return true;
}

bool ReadViolations(Reader& reader, Detail& detail) {
  uint64_t count = 0;
  if (!reader.Integer(4, count)) return false;
  for (uint64_t i = 0; i < count; ++i) {
    Violation violation;
    if (!reader.String(violation.field) || !reader.String(violation.description)) return false;
    detail.violations.push_back(std::move(violation));
  }
  return true;
}

bool ReadRetryAfter(Reader& reader, Detail& detail) {
  uint64_t present = 0;
  if (!reader.Integer(1, present) || present > 1) return false;
  if (present == 0) return true;
  uint64_t nanoseconds = 0;
  if (!reader.Integer(8, nanoseconds)) return false;
  detail.retry_after = absl::Nanoseconds(static_cast<int64_t>(nanoseconds));
  return true;
}

}  // namespace

std::string EncodeDetail(const Detail& detail) {
  std::string out;
  PutString(detail.reason, out);
  PutInteger(detail.metadata.size(), 4, out);
  for (const auto& [key, value] : detail.metadata) {
    PutString(key, out);
    PutString(value, out);
  }
  PutInteger(detail.violations.size(), 4, out);
  for (const Violation& violation : detail.violations) {
    PutString(violation.field, out);
    PutString(violation.description, out);
  }
  PutInteger(detail.retry_after.has_value() ? 1 : 0, 1, out);
  if (detail.retry_after.has_value()) {
    PutInteger(static_cast<uint64_t>(absl::ToInt64Nanoseconds(*detail.retry_after)), 8, out);
  }
  return out;
}

std::optional<Detail> DecodeDetail(absl::string_view bytes) {
  Reader reader(bytes);
  Detail detail;
  if (!reader.String(detail.reason)) return std::nullopt;
  if (!ReadMetadata(reader, detail)) return std::nullopt;
  if (!ReadViolations(reader, detail)) return std::nullopt;
  if (!ReadRetryAfter(reader, detail)) return std::nullopt;
  if (!reader.AtEnd()) return std::nullopt;
  return detail;
}

}  // namespace vsv::errors
