#include "services/partners/domain/authorisation.h"

#include "libs/errors/errors.h"

namespace vsv::partners {

namespace {

template <typename T>
absl::StatusOr<T> RevokeAt(const T& current, absl::Time now) {
  if (current.revoked_at) {
    return errors::StateConflict(
        "it is revoked already",
        {{"revoke_time", absl::FormatTime(*current.revoked_at, absl::UTCTimeZone())}});
  }
  T next = current;
  next.revoked_at = now;
  return next;
}

}  // namespace

absl::StatusOr<Mandate> Revoke(const Mandate& current, absl::Time now) {
  return RevokeAt(current, now);
}

absl::StatusOr<Credential> Revoke(const Credential& current, absl::Time now) {
  return RevokeAt(current, now);
}

}  // namespace vsv::partners
