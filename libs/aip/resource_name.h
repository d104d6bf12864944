// Resource names (AIP-122): "regions/19/programs/schoolwerkt-2021/lines/1".
#pragma once

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

namespace vsv::aip {

// A pattern of collections and ids, e.g. "regions/{region}/dossiers/{dossier=uuid}". What an id may
// be stands behind '=':
// - nothing: 1 to 63 of letters, digits, '-', '_', '.', '~', beginning with a letter or digit;
// - slug: 2 to 63 of lower-case letters, digits and '-', beginning with a letter;
// - uuid: a UUID in canonical form;
// - region: two digits, an RMC code or "00" for the whole country.
// Immutable; make one as a namespace-scope function-local static or a member.
class ResourcePattern {
 public:
  // Aborts on a malformed pattern: patterns are written in code.
  explicit ResourcePattern(absl::string_view pattern);

  // The ids, in order of the pattern; nullopt when `name` does not have the form.
  std::optional<std::vector<std::string>> Parse(absl::string_view name) const;

  // The same, with FIELD_INVALID on `field` that says which form is expected and what is wrong.
  absl::StatusOr<std::vector<std::string>> ParseField(absl::string_view name,
                                                      absl::string_view field) const;

  // The name with these ids. As many as the pattern has; aborts otherwise. The ids are not checked.
  std::string Format(std::initializer_list<absl::string_view> ids) const;

  // "regions/{region}/dossiers/{dossier}", for messages.
  const std::string& description() const { return description_; }

 private:
  enum class Kind { kLiteral, kAny, kSlug, kUuid, kRegion };

  struct Segment {
    Kind kind = Kind::kLiteral;
    std::string text;  // the literal, or the name of the id
  };

  static bool Fits(const Segment& segment, absl::string_view text);
  // What is wrong with `name`, or "".
  std::string Problem(absl::string_view name) const;

  std::vector<Segment> segments_;
  std::string description_;
};

}  // namespace vsv::aip
