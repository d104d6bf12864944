// Audit rows of this service: every read and write of personal data, in the transaction of the act.
#pragma once

#include "libs/pg/transaction.h"
#include "services/dossiers/domain/asker.h"
#include "services/dossiers/domain/category.h"
#include "services/dossiers/domain/ids.h"

#include "absl/status/status.h"

#include <cstdint>
#include <vector>

namespace vsv::dossiers {

// How a call ended for its asker.
enum class Outcome : uint8_t {
  kGranted,
  kRefused,   // visible, but it could not be done
  kNotFound,  // absent or not visible: the log keeps what the answer did not tell apart
};

// Kinds of resources, as audit rows name them.
inline constexpr char kDossierKind[] = "DOSSIER";
inline constexpr char kApplicationKind[] = "APPLICATION";
inline constexpr char kConsentKind[] = "CONSENT";

// One access, by one asker, with one kind of resource of one region. Subjects are dossiers.
struct Access {
  const Asker* asker;
  RegionId region;
  const char* resource_kind;
  std::vector<DossierId> subjects;
  CategorySet categories;  // disclosed or changed
  Outcome outcome = Outcome::kGranted;
  // They were read without a lock and may have been erased since: then the entry is nobody's.
  bool may_be_gone = false;
};

// Appends `accesses`. If that fails, nothing may be disclosed.
absl::Status Log(pg::Transaction& tx, const std::vector<Access>& accesses);

}  // namespace vsv::dossiers
