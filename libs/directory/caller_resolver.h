// Who calls, by the register.
#pragma once

#include "libs/directory/snapshot_keeper.h"
#include "libs/rpc/call_context.h"

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

#include <functional>
#include <string>

namespace vsv::directory {

struct CallerResolverOptions {
  std::string register_keeper_oin;            // "" = none
  absl::Duration max_age = absl::Seconds(5);  // of the snapshot
};

// - A service of the suite is known by its certificate alone: role SERVICE, purpose PROJECTION, id
// "service:<name>".
// - For everybody else an old snapshot decides nothing: PROJECTION_STALE, alike for every key.
// - The keeper of the register needs no registered credential, so that it can bootstrap the
// register: role REGISTER_KEEPER,
//   for REGISTRY, AUDIT and PROGRAMME_MANAGEMENT. Its id is that of the organisation with its OIN,
//   or "register-keeper".
// - An organisation is known by a registered, unrevoked, valid credential whose certificate carries
// its OIN or that of the
//   nearest organisation above it, and must not be suspended. Otherwise CREDENTIAL_INVALID, without
//   saying which it was.
// - With `vsv-on-behalf-of` a mandate of the named organisation must cover service and purpose
// today; what is done is then
//   on its responsibility, in its roles.
// Thread-safe; never blocks.
class CallerResolver final : public rpc::CallerResolver {
 public:
  using Source = std::function<DatedSnapshot()>;

  // `source` gives the snapshot to judge by, usually SnapshotKeeper::Current.
  CallerResolver(Source source, CallerResolverOptions options)
      : source_(std::move(source)), options_(std::move(options)) {}

  absl::StatusOr<rpc::Caller> Resolve(const rpc::PeerIdentity& peer, absl::string_view service,
                                      absl::Time now) override;

 private:
  const Source source_;
  const CallerResolverOptions options_;
};

}  // namespace vsv::directory
