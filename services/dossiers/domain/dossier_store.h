// The store of dossiers and all that belongs to one: applications, consents, views, warm handover,
// first-year outcomes. Batch-shaped: N commands, N verdicts in order. This header is the
// specification; testing/ and storage/ implement it.
#pragma once

#include "services/dossiers/domain/asker.h"
#include "services/dossiers/domain/dossier_row.h"
#include "services/dossiers/domain/page.h"

#include "absl/status/statusor.h"
#include "absl/types/span.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace vsv::dossiers {

// Finds or makes the pupil by PGN in the region, then makes the dossier.
struct CreateCommand {
  Asker asker;
  RequestKey request;
  std::string pgn;                // checked by the 11-test; the store keeps a keyed hash beside it
  Dossier dossier;                // complete but for `pupil`
  std::vector<Section> sections;  // distinct categories
  WarmHandover handover;
  std::vector<CountDelta> counts;
  bool validate_only = false;  // judge everything, make nothing; the row has no id
};

// Asks for one dossier.
struct GetCommand {
  Asker asker;
  RegionId region;
  DossierId id;
};

// What a list may be narrowed by; only facts of category PROCESS, which every visible row has
// granted.
struct DossierFilter {
  std::optional<DossierState> state;
  std::optional<OrganisationId> delivering;
  std::optional<OrganisationId> receiving;
  std::optional<OrganisationId> responsible;
  std::optional<int> school_year;
  std::optional<absl::CivilDay> due_before;  // due_on < this day
};

// One page in the order of the ids (time of making).
struct ListCommand {
  Asker asker;
  RegionId region;
  DossierFilter filter;
  std::optional<DossierId> after;  // keyset: ids greater than this
  PageLimits limits;
};

// What a mutation is judged by: the dossier itself, or an application on it. An institution applied
// to sees its own application although the dossier does not exist for it.
struct MutationTarget {
  RegionId region;
  DossierId dossier;
  std::optional<ApplicationId> application;
};

// Decides a change from the locked row. Pure; may be called again when the transaction is retried.
using Decide = std::function<absl::StatusOr<DossierChange>(const DossierRow&)>;

struct MutateCommand {
  Asker asker;
  RequestKey request;
  MutationTarget target;
  std::optional<int64_t> expected_version;  // from the etag; nullopt = whatever it is
  Decide decide;
  bool validate_only = false;  // judge everything, write nothing; the reply is the row as it is
  std::optional<ErasureGround> erases;  // `decide` ends the dossier, on this ground
};

// Thread-safe. Errors of every operation besides those named: DATABASE_UNAVAILABLE,
// PROJECTION_STALE (directory older than allowed, alike for every key), OVERLOADED,
// DEADLINE_EXCEEDED, OUTCOME_UNKNOWN (mutations).
class DossierStore {
 public:
  virtual ~DossierStore() = default;

  // Errors: DOSSIER_EXISTS (the asker already delivers one for this pupil and school year that is
  // not withdrawn), REQUEST_ID_REUSED. A replay answers the dossier made before.
  // `dossier.delivering` is the asker.
  virtual std::vector<absl::StatusOr<DossierRow>> Create(
      absl::Span<const CreateCommand> commands) = 0;

  // Errors: DOSSIER_NOT_FOUND for absent and not visible alike. Relation, agreement and consent are
  // judged in the statement that reads; the audit row (also of a refusal) is written in the same
  // transaction or nothing is disclosed.
  virtual std::vector<absl::StatusOr<DossierRow>> Get(absl::Span<const GetCommand> commands) = 0;

  // Visible rows only, without a total; one audit row that names its subjects.
  virtual absl::StatusOr<Page<DossierRow>> List(const ListCommand& command) = 0;

  // Locks the row, judges, claims the request id, compares the version, decides, writes effect +
  // audit + outbox + counters, and answers with the row read afresh (granted as of after the
  // change; a caller that thereby lost sight of the dossier still gets its process facts). Errors:
  // DOSSIER_NOT_FOUND or APPLICATION_NOT_FOUND, REQUEST_ID_REUSED, ETAG_MISMATCH (in that order),
  // whatever `decide` answers. Of a replay `decide` is not called; the reply is the row as it is
  // now, as far as it is granted. To whom nothing of it is granted any more it is the row with its
  // process facts while it is as the request left it, and one with nothing granted, its ids alone
  // to be told, when others have changed it since.
  //
  // An erasure takes the dossier, all that belongs to it, the pupil that no other dossier of the
  // region names and the key of its audit trail, in that one transaction; holders are told ERASED.
  // From then on it is DOSSIER_NOT_FOUND, also for a replay of any request but that of the erasure
  // itself, which is answered by `made` alone.
  virtual std::vector<absl::StatusOr<DossierRow>> Mutate(
      absl::Span<const MutateCommand> commands) = 0;
};

}  // namespace vsv::dossiers
