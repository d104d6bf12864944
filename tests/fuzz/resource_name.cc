// Names of resources: what is taken apart and put together again is what it was.
#include "libs/aip/resource_name.h"

#include "tests/fuzz/property.h"

#include <cstdint>

using vsv::aip::ResourcePattern;
using vsv::fuzz::Demand;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const auto* patterns = new std::vector<ResourcePattern>{
      ResourcePattern("organisations/{organisation=slug}"),
      ResourcePattern("regions/{region=region}/dossiers/{dossier=uuid}"),
      ResourcePattern("regions/{region=region}/programs/{program}")};
  const absl::string_view text = vsv::fuzz::Text(data, size);
  for (const ResourcePattern& pattern : *patterns) {
    const auto ids = pattern.Parse(text);
    Demand(pattern.ParseField(text, "name").ok() == ids.has_value(), "one judgement");
    if (!ids.has_value()) continue;
    const std::string name =
        ids->size() == 1 ? pattern.Format({(*ids)[0]}) : pattern.Format({(*ids)[0], (*ids)[1]});
    Demand(name == text, "a name is put together as it was");
  }
  return 0;
}
