#include "services/dossiers/domain/category.h"

#include "services/dossiers/domain/names.h"

#include "absl/strings/str_join.h"

namespace vsv::dossiers {

std::vector<Category> CategorySet::Members() const {
  std::vector<Category> members;
  for (uint32_t number = 0; number < 32; ++number) {
    if ((bits_ & (uint32_t{1} << number)) != 0) members.push_back(static_cast<Category>(number));
  }
  return members;
}

std::string CategorySet::ToString() const {
  return absl::StrJoin(Members(), ",", [](std::string* out, Category category) {
    out->append(Name(category).data(), Name(category).size());
  });
}

}  // namespace vsv::dossiers
