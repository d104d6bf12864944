// The register as a stream.
#pragma once

#include "services/partners/domain/agreement.h"
#include "services/partners/domain/authorisation.h"
#include "services/partners/domain/organisation.h"
#include "services/partners/domain/region.h"

#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace vsv::partners {

using DirectoryResource = std::variant<Organisation, Region, RegionMembership, ProgrammeRole,
                                       Agreement, Mandate, Credential>;

struct DirectoryBatch {
  std::vector<DirectoryResource>
      changes;         // as they are now, each once, in order of their newest change
  std::string cursor;  // behind these changes
  std::optional<absl::Time>
      current_as_of;  // everything committed before is known; nothing while there is more
  bool more = false;  // there is more at once
};

class DirectoryFeed {
 public:
  virtual ~DirectoryFeed() = default;
  // The changes behind `cursor`, at most 100; "" = from the beginning. Cursors are worth something
  // to `subscriber` alone. Errors: CURSOR_INVALID, CURSOR_EXPIRED.
  virtual absl::StatusOr<DirectoryBatch> Next(const std::string& cursor,
                                              const std::string& subscriber,
                                              absl::Time deadline) = 0;
};

}  // namespace vsv::partners
