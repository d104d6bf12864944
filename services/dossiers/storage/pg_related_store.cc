#include "services/dossiers/storage/pg_related_store.h"

#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"
#include "libs/pg/transaction.h"
#include "services/dossiers/domain/names.h"
#include "services/dossiers/storage/access_log.h"
#include "services/dossiers/storage/columns.h"
#include "services/dossiers/storage/delivery.h"
#include "services/dossiers/storage/dossier_columns.h"
#include "services/dossiers/storage/question.h"
#include "services/dossiers/storage/statements.h"
#include "services/dossiers/storage/stretches.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace vsv::dossiers {
namespace {

ApplicationRow ReadApplication(const pg::Row& row, const RegionId& region) {
  ApplicationRow read;
  read.region = region;
  read.dossier = DossierId(row.Text("dossier_id"));
  read.application = {
      ApplicationId(row.Text("id")),
      OrganisationId(row.Text("institution_id")),
      row.Text("course"),
      row.Day("applied_on"),
      FromName<ApplicationState>(row.Text("state")).value_or(ApplicationState::kApplied),
      row.Day("state_on"),
      row.Time("created_at")};
  read.granted = CategoriesOf(row.TextArray("categories"));
  return read;
}

ConsentRow ReadConsent(const pg::Row& row, const ListConsentsCommand& command) {
  ConsentRow read;
  read.region = command.region;
  read.dossier = command.dossier;
  Consent& consent = read.consent;
  consent.id = ConsentId(row.Text("id"));
  consent.category = FromName<Category>(row.Text("category")).value_or(Category::kExtraCare);
  consent.recipient = OrganisationId(row.Text("recipient_organisation_id"));
  consent.purpose = FromName<Purpose>(row.Text("purpose")).value_or(Purpose::kUnspecified);
  consent.valid_from = row.Day("valid_from");
  consent.valid_until = row.Day("valid_until");
  consent.given_by = FromName<Person>(row.Text("given_by")).value_or(Person::kPupil);
  consent.given_on = row.Day("given_on");
  consent.evidence = row.Text("evidence");
  consent.recorded_by = OrganisationId(row.Text("recorded_by_organisation_id"));
  consent.recorded_at = row.Time("recorded_at");
  consent.withdrawn_at = row.OptionalTime("withdrawn_at");
  read.granted = CategoriesOf(row.TextArray("categories"));
  // What a consent that names the asker says, the asker may read.
  if (consent.recipient == command.asker.organisation) read.granted.Add(Category::kView);
  return read;
}

// What stands on a dossier is held as its process facts are. The institution applied to has its own
// application without a receipt, and is told of its end nevertheless.
void AddReceipt(const pg::Row& row, const Asker& asker, const RegionId& region,
                const DossierId& dossier, std::vector<Delivery>& deliveries) {
  if (row.IsNull("dossier_version") ||
      row.Text("delivering_organisation_id") == asker.organisation.value()) {
    return;
  }
  const Grants all = ReadGrants(row);
  Grants process;
  for (size_t i = 0; i < all.names.size(); ++i) {
    if (all.names[i] != Name(Category::kProcess)) continue;
    process.names.push_back(all.names[i]);
    process.bases.push_back(all.bases[i]);
  }
  deliveries.push_back({&asker, region, dossier, row.Int("dossier_version"), std::move(process)});
}

void AddOther(const pg::Row& row, const Asker& asker, const ApplicationRow& read,
              std::vector<Delivery>& deliveries) {
  if (read.application.institution == asker.organisation) return;
  AddReceipt(row, asker, read.region, read.dossier, deliveries);
}

// The dossiers of `rows`, each once, and the union of what was granted on them.
template <typename RelatedRow>
Access AccessTo(const Asker& asker, const RegionId& region, const char* kind,
                const std::vector<RelatedRow>& rows) {
  Access access{&asker, region, kind, {}, {}, Outcome::kGranted, true};
  for (const RelatedRow& row : rows) {
    if (std::find(access.subjects.begin(), access.subjects.end(), row.dossier) ==
        access.subjects.end()) {
      access.subjects.push_back(row.dossier);
    }
    access.categories = access.categories.Union(row.granted);
  }
  return access;
}

}  // namespace

std::vector<absl::StatusOr<ApplicationRow>> PgRelatedStore::GetApplications(
    absl::Span<const GetApplicationCommand> commands) {
  std::vector<Question> questions;
  std::vector<std::string> ids;
  for (const GetApplicationCommand& command : commands) {
    questions.push_back({&command.asker, command.region, command.dossier});
    ids.push_back(command.id.value());
  }
  std::vector<absl::StatusOr<ApplicationRow>> verdicts;
  if (questions.empty()) return verdicts;
  FirstReceipts receipts;
  const absl::Status status = pg::RunInTransaction(
      pool_, pg::Mode::kReadWrite, DeadlineOf(questions), ContextOf(questions),
      [&](pg::Transaction& tx) -> absl::Status {
        verdicts.assign(questions.size(), errors::NotFound("APPLICATION"));
        VSV_ASSIGN_OR_RETURN(
            const pg::Result result,
            tx.Execute(sql::kGetApplications, AskParams(questions).TextArray(ids).Int(
                                                  Seconds(options_.max_register_age))));
        VSV_RETURN_IF_ERROR(CheckFresh(result));
        std::vector<Access> accesses;
        std::vector<Delivery> deliveries;
        for (const pg::Row row : result) {
          const size_t i = static_cast<size_t>(row.Int("ordinal")) - 1;
          const Question& question = questions[i];
          Access access{question.asker,
                        question.region,
                        kApplicationKind,
                        {question.id},
                        {},
                        Outcome::kNotFound,
                        true};
          if (!row.IsNull("id")) {
            verdicts[i] = ReadApplication(row, question.region);
            access.outcome = Outcome::kGranted;
            access.categories = verdicts[i]->granted;
            AddOther(row, *question.asker, *verdicts[i], deliveries);
          }
          accesses.push_back(std::move(access));
        }
        VSV_RETURN_IF_ERROR(receipts.Record(tx, deliveries));
        return Log(tx, accesses);
      });
  if (!status.ok()) verdicts.assign(questions.size(), status);
  return verdicts;
}

absl::StatusOr<Page<ApplicationRow>> PgRelatedStore::ListApplications(
    const ListApplicationsCommand& command) {
  const Asker& asker = command.asker;
  const auto text_of = [](const auto& value, auto text) {
    return value.has_value() ? std::optional<std::string>(text(*value)) : std::nullopt;
  };
  const auto params = [&](const std::string& after, int64_t wanted, int64_t take) {
    return pg::Params()
        .Text(command.region.value())
        .Text(asker.organisation.value())
        .Text(Name(asker.purpose))
        .TextArray(RelationNames(asker))
        .Day(asker.today)
        .Text(after)
        .Int(wanted)
        .Int(Seconds(options_.max_register_age))
        .Text(text_of(command.dossier, [](const DossierId& id) { return id.value(); }))
        .Text(text_of(command.state, [](ApplicationState state) { return Name(state); }))
        .Int(take);
  };
  const std::vector<Question> question = {{&asker, command.region, DossierId()}};
  Page<ApplicationRow> page;
  FirstReceipts receipts;
  VSV_RETURN_IF_ERROR(pg::RunInTransaction(
      pool_, pg::Mode::kReadWrite, asker.deadline, ContextOf(question),
      [&](pg::Transaction& tx) -> absl::Status {
        page = {};
        std::vector<Delivery> deliveries;
        VSV_ASSIGN_OR_RETURN(
            page.more, FillPage(
                           command.after.has_value() ? command.after->value() : kBeforeTheFirst,
                           command.limits,
                           [&](const std::string& after, int64_t wanted, int64_t take) {
                             return tx.Execute(sql::kListApplications, params(after, wanted, take));
                           },
                           [&](const pg::Row& row) {
                             page.rows.push_back(ReadApplication(row, command.region));
                             AddOther(row, asker, page.rows.back(), deliveries);
                             return absl::OkStatus();
                           }));
        VSV_RETURN_IF_ERROR(receipts.Record(tx, deliveries));
        return Log(tx, {AccessTo(asker, command.region, kApplicationKind, page.rows)});
      }));
  return page;
}

absl::StatusOr<std::vector<ConsentRow>> PgRelatedStore::ListConsents(
    const ListConsentsCommand& command) {
  const std::vector<Question> question = {{&command.asker, command.region, command.dossier}};
  std::vector<ConsentRow> consents;
  bool exists = false;
  FirstReceipts receipts;
  VSV_RETURN_IF_ERROR(pg::RunInTransaction(
      pool_, pg::Mode::kReadWrite, command.asker.deadline, ContextOf(question),
      [&](pg::Transaction& tx) -> absl::Status {
        consents.clear();
        VSV_ASSIGN_OR_RETURN(
            const pg::Result result,
            tx.Execute(sql::kListConsents,
                       AskParams(question).Int(Seconds(options_.max_register_age))));
        VSV_RETURN_IF_ERROR(CheckFresh(result));
        exists = CategoriesOf(result[0].TextArray("categories")).Contains(Category::kProcess);
        std::vector<Delivery> deliveries;
        for (const pg::Row row : result) {
          if (row.IsNull("id")) continue;
          consents.push_back(ReadConsent(row, command));
          if (consents.size() == 1)
            AddReceipt(row, command.asker, command.region, command.dossier, deliveries);
        }
        VSV_RETURN_IF_ERROR(receipts.Record(tx, deliveries));
        Access access = AccessTo(command.asker, command.region, kConsentKind, consents);
        access.subjects = {command.dossier};
        if (!exists) access.outcome = Outcome::kNotFound;
        return Log(tx, {access});
      }));
  if (!exists) return errors::NotFound("DOSSIER");
  return consents;
}

}  // namespace vsv::dossiers
