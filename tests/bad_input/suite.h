// The whole suite as real processes, over real TLS and on real databases, with the sample register
// in it: what bad input is thrown at.
#pragma once

#include "libs/rpc/dynamic_call.h"
#include "libs/testing/pg_database.h"
#include "libs/testing/test_pki.h"

#include "vsv/policy/v1/policy.pb.h"

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"
#include "grpcpp/channel.h"

#include <map>
#include <memory>
#include <string>
#include <sys/types.h>
#include <vector>

namespace vsv::bad_input {

using Reply = absl::StatusOr<std::unique_ptr<google::protobuf::Message>>;

inline constexpr char kKeeperOin[] = "00000099000000001000";

// Who calls.
inline constexpr char kKeeper[] = "keeper";           // of the register
inline constexpr char kService[] = "service";         // one of the suite's own
inline constexpr char kSchool[] = "vmbo-de-eemhoek";  // all others: ids of organisations
inline constexpr char kInstitution[] = "roc-midden-nederland";
inline constexpr char kMunicipality[] = "gemeente-amersfoort";  // also a programme manager

// Started when first asked for, gone with the process. Aborts the test when it does not start.
class Suite {
 public:
  static Suite& Get();
  ~Suite();
  Suite(const Suite&) = delete;
  Suite& operator=(const Suite&) = delete;

  testing::TestPki& pki() { return pki_; }

  // A channel of its own to an area ("dossiers") with this certificate; the authority to trust is
  // ours.
  std::shared_ptr<grpc::Channel> Connect(const std::string& area, const testing::KeyPair& pair);

  // Calls a method by its full name as one of those above, for a purpose ("" names none). A request
  // id that is empty is filled in.
  Reply Call(const std::string& who, const std::string& method,
             const google::protobuf::Message& request, const std::string& purpose);
  Reply CallJson(const std::string& who, const std::string& method, const std::string& json,
                 const std::string& purpose);
  // Sends these bytes as a request.
  absl::Status CallBytes(const std::string& who, const std::string& method,
                         const std::string& bytes, const std::string& purpose);
  // CallJson for setting the stage: aborts the test on a refusal.
  std::unique_ptr<google::protobuf::Message> MustJson(const std::string& who,
                                                      const std::string& method,
                                                      const std::string& json,
                                                      const std::string& purpose);

  // Registers a certificate with partners. Gives the name of the credential.
  std::string Register(const std::string& organisation, const testing::KeyPair& pair,
                       const std::vector<policy::v1::Purpose>& purposes);
  // Waits until every service has learnt of it.
  void AwaitKnown(const testing::KeyPair& pair);

  int PortOf(const std::string& area) const;
  // Of a server: whether it answers health checks, its log so far, its metrics.
  bool Serves(const std::string& area);
  std::string Log(const std::string& area) const;
  std::string Metrics(const std::string& area) const;

  // A fingerprint of everything a service has stored, but for the audit trail (refusals are
  // audited) and what it follows of others: alike before and after means nothing was half-written.
  std::string Stored(const std::string& area);

  static const std::vector<std::string>& Areas();
  // The secret of a service for page tokens and cursors.
  static std::string CursorKey(const std::string& area);

 private:
  struct Process;

  Suite();
  void Start(const std::string& area);
  void Load(const std::string& file, const std::string& purpose);
  std::string Write(const std::string& name, const std::string& content);
  std::shared_ptr<grpc::Channel> ChannelOf(const std::string& who, const std::string& area);

  testing::TestPki pki_;
  std::string directory_;
  std::map<std::string, std::unique_ptr<Process>> processes_;
  std::map<std::string, testing::KeyPair> certificates_;            // by who
  std::map<std::string, std::shared_ptr<grpc::Channel>> channels_;  // by who and area
};

// "vsv.dossiers.v1.DossierService.GetDossier" -> "dossiers". What every service answers is asked of
// dossiers.
std::string AreaOf(const google::protobuf::MethodDescriptor& method);

}  // namespace vsv::bad_input
