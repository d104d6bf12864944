// The services that the writing clients write to.
#pragma once

#include "tests/faults/calls.h"
#include "tests/faults/writers.h"

#include "vsv/dossiers/v1/dossier_requests.pb.h"

#include "grpcpp/channel.h"

#include <memory>
#include <string>

namespace vsv::faults {

// Organisations "<prefix>-<slot>" of partners, as the keeper of the register.
std::unique_ptr<WriteSession> WriteOrganisations(std::shared_ptr<grpc::Channel> partners,
                                                 std::string prefix);

// Dossiers of pupils that live in one municipality.
struct DossierPlan {
  std::string region = "16";
  std::string municipality_code = "GM0307";
  int first_pupil = 0;  // test PGN of the first slot's pupil, see story::TestPgn
  int year = 2026;      // of the transition
};

// The request that makes one.
vsv::dossiers::v1::CreateDossierRequest NewDossier(const DossierPlan& plan, const std::string& pgn,
                                                   const std::string& value,
                                                   const std::string& request_id);

// One that may also have what it wrote erased.
class ErasingSession : public WriteSession {
 public:
  // When it was erased.
  virtual absl::StatusOr<std::string> Erase(const std::string& resource,
                                            const std::string& request_id) = 0;
};

// As the school that the channel's certificate belongs to. What was answered goes to `acts`, which
// outlives it.
std::unique_ptr<ErasingSession> WriteDossiers(std::shared_ptr<grpc::Channel> dossiers,
                                              const DossierPlan& plan, Acts& acts);

}  // namespace vsv::faults
