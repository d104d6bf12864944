// A real server on the fake store, and organisations that call it: school, other-school, mbo,
// other-mbo, town.
#pragma once

#include "libs/aip/page_token.h"
#include "libs/base/clock.h"
#include "libs/feed/cursor.h"
#include "libs/testing/in_process_server.h"
#include "services/dossiers/api/service_set.h"
#include "services/dossiers/testing/fake_store.h"

#include "absl/status/statusor.h"
#include "grpcpp/client_context.h"

#include <functional>
#include <memory>
#include <string>

namespace vsv::dossiers::testing {

// Nothing changes and nothing is counted.
class NoChanges : public ChangeStore {
 public:
  absl::StatusOr<std::string> Epoch(absl::Time deadline) override;
  absl::StatusOr<Positions> Heads(const std::vector<RegionId>& regions,
                                  absl::Time deadline) override;
  absl::StatusOr<Page<DossierRow>> Snapshot(const SnapshotCommand& command) override;
  absl::StatusOr<DossierChanges> Changes(const ChangesCommand& command) override;
  absl::StatusOr<CountChanges> Counts(const ChangesCommand& command) override;
};

// Wakes nobody but at the latest time, which tests do not wait for.
class NeverWakes : public rpc::WakeSource {
 public:
  uint64_t Told() const override { return 0; }

  uint64_t Await(uint64_t told, absl::Time at_latest, std::function<void()> wake) override;
  void Cancel(uint64_t token) override;
};

// One server per object. It is noon of 2026-05-11.
class ApiWorld {
 public:
  // `changes`: what is streamed; nothing when absent. Must outlive the world.
  explicit ApiWorld(ChangeStore* changes = nullptr);
  ~ApiWorld();

  // A request of "school" for a pupil of 17 with every section but HEALTH filled, support needed,
  // and a new request id.
  v1::CreateDossierRequest CreateRequest(const std::string& pgn = "999900006");

  // Calls as an organisation, for TRANSITION; each with a new request id unless the request has
  // one.
  absl::Status Call(const std::string& organisation,
                    const std::function<grpc::Status(grpc::ClientContext*)>& call);
  absl::StatusOr<v1::Dossier> Create();
  absl::StatusOr<v1::Dossier> Create(const v1::CreateDossierRequest& request);
  absl::StatusOr<v1::Dossier> Get(const std::string& organisation, const std::string& name);
  absl::StatusOr<v1::ListDossiersResponse> List(const std::string& organisation,
                                                const v1::ListDossiersRequest& request);
  absl::StatusOr<v1::Dossier> Update(v1::UpdateDossierRequest request);
  absl::StatusOr<v1::Dossier> Send(const std::string& name);
  absl::StatusOr<v1::Dossier> Accept(const std::string& name);
  absl::StatusOr<v1::Application> Apply(const std::string& name, const std::string& institution);
  // For EXTRA_CARE, to "mbo".
  absl::StatusOr<v1::Consent> Consent(const std::string& name);
  absl::StatusOr<v1::Consent> Withdraw(const std::string& consent);
  absl::StatusOr<v1::EraseDossierResponse> Erase(const std::string& organisation,
                                                 v1::EraseDossierRequest request);
  // A new dossier that was agreed; applied for and sent to "mbo".
  absl::StatusOr<v1::Dossier> Agreed();
  absl::StatusOr<v1::Dossier> Sent();
  std::string NewId() const;

  FakeStore& store() { return store_; }

  // To the server, for calls by name.
  std::shared_ptr<grpc::Channel> channel() { return server_.channel(); }

  v1::DossierService::Stub& dossiers() { return *dossiers_; }

  v1::HandoverService::Stub& handovers() { return *handovers_; }

  v1::ApplicationService::Stub& applications() { return *applications_; }

 private:
  base::FakeClock clock_;
  vsv::testing::FakeCallers callers_;
  vsv::testing::InProcessServer server_;
  FakeStore store_;
  NoChanges no_changes_;
  NeverWakes wake_;
  const aip::PageTokens tokens_;
  const feed::Cursors cursors_;
  ServiceSet services_;
  std::unique_ptr<v1::DossierService::Stub> dossiers_;
  std::unique_ptr<v1::TransferService::Stub> transfers_;
  std::unique_ptr<v1::ApplicationService::Stub> applications_;
  std::unique_ptr<v1::ConsentService::Stub> consents_;
  std::unique_ptr<v1::HandoverService::Stub> handovers_;
  std::unique_ptr<v1::ErasureService::Stub> erasures_;
};

}  // namespace vsv::dossiers::testing
