// Every request of the suite through the check that follows from its descriptor, with masks, names
// and page tokens as they come.
#include "libs/aip/field_behavior.h"

#include "libs/aip/field_mask.h"
#include "libs/aip/page_token.h"
#include "tests/fuzz/property.h"
#include "tests/fuzz/request.h"

#include <cstdint>

using vsv::fuzz::Demand;

namespace {

const vsv::fuzz::Methods& Methods() {
  static const auto* methods = new vsv::fuzz::Methods(vsv::fuzz::AnsweredMethodsOf(
      {"vsv.audit.v1.AuditService", "vsv.feed.v1.FeedService", "vsv.partners.v1.PartnersService",
       "vsv.partners.v1.AgreementService", "vsv.partners.v1.AuthorisationService",
       "vsv.partners.v1.RegionService", "vsv.programs.v1.ProgramsService",
       "vsv.programs.v1.MeasuresService", "vsv.dossiers.v1.DossierService",
       "vsv.dossiers.v1.ImportService", "vsv.dossiers.v1.TransferService",
       "vsv.dossiers.v1.ApplicationService", "vsv.dossiers.v1.ConsentService",
       "vsv.dossiers.v1.HandoverService", "vsv.dossiers.v1.ErasureService",
       "vsv.outcomes.v1.OutcomesService", "vsv.outcomes.v1.CohortService"}));
  return *methods;
}

}  // namespace

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t* data, size_t size, size_t max_size,
                                          unsigned int seed) {
  return vsv::fuzz::MutateRequest(Methods(), data, size, max_size, seed);
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const vsv::fuzz::Request request = vsv::fuzz::ReadRequest(Methods(), vsv::fuzz::Text(data, size));
  if (request.message == nullptr) return 0;
  std::vector<vsv::errors::Violation> violations;
  vsv::aip::CheckFieldBehavior(*request.message, violations);
  Demand(violations.size() <= vsv::errors::kMaxViolations, "no answer of any length");
  for (const vsv::errors::Violation& violation : violations) {
    Demand(!violation.description.empty(), "a violation says what is wrong");
  }
  static const auto* tokens = new vsv::aip::PageTokens(std::string(32, 'p'));
  const std::string token = tokens->Make(*request.message, "caller", {"key"});
  const auto* field = request.message->GetDescriptor()->FindFieldByName("page_token");
  if (field != nullptr) {
    request.message->GetReflection()->SetString(request.message.get(), field, token);
    Demand(tokens->Read(*request.message, "caller").ok(), "a token continues its own query");
  }
  return 0;
}
