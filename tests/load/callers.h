// Callers in a closed loop: each has one call under way and begins the next when it is answered.
#pragma once

#include "tests/load/tally.h"

#include "absl/random/random.h"
#include "absl/time/time.h"
#include "grpcpp/channel.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace vsv::load {

// What is called, over and over. The reply is counted and thrown away unread: a lean client leaves
// the cores, which it shares, to whoever is measured.
struct Workload {
  std::string method;  // "/vsv.dossiers.v1.DossierService/GetDossier"
  // Each caller has one stream, on which every message is a call and the next response its answer.
  bool on_a_stream = false;
  std::map<std::string, std::string> metadata;
  std::function<std::string(absl::BitGen&)> request;  // serialized; called by many threads
};

struct Pace {
  int callers = 1;
  absl::Duration warm_up;  // not counted
  absl::Duration measured;
};

LoadResult RunCallers(const std::vector<std::shared_ptr<grpc::Channel>>& channels,
                      const Workload& workload, const Pace& pace);

}  // namespace vsv::load
