// The services that the writing clients write to.
#pragma once

#include "tests/faults/writers.h"

#include "grpcpp/channel.h"

#include <memory>
#include <string>

namespace vsv::faults {

// PEM texts of one side of a mutual TLS channel.
struct ChannelKeys {
  std::string root;
  std::string certificate;
  std::string key;
};

// A channel of its own that is back as soon as the server is.
std::shared_ptr<grpc::Channel> InsistentChannel(const std::string& address,
                                                const ChannelKeys& keys);

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

// As the school that the channel's certificate belongs to.
std::unique_ptr<WriteSession> WriteDossiers(std::shared_ptr<grpc::Channel> dossiers,
                                            const DossierPlan& plan);

}  // namespace vsv::faults
