#include "services/dossiers/storage/made_rows.h"

#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"
#include "services/dossiers/domain/names.h"
#include "services/dossiers/storage/dossier_columns.h"
#include "services/dossiers/storage/question.h"
#include "services/dossiers/storage/statements.h"

#include "absl/strings/str_join.h"
#include "absl/time/civil_time.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>

namespace vsv::dossiers {
namespace {

// All that granted_categories looks at, of a dossier without applications and consents.
std::string JudgedBy(const CreateCommand& command) {
  const Asker& asker = command.asker;
  const Dossier& dossier = command.dossier;
  std::vector<std::string> facts = RelationNames(asker);
  facts.insert(facts.end(), {asker.organisation.value(), std::string(Name(asker.purpose)),
                             absl::FormatCivilTime(asker.today), dossier.region.value(),
                             std::string(Name(dossier.state)), dossier.delivering.value(),
                             dossier.residence.value()});
  return absl::StrJoin(facts, "/");
}

// PostgreSQL keeps microseconds.
absl::Time Kept(absl::Time time) {
  return absl::FromUnixMicros(absl::ToUnixMicros(time));
}

}  // namespace

absl::StatusOr<std::vector<CategorySet>> JudgeMade(pg::Transaction& tx,
                                                   const std::vector<const CreateCommand*>& makers,
                                                   absl::Duration max_age) {
  std::vector<CategorySet> granted(makers.size());
  if (makers.empty()) return granted;
  std::map<std::string, size_t> question_of;
  std::vector<Question> questions;
  std::vector<size_t> places;
  for (const CreateCommand* maker : makers) {
    const auto [found, is_new] = question_of.try_emplace(JudgedBy(*maker), questions.size());
    if (is_new) questions.push_back({&maker->asker, maker->dossier.region, maker->dossier.id});
    places.push_back(found->second);
  }
  VSV_ASSIGN_OR_RETURN(const pg::Result result,
                       tx.Execute(sql::kJudgeMade, AskParams(questions).Int(Seconds(max_age))));
  VSV_RETURN_IF_ERROR(CheckFresh(result));
  if (result.size() != static_cast<int>(questions.size()))
    return errors::Internal("a judgement is missing");
  for (size_t i = 0; i < makers.size(); ++i) {
    granted[i] = CategoriesOf(result[static_cast<int>(places[i])].TextArray("categories"));
    // Who has made it is told so, whatever it may have.
    granted[i].Add(Category::kProcess);
  }
  return granted;
}

DossierRow MadeRow(const CreateCommand& command, const PupilId& pupil, CategorySet granted) {
  DossierRow row;
  row.dossier = command.dossier;
  row.dossier.pupil = pupil;
  row.dossier.created_at = Kept(row.dossier.created_at);
  row.dossier.updated_at = Kept(row.dossier.updated_at);
  for (auto& [state, entered] : row.dossier.state_times) entered = Kept(entered);
  row.granted = granted;
  if (granted.Contains(Category::kPgn)) row.pgn = command.pgn;
  for (const Section& section : command.sections) {
    if (granted.Contains(section.category)) row.sections.push_back(section);
  }
  std::sort(row.sections.begin(), row.sections.end(),
            [](const Section& a, const Section& b) { return a.category < b.category; });
  row.handover = command.handover;
  return row;
}

}  // namespace vsv::dossiers
