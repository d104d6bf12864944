// The register as a stream.
#pragma once

#include "services/partners/domain/agreement.h"
#include "services/partners/domain/authorisation.h"
#include "services/partners/domain/organisation.h"
#include "services/partners/domain/region.h"

#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace vsv::partners {

using DirectoryResource = std::variant<Organisation, Region, RegionMembership, ProgrammeRole,
                                       Agreement, Mandate, Credential>;

struct DirectoryChange {
  DirectoryResource resource;  // as it is now
  int64_t position = 0;        // of its newest change
};

struct DirectoryBatch {
  std::vector<DirectoryChange> changes;  // each resource once, in order of position
  int64_t position = 0;                  // up to which everything has been looked at
  std::function<std::string(int64_t position)> cursor_behind;  // for who goes on there
  std::optional<absl::Time>
      current_as_of;  // everything committed before is known; nothing while there is more
  bool more = false;  // there is more at once
};

class DirectoryFeed {
 public:
  virtual ~DirectoryFeed() = default;
  // The changes behind `cursor`, some hundreds; "" = from the beginning. Cursors are worth
  // something to `subscriber` alone. Errors: CURSOR_INVALID, CURSOR_EXPIRED.
  virtual absl::StatusOr<DirectoryBatch> Next(const std::string& cursor,
                                              const std::string& subscriber,
                                              absl::Time deadline) = 0;
};

}  // namespace vsv::partners
