#include "libs/obs/trace.h"

#include "absl/random/random.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace vsv::obs {
namespace {

bool IsLowerHex(absl::string_view text, size_t length) {
  return text.size() == length && std::all_of(text.begin(), text.end(), [](char c) {
           return absl::ascii_isdigit(static_cast<unsigned char>(c)) || (c >= 'a' && c <= 'f');
         });
}

bool IsAllZero(absl::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c == '0'; });
}

uint64_t RandomBits() {
  thread_local absl::BitGen generator;
  return absl::Uniform<uint64_t>(generator);
}

}  // namespace

std::string TraceIdOf(absl::string_view traceparent) {
  const std::vector<absl::string_view> parts = absl::StrSplit(traceparent, '-');
  if (parts.size() < 4 || !IsLowerHex(parts[0], 2) || parts[0] == "ff") return "";
  if (parts[0] == "00" && parts.size() != 4) return "";
  if (!IsLowerHex(parts[1], 32) || IsAllZero(parts[1])) return "";
  if (!IsLowerHex(parts[2], 16) || IsAllZero(parts[2]) || !IsLowerHex(parts[3], 2)) return "";
  return std::string(parts[1]);
}

std::string NewTraceId() {
  return absl::StrFormat("%016x%016x", RandomBits(), RandomBits() | 1);
}

std::string MakeTraceparent(absl::string_view trace_id) {
  return absl::StrFormat("00-%s-%016x-01", trace_id, RandomBits() | 1);
}

}  // namespace vsv::obs
