// Verifies an exported trail without the service, the database or any secret: for third parties.
#pragma once

#include "libs/audit/findings.h"

#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include <optional>
#include <string>
#include <vector>

namespace vsv::audit {

struct VerifyOptions {
  std::string directory;                 // of an export (export/export.sql)
  std::vector<std::string> public_keys;  // 32 raw bytes each
  std::optional<std::string> kept;       // file of checkpoints that were kept outside
  absl::Duration max_unsealed_age = absl::Minutes(5);
};

// Recomputes every leaf and the root at every checkpoint. What is wrong is in the report; an error
// is an export that cannot be read.
absl::StatusOr<Report> VerifyTrail(const VerifyOptions& options);

}  // namespace vsv::audit
