// The calls that ./run bench measures, on the rows that sql/seed_dossiers.sql makes.
#pragma once

#include "tests/load/callers.h"

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace vsv::load {

struct WorkloadOptions {
  std::string region;  // "16"
  int64_t dossiers = 1;
  std::string line;                        // name of a programme line
  std::vector<std::string> organisations;  // ids
  std::string page_token;                  // "" = the first page
};

// `kind` is get_dossier, update_dossier, move_due_date, batch_create, import, get_organisation,
// line_status or list_page.
absl::StatusOr<Workload> MakeWorkload(absl::string_view kind, const WorkloadOptions& options);

// The token of the last page of ListDossiers that holds anything, found by turning all pages.
absl::StatusOr<std::string> FindLastPage(const WorkloadOptions& options,
                                         const std::shared_ptr<grpc::Channel>& channel);

}  // namespace vsv::load
