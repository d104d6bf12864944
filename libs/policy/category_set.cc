#include "libs/policy/category_set.h"

namespace vsv::policy {

std::string CategorySet::ToString() const {
  static constexpr size_t kPrefix = sizeof("DATA_CATEGORY_") - 1;
  std::string out;
  const google::protobuf::EnumDescriptor* type = v1::DataCategory_descriptor();
  for (int i = 0; i < type->value_count(); ++i) {
    const auto category = static_cast<v1::DataCategory>(type->value(i)->number());
    if (category == v1::DATA_CATEGORY_NONE || !Contains(category)) continue;
    if (!out.empty()) out += ',';
    out += type->value(i)->name().substr(kPrefix);
  }
  return out;
}

}  // namespace vsv::policy
