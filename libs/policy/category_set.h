// A set of data categories.
#pragma once

#include "vsv/policy/v1/policy.pb.h"

#include <cstdint>
#include <initializer_list>
#include <string>

namespace vsv::policy {

// Value type over vsv.policy.v1.DataCategory. DATA_CATEGORY_NONE is always contained: what is no
// personal data needs no grant.
class CategorySet {
 public:
  CategorySet() = default;

  CategorySet(std::initializer_list<v1::DataCategory> categories) {
    for (const v1::DataCategory category : categories) Add(category);
  }

  void Add(v1::DataCategory category) { bits_ |= uint32_t{1} << static_cast<uint32_t>(category); }

  bool Contains(v1::DataCategory category) const {
    return (bits_ & (uint32_t{1} << static_cast<uint32_t>(category))) != 0;
  }

  // Nothing but DATA_CATEGORY_NONE: the resource does not exist for this caller.
  bool empty() const { return bits_ == kNone; }

  bool operator==(const CategorySet& other) const { return bits_ == other.bits_; }

  uint32_t bits() const { return bits_; }

  // For logs and audit: "ADMINISTRATIVE,CAREER", in enum order, without NONE.
  std::string ToString() const;

 private:
  static constexpr uint32_t kNone = uint32_t{1} << static_cast<uint32_t>(v1::DATA_CATEGORY_NONE);
  uint32_t bits_ = kNone;
};

}  // namespace vsv::policy
