// Readers of the register that come at the same time share a statement. Specification:
// domain/register_store.h.
#pragma once

#include "libs/base/clock.h"
#include "libs/pg/coalescer.h"
#include "services/partners/domain/register_store.h"

#include <functional>
#include <utility>
#include <vector>

namespace vsv::partners {

// Thread-safe. Single gets are gathered and read from `together`; what is a batch already, lists
// and writes go to `alone`. The base is EntryStore or ResourceStore.
template <typename T, typename Query, typename Base = ResourceStore<T, Query>>
class CoalescingEntryStore : public Base {
 public:
  CoalescingEntryStore(Base& together, Base& alone, const base::Clock& clock,
                       pg::CoalescerOptions options)
      : alone_(alone),
        get_(clock, std::move(options), [&together](std::vector<Key> keys, absl::Time deadline) {
          return together.Get(keys, deadline);
        }) {}

  std::vector<absl::StatusOr<T>> Create(absl::Span<const CreateCommand<T>> commands,
                                        absl::Time deadline) override {
    return alone_.Create(commands, deadline);
  }

  std::vector<absl::StatusOr<T>> Get(absl::Span<const Key> keys, absl::Time deadline) override {
    if (keys.size() != 1) return alone_.Get(keys, deadline);
    return {get_.Do(keys[0], {.deadline = deadline})};
  }

  absl::StatusOr<std::vector<T>> List(const Query& query, absl::Time deadline) override {
    return alone_.List(query, deadline);
  }

  // Keys that wait for a batch.
  int waiting() const { return get_.waiting(); }

 protected:
  Base& alone_;

 private:
  pg::Coalescer<Key, T> get_;
};

template <typename T, typename Query>
class CoalescingResourceStore final : public CoalescingEntryStore<T, Query> {
 public:
  using CoalescingEntryStore<T, Query>::CoalescingEntryStore;

  std::vector<absl::StatusOr<T>> Change(absl::Span<const ChangeCommand<T>> commands,
                                        absl::Time deadline) override {
    return this->alone_.Change(commands, deadline);
  }
};

// All stores of the register, coalescing. Thread-safe; the references must outlive it.
class CoalescingRegister {
 public:
  // How reads of a kind of resource, named like "partners.get_organisation", are coalesced.
  using OptionsFor = std::function<pg::CoalescerOptions(const char* operation)>;

  CoalescingRegister(const RegisterStores& together, const RegisterStores& alone,
                     const base::Clock& clock, const OptionsFor& options)
      : organisations_(together.organisations, alone.organisations, clock,
                       options("partners.get_organisation")),
        regions_(together.regions, alone.regions, clock, options("partners.get_region")),
        memberships_(together.memberships, alone.memberships, clock,
                     options("partners.get_membership")),
        programme_roles_(together.programme_roles, alone.programme_roles, clock,
                         options("partners.get_programme_role")),
        agreements_(together.agreements, alone.agreements, clock,
                    options("partners.get_agreement")),
        mandates_(together.mandates, alone.mandates, clock, options("partners.get_mandate")),
        credentials_(together.credentials, alone.credentials, clock,
                     options("partners.get_credential")),
        residences_(alone.residences) {}

  RegisterStores stores() {
    return {organisations_, regions_,  memberships_, programme_roles_,
            agreements_,    mandates_, credentials_, residences_};
  }

  int waiting_for_organisations() const { return organisations_.waiting(); }

 private:
  CoalescingResourceStore<Organisation, OrganisationQuery> organisations_;
  CoalescingEntryStore<Region, RegionQuery, RegionStore> regions_;
  CoalescingResourceStore<RegionMembership, MembershipQuery> memberships_;
  CoalescingResourceStore<ProgrammeRole, ProgrammeRoleQuery> programme_roles_;
  CoalescingResourceStore<Agreement, AgreementQuery> agreements_;
  CoalescingResourceStore<Mandate, MandateQuery> mandates_;
  CoalescingResourceStore<Credential, CredentialQuery> credentials_;
  ResidenceStore& residences_;
};

}  // namespace vsv::partners
