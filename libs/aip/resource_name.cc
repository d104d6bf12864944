#include "libs/aip/resource_name.h"

#include "libs/base/uuid.h"
#include "libs/errors/errors.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace vsv::aip {
namespace {

constexpr size_t kMaxIdSize = 63;

[[noreturn]] void AbortOn(absl::string_view pattern) {
  std::fprintf(stderr, "wrong use of resource pattern %s\n", std::string(pattern).c_str());
  std::abort();
}

bool IsAlnum(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c));
}

bool IsAnyId(absl::string_view text) {
  if (text.empty() || text.size() > kMaxIdSize || !IsAlnum(text[0])) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return IsAlnum(c) || c == '-' || c == '_' || c == '.' || c == '~';
  });
}

bool IsSlug(absl::string_view text) {
  if (text.size() < 2 || text.size() > kMaxIdSize || text[0] < 'a' || text[0] > 'z') return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

bool IsRegion(absl::string_view text) {
  return text.size() == 2 && text >= "00" && text <= "40" && text[1] >= '0' && text[1] <= '9';
}

}  // namespace

ResourcePattern::ResourcePattern(absl::string_view pattern) {
  for (absl::string_view part : absl::StrSplit(pattern, '/')) {
    Segment segment;
    if (absl::ConsumePrefix(&part, "{")) {
      if (!absl::ConsumeSuffix(&part, "}")) AbortOn(pattern);
      const std::vector<std::string> halves = absl::StrSplit(part, '=');
      const std::string kind = halves.size() == 2 ? halves[1] : "";
      if (halves.size() > 2 || halves[0].empty()) AbortOn(pattern);
      if (kind.empty() && halves.size() == 1) {
        segment.kind = Kind::kAny;
      } else if (kind == "slug") {
        segment.kind = Kind::kSlug;
      } else if (kind == "uuid") {
        segment.kind = Kind::kUuid;
      } else if (kind == "region") {
        segment.kind = Kind::kRegion;
      } else {
        AbortOn(pattern);
      }
      segment.text = halves[0];
    } else {
      if (part.empty()) AbortOn(pattern);
      segment.text = std::string(part);
    }
    segments_.push_back(segment);
  }
  description_ = absl::StrJoin(segments_, "/", [](std::string* out, const Segment& segment) {
    absl::StrAppend(
        out, segment.kind == Kind::kLiteral ? segment.text : absl::StrCat("{", segment.text, "}"));
  });
}

bool ResourcePattern::Fits(const Segment& segment, absl::string_view text) {
  switch (segment.kind) {
    case Kind::kLiteral:
      return text == segment.text;
    case Kind::kAny:
      return IsAnyId(text);
    case Kind::kSlug:
      return IsSlug(text);
    case Kind::kUuid:
      return base::IsUuid(text);
    case Kind::kRegion:
      return IsRegion(text);
  }
  return false;
}

std::string ResourcePattern::Problem(absl::string_view name) const {
  const std::vector<absl::string_view> parts = absl::StrSplit(name, '/');
  const std::string expected = absl::StrCat("must have the form ", description_);
  if (parts.size() != segments_.size()) return expected;
  for (size_t i = 0; i < parts.size(); ++i) {
    if (Fits(segments_[i], parts[i])) continue;
    if (segments_[i].kind == Kind::kLiteral) return expected;
    return absl::StrCat(expected, "; what stands for {", segments_[i].text, "} is no such id");
  }
  return "";
}

std::optional<std::vector<std::string>> ResourcePattern::Parse(absl::string_view name) const {
  if (!Problem(name).empty()) return std::nullopt;
  const std::vector<absl::string_view> parts = absl::StrSplit(name, '/');
  std::vector<std::string> ids;
  for (size_t i = 0; i < parts.size(); ++i) {
    if (segments_[i].kind != Kind::kLiteral) ids.emplace_back(parts[i]);
  }
  return ids;
}

absl::StatusOr<std::vector<std::string>> ResourcePattern::ParseField(
    absl::string_view name, absl::string_view field) const {
  std::optional<std::vector<std::string>> ids = Parse(name);
  if (!ids.has_value()) return errors::FieldInvalid(field, Problem(name));
  return *std::move(ids);
}

std::string ResourcePattern::Format(std::initializer_list<absl::string_view> ids) const {
  std::vector<absl::string_view> parts;
  const auto* next = ids.begin();
  for (const Segment& segment : segments_) {
    if (segment.kind == Kind::kLiteral) {
      parts.emplace_back(segment.text);
    } else {
      if (next == ids.end()) AbortOn(description_);
      parts.push_back(*next++);
    }
  }
  if (next != ids.end()) AbortOn(description_);
  return absl::StrJoin(parts, "/");
}

}  // namespace vsv::aip
