// Resources for tests: complete and right, to be changed where the test is about.
#pragma once

#include "services/partners/domain/register_store.h"

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

#include <string>

namespace vsv::partners {

// 2024-03-01 12:00 UTC.
absl::Time TestNow();

// A running number as a UUID.
std::string TestUuid(int number);

Organisation MakeOrganisation(absl::string_view id, OrganisationKind kind);
Region MakeRegion(absl::string_view id);
RegionMembership MakeMembership(int number, absl::string_view region,
                                absl::string_view organisation, Period validity);
ProgrammeRole MakeProgrammeRole(int number, absl::string_view region,
                                absl::string_view organisation, ProgrammeRoleKind kind,
                                Period validity);
// A draft in which `provider` gives PROCESS and CAREER to `receiver` for TRANSITION.
Agreement MakeAgreement(absl::string_view id, absl::string_view region, absl::string_view provider,
                        absl::string_view receiver);
Mandate MakeMandate(int number, absl::string_view organisation, absl::string_view supplier);
Credential MakeCredential(char digit, absl::string_view organisation);

// The command that enters it, with request id `number`.
template <typename T>
CreateCommand<T> Enter(T resource, int number) {
  CreateCommand<T> command;
  command.request = {
      .caller = "keeper", .method = "Create", .request_id = TestUuid(number), .body_hash = "body"};
  command.resource = std::move(resource);
  return command;
}

}  // namespace vsv::partners
