#include "libs/aip/etag.h"

#include "libs/base/hash.h"
#include "libs/errors/errors.h"

namespace vsv::aip {
namespace {

constexpr char kFormat = 'v';
constexpr size_t kBytes = 9;

}  // namespace

std::string EtagOf(int64_t version) {
  std::string bytes(1, kFormat);
  for (int shift = 56; shift >= 0; shift -= 8) {
    bytes.push_back(static_cast<char>((static_cast<uint64_t>(version) >> shift) & 0xff));
  }
  return base::Base64UrlEncode(bytes);
}

std::optional<int64_t> VersionOf(absl::string_view etag) {
  const std::optional<std::string> bytes = base::Base64UrlDecode(etag);
  if (!bytes.has_value() || bytes->size() != kBytes || (*bytes)[0] != kFormat) return std::nullopt;
  uint64_t version = 0;
  for (size_t i = 1; i < kBytes; ++i) {
    version = (version << 8) | static_cast<unsigned char>((*bytes)[i]);
  }
  return static_cast<int64_t>(version);
}

absl::StatusOr<std::optional<int64_t>> ExpectedVersion(absl::string_view etag) {
  if (etag.empty()) return std::optional<int64_t>();
  const std::optional<int64_t> version = VersionOf(etag);
  if (!version.has_value()) return errors::EtagMismatch();
  return version;
}

}  // namespace vsv::aip
