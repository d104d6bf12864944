// The organisations of the story on the wire: each with a certificate of its own, registered for
// its purposes.
#pragma once

#include "vsv/policy/v1/policy.pb.h"

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "google/protobuf/message.h"
#include "grpcpp/channel.h"

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace vsv::story {

// Where everything is.
struct StageOptions {
  std::string home;        // VSV_HOME: pki/ and secrets/
  std::string source_dir;  // root of the source tree: deploy/dev/pki.sh and data/
  std::map<std::string, std::string> addresses;  // by area: "partners" -> "127.0.0.1:7401"
  std::string register_keeper_oin;
};

// One certificate with its channels.
class Actor {
 public:
  Actor(std::string id, std::string certificate,
        std::map<std::string, std::shared_ptr<grpc::Channel>> channels)
      : id_(std::move(id)), certificate_(std::move(certificate)), channels_(std::move(channels)) {}

  const std::string& id() const { return id_; }  // "vo-school-x", without the collection

  std::string name() const { return "organisations/" + id_; }

  const std::string& certificate() const {
    return certificate_;
  }  // path without suffix: .crt and .key

  // Calls the method of that name ("SendDossier") for `purpose` ("transition"; "" names none). A
  // request_id that the request has and that is empty is filled in: by `key`, so that a repeat is
  // one, or at random without.
  template <typename Reply, typename Request>
  absl::StatusOr<Reply> Call(absl::string_view method, Request request, absl::string_view purpose,
                             absl::string_view key = "") const {
    absl::StatusOr<std::unique_ptr<google::protobuf::Message>> reply =
        CallDynamic(method, request, purpose, key);
    if (!reply.ok()) return reply.status();
    return static_cast<Reply&&>(**reply);
  }

  absl::StatusOr<std::unique_ptr<google::protobuf::Message>> CallDynamic(
      absl::string_view method, google::protobuf::Message& request, absl::string_view purpose,
      absl::string_view key) const;

  // Channel to an area, for streams.
  std::shared_ptr<grpc::Channel> channel(const std::string& area) const {
    return channels_.at(area);
  }

 private:
  const std::string id_;
  const std::string certificate_;
  const std::map<std::string, std::shared_ptr<grpc::Channel>> channels_;
  const absl::Time entered_ = absl::Now();
};

// Makes actors. Not thread-safe; its actors are.
class Stage {
 public:
  static absl::StatusOr<std::unique_ptr<Stage>> Open(StageOptions options);

  // The keeper of the register: its certificate exists since `./run up`.
  const Actor& keeper() const { return *keeper_; }

  // The organisation with a certificate registered for `purposes`; made and registered when first
  // asked for. Its OIN is read from the register: its own, or that of the nearest organisation
  // above it.
  absl::StatusOr<const Actor*> Enter(const std::string& organisation_id,
                                     const std::vector<policy::v1::Purpose>& purposes);

  const StageOptions& options() const { return options_; }

 private:
  explicit Stage(StageOptions options) : options_(std::move(options)) {}

  absl::StatusOr<std::unique_ptr<Actor>> Connect(const std::string& id,
                                                 const std::string& certificate) const;
  absl::StatusOr<std::string> OinOf(const std::string& organisation_id) const;

  const StageOptions options_;
  std::unique_ptr<Actor> keeper_;
  std::map<std::string, std::unique_ptr<Actor>> actors_;
};

}  // namespace vsv::story
