// What the service needs of its store. Batch-shaped: N commands in, N verdicts out, one
// transaction. Implemented on PostgreSQL (storage/) and in memory (testing/);
// testing/store_conformance.h holds both to these comments.
#pragma once

#include "services/programs/domain/line_status.h"
#include "services/programs/domain/names.h"

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "absl/types/span.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace vsv::programs {

// How a repeated mutation is recognised: same caller, method, region and request id. With another
// body it is REQUEST_ID_REUSED. The rest is for the audit trail.
struct RequestScope {
  std::string caller{};         // organisation id
  std::string method{};         // full method name
  std::string request_id{};     // UUID
  std::string body_hash{};      // SHA-256 of the request without its id
  std::string acting_caller{};  // organisation id of the supplier under a mandate, else `caller`
  std::string purpose{};        // "PROGRAMME_MANAGEMENT"
  std::string trace_id{};
  absl::Time at{};
};

// A resource with what the store adds.
template <typename T>
struct Stored {
  T resource;
  int64_t version = 0;  // 1 when entered, one more with each change
  absl::Time created_at{};
  absl::Time updated_at{};
};

template <typename T>
struct CreateCommand {
  RequestScope scope{};
  T resource;
  bool validate_only = false;  // verdict without effect
};

template <typename T>
struct UpdateCommand {
  RequestScope scope{};
  typename T::Name name{};
  std::optional<int64_t> expected_version{};  // nullopt: any
  // Decides on what is stored; pure, for it may run more than once. Its error is the verdict.
  std::function<absl::StatusOr<T>(const T&)> change{};
  bool validate_only = false;
};

// Name of the parent of T, as the parts of its names that are fixed in a list.
struct ParentName {
  std::string region{};
  std::string program{};  // empty for programs
  std::string line{};     // empty for programs, lines and special assignments
};

template <typename T>
struct ListQuery {
  ParentName parent{};
  typename T::Filter filter{};
  std::string after{};  // last id of the page before; empty for the first
  int limit = 50;
};

template <typename T>
struct Page {
  std::vector<Stored<T>> items{};  // by id
  bool more = false;
};

// Store of one kind of resource. A repeat of a mutation answers with what is stored now and has no
// further effect. Errors: <KIND>_NOT_FOUND, <KIND>_EXISTS, ETAG_MISMATCH, REQUEST_ID_REUSED,
// LINE_UNKNOWN, those of `change`, and those of the database. A command that fails does not fail
// its neighbours.
template <typename T>
class ResourceStore {
 public:
  virtual ~ResourceStore() = default;
  virtual std::vector<absl::StatusOr<Stored<T>>> Create(absl::Span<const CreateCommand<T>> commands,
                                                        absl::Time deadline) = 0;
  virtual std::vector<absl::StatusOr<Stored<T>>> Get(absl::Span<const typename T::Name> names,
                                                     absl::Time deadline) = 0;
  virtual absl::StatusOr<Page<T>> List(const ListQuery<T>& query, absl::Time deadline) = 0;
  virtual std::vector<absl::StatusOr<Stored<T>>> Update(absl::Span<const UpdateCommand<T>> commands,
                                                        absl::Time deadline) = 0;
};

// The facts of a line's status, of one snapshot. Errors: LINE_NOT_FOUND.
class LineFactsStore {
 public:
  virtual ~LineFactsStore() = default;
  virtual absl::StatusOr<LineFacts> Read(const LineName& line, absl::CivilDay reference,
                                         absl::Time deadline) = 0;
};

// All stores of the service.
struct Stores {
  ResourceStore<Program>& programs;
  ResourceStore<ProgramLine>& lines;
  ResourceStore<Measure>& measures;
  ResourceStore<SpecialAssignment>& assignments;
  ResourceStore<IndicatorLink>& links;
  LineFactsStore& facts;
};

}  // namespace vsv::programs
