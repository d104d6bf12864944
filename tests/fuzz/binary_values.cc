// PostgreSQL's binary forms: what is read is written and read again the same.
#include "libs/pg/binary.h"
#include "tests/fuzz/property.h"

#include "absl/strings/string_view.h"

#include <cstdint>
#include <string>

using vsv::fuzz::Demand;

namespace {

void AppendWord(std::string& out, uint32_t word) {
  for (const uint32_t shift : {24U, 16U, 8U, 0U}) out.push_back(static_cast<char>(word >> shift));
}

std::string Written(const vsv::pg::BinaryArray& array) {
  std::string out;
  AppendWord(out, 1);
  AppendWord(out, 1);
  AppendWord(out, array.element_type);
  AppendWord(out, static_cast<uint32_t>(array.elements.size()));
  AppendWord(out, 1);
  for (const auto& element : array.elements) {
    AppendWord(out, element.has_value() ? static_cast<uint32_t>(element->size()) : UINT32_MAX);
    if (element.has_value()) out.append(element->data(), element->size());
  }
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view bytes = vsv::fuzz::Text(data, size);
  if (const auto array = vsv::pg::ReadArray(bytes); array.has_value()) {
    Demand(array->elements.size() <= size, "no more elements than bytes");
    const std::string written = Written(*array);
    const auto again = vsv::pg::ReadArray(written);
    Demand(again.has_value() && again->element_type == array->element_type &&
               again->elements == array->elements,
           "an array reads back as it was");
  }
  Demand(vsv::pg::ReadInteger(bytes).has_value() == (size == 2 || size == 4 || size == 8),
         "an integer has two, four or eight bytes");
  Demand(vsv::pg::ReadTime(bytes).has_value() == (size == 8), "a moment has eight bytes");
  if (const auto day = vsv::pg::ReadDay(bytes); day.has_value()) {
    const int64_t days = *day - absl::CivilDay(2000, 1, 1);
    Demand(vsv::pg::ReadInteger(bytes) == days, "a day is a number of days");
  }
  if (const auto uuid = vsv::pg::ReadUuid(bytes); uuid.has_value())
    Demand(uuid->size() == 36 && size == 16, "36 characters for 16 bytes");
  return 0;
}
