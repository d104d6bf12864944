#include "libs/audit/leaf.h"

#include "libs/base/hash.h"

#include <cstdint>

namespace vsv::audit {
namespace {

constexpr absl::string_view kNull("\xff\xff\xff\xff", 4);

void AddField(absl::string_view value, std::string& text) {
  const auto size = static_cast<uint32_t>(value.size());
  for (const int shift : {24, 16, 8, 0}) text.push_back(static_cast<char>(size >> shift));
  text.append(value.data(), value.size());
}

}  // namespace

std::string EntryDigest(absl::Span<const std::optional<std::string>> columns) {
  std::string text;
  AddField("vsv-audit-entry-1", text);
  for (const std::optional<std::string>& column : columns) {
    if (column.has_value()) {
      AddField(*column, text);
    } else {
      text.append(kNull.data(), kNull.size());
    }
  }
  return base::Sha256(text);
}

std::string SubjectsDigest(absl::Span<const std::string> ascending_hashes) {
  std::string text;
  AddField("vsv-audit-subjects-1", text);
  for (const std::string& hash : ascending_hashes) AddField(hash, text);
  return base::Sha256(text);
}

}  // namespace vsv::audit
