// A school's import that may be killed at any moment, itself too, and goes on where its journal
// ends.
#pragma once

#include "tests/faults/calls.h"
#include "tests/faults/write_sessions.h"

#include "vsv/dossiers/v1/import_service.grpc.pb.h"

#include "absl/status/status.h"
#include "grpcpp/channel.h"

#include <cstdint>
#include <functional>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace vsv::faults {

struct ImportPlan {
  DossierPlan dossiers;
  std::string name;          // of the import; row N is the request "NAME-N"
  int64_t first_number = 0;  // where the pupils' numbers begin; each row has forty of its own
  int rows = 0;
  std::string journal;  // file: request and answer, a line each
};

// Every tenth row says too little, every tenth is about the pupil of the row before it: the import
// refuses those, and their neighbours are made.
class Importer {
 public:
  // The references outlive it.
  Importer(std::shared_ptr<grpc::Channel> channel, ImportPlan plan, Acts& acts);

  // Sends rows, those that were answered before among them, until `finishing` says so; from then on
  // until each row has its answer and all of them were repeated once more. An error is an answer
  // that no import may give, or one that never came.
  absl::Status Run(const std::function<bool()>& finishing);

  // Ids of what was made, by request; and the requests that were refused.
  std::map<std::string, std::string> made() const;
  std::vector<std::string> refused() const;

 private:
  using Stream = grpc::ClientReaderWriter<vsv::dossiers::v1::ImportDossiersRequest,
                                          vsv::dossiers::v1::ImportDossiersResponse>;

  void ReadJournal();
  std::string NameOf(int row) const;
  vsv::dossiers::v1::CreateDossierRequest RequestOf(int row) const;

  int Below(int end) { return std::uniform_int_distribution<int>(0, end - 1)(random_); }

  // Rows without an answer that are not under way, in order, and now and then some that have one.
  std::vector<int> Portion(const std::set<int>& under_way);
  // One stream of some portions.
  absl::Status OneStream();
  absl::Status Send(Stream& stream, const std::string& trace);
  absl::Status Note(const std::vector<int>& rows,
                    const vsv::dossiers::v1::ImportDossiersResponse& reply,
                    const std::string& trace);
  // All rows once more, in messages of another size.
  absl::Status RepeatAll();

  const std::shared_ptr<grpc::Channel> channel_;
  const ImportPlan plan_;
  Acts& acts_;
  std::mt19937 random_;
  std::map<int, std::string> answers_;  // by row
  std::set<int> to_send_;
};

}  // namespace vsv::faults
