// Data categories as the domain sees them. The numbers are those of vsv.policy.v1.DataCategory,
// which api/ asserts.
#pragma once

#include "absl/strings/string_view.h"

#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

namespace vsv::dossiers {

// See vsv.policy.v1.DataCategory for what belongs to each.
enum class Category : uint8_t {
  kProcess = 2,
  kAdministrative = 3,
  kPgn = 4,
  kCareer = 5,
  kSocialEmotional = 6,
  kSupport = 7,
  kAbsence = 8,
  kHealth = 9,
  kExtraCare = 10,
  kView = 11,
};

// A set of categories; a small value.
class CategorySet {
 public:
  constexpr CategorySet() = default;

  constexpr CategorySet(std::initializer_list<Category> categories) {
    for (const Category category : categories) Add(category);
  }

  constexpr void Add(Category category) { bits_ |= Bit(category); }

  constexpr void Remove(Category category) { bits_ &= ~Bit(category); }

  constexpr bool Contains(Category category) const { return (bits_ & Bit(category)) != 0; }

  constexpr bool empty() const { return bits_ == 0; }

  constexpr CategorySet Union(CategorySet other) const { return FromBits(bits_ | other.bits_); }

  constexpr CategorySet Minus(CategorySet other) const { return FromBits(bits_ & ~other.bits_); }

  constexpr CategorySet Intersect(CategorySet other) const { return FromBits(bits_ & other.bits_); }

  constexpr bool ContainsAll(CategorySet other) const { return other.Minus(*this).empty(); }

  constexpr uint32_t bits() const { return bits_; }

  static constexpr CategorySet FromBits(uint32_t bits) {
    CategorySet set;
    set.bits_ = bits;
    return set;
  }

  friend constexpr bool operator==(CategorySet a, CategorySet b) { return a.bits_ == b.bits_; }

  // Members in the order of the enum.
  std::vector<Category> Members() const;
  // "PROCESS,CAREER": the names of the members in that order, as audit rows and logs hold them.
  std::string ToString() const;

 private:
  static constexpr uint32_t Bit(Category category) {
    return uint32_t{1} << static_cast<uint32_t>(category);
  }

  uint32_t bits_ = 0;
};

// Every category there is.
inline constexpr CategorySet kAllCategories = {
    Category::kProcess, Category::kAdministrative,  Category::kPgn,     Category::kCareer,
    Category::kSupport, Category::kSocialEmotional, Category::kAbsence, Category::kHealth,
    Category::kView,    Category::kExtraCare};

// Categories that are stored as a section of the dossier's content.
inline constexpr CategorySet kSectionCategories = {
    Category::kAdministrative, Category::kCareer, Category::kSocialEmotional, Category::kSupport,
    Category::kAbsence,        Category::kHealth, Category::kExtraCare};

// What the pupil fills with the school (part A) and what whoever guides the young person writes
// (part B).
inline constexpr CategorySet kPartA = {Category::kAdministrative, Category::kCareer};
inline constexpr CategorySet kPartB = kSectionCategories.Minus(kPartA);

// Categories beyond the legal list or special (AVG art. 9): they travel on consent alone.
inline constexpr CategorySet kConsentOnly = {Category::kHealth, Category::kExtraCare};

}  // namespace vsv::dossiers
