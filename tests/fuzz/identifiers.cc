// Every number and day that is read from text: one text for one value.
#include "libs/base/identifiers.h"

#include "libs/aip/etag.h"
#include "libs/aip/request_id.h"
#include "libs/base/hash.h"
#include "libs/base/local_date.h"
#include "libs/base/pgn.h"
#include "libs/base/school_year.h"
#include "libs/base/utf8.h"
#include "libs/base/uuid.h"
#include "tests/fuzz/property.h"

#include <cstdint>

using vsv::base::IdentifierScheme;
using vsv::fuzz::Demand;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view text = vsv::fuzz::Text(data, size);
  for (const IdentifierScheme scheme :
       {IdentifierScheme::kBrin, IdentifierScheme::kBrinLocation, IdentifierScheme::kOin,
        IdentifierScheme::kKvk, IdentifierScheme::kMunicipalityCode, IdentifierScheme::kSwv,
        IdentifierScheme::kRmcCode}) {
    const auto normal = vsv::base::NormaliseIdentifier(scheme, text);
    if (!normal.has_value()) continue;
    Demand(vsv::base::NormaliseIdentifier(scheme, *normal) == normal, "the one form is its own");
    Demand(vsv::base::Utf8Length(*normal) == normal->size(), "ASCII only");
  }
  if (const auto pgn = vsv::base::Pgn::Parse(text); pgn.has_value()) {
    Demand(pgn->value() == text, "a number is what was written");
  }
  if (const auto id = vsv::aip::CanonicalRequestId(text); id.ok()) {
    Demand(vsv::base::IsUuid(*id), "a request id is a UUID");
  }
  if (const auto day = vsv::base::ParseIsoDate(text); day.has_value()) {
    Demand(vsv::base::FormatIsoDate(*day) == text, "one text for one day");
    for (const int age : {0, 16, 18, 23}) {
      const absl::CivilDay reached = vsv::base::ReachesAgeOn(*day, age);
      Demand(vsv::base::AgeOn(*day, reached) == age, "that age on that day");
      Demand(age == 0 || vsv::base::AgeOn(*day, reached - 1) == age - 1, "and a year less before");
    }
    Demand(vsv::base::SchoolYear::Of(*day).Contains(*day), "a day is in its school year");
  }
  if (const auto year = vsv::base::SchoolYear::Parse(text); year.has_value()) {
    Demand(year->ToString() == text, "one text for one school year");
  }
  if (const auto version = vsv::aip::VersionOf(text); version.has_value()) {
    Demand(vsv::aip::EtagOf(*version) == text, "one etag for one version");
  }
  if (const auto bytes = vsv::base::Base64UrlDecode(text); bytes.has_value()) {
    Demand(vsv::base::Base64UrlEncode(*bytes) == text, "one text for one value");
  }
  return 0;
}
