#include "services/dossiers/storage/question.h"

#include "libs/errors/errors.h"
#include "services/dossiers/domain/names.h"
#include "services/dossiers/storage/columns.h"

#include "absl/strings/str_join.h"

#include <algorithm>
#include <set>

namespace vsv::dossiers {
std::vector<std::string> RelationNames(const Asker& asker) {
  return Texts(asker.relations, [](Relation relation) { return Name(relation); });
}

pg::Params AskParams(const std::vector<Question>& questions) {
  return pg::Params()
      .TextArray(Texts(questions, [](const Question& q) { return q.region.value(); }))
      .TextArray(Texts(questions, [](const Question& q) { return q.id.value(); }))
      .TextArray(Texts(questions, [](const Question& q) { return q.asker->organisation.value(); }))
      .TextArray(Texts(questions, [](const Question& q) { return Name(q.asker->purpose); }))
      .TextArray(Texts(
          questions, [](const Question& q) { return absl::StrJoin(RelationNames(*q.asker), ","); }))
      .DayArray(Days(questions, [](const Question& q) { return q.asker->today; }));
}

pg::RowContext ContextOf(const std::vector<Question>& questions) {
  std::set<std::string> callers;
  for (const Question& question : questions) callers.insert(question.asker->organisation.value());
  return {{callers.begin(), callers.end()}};
}

absl::Time DeadlineOf(const std::vector<Question>& questions) {
  absl::Time latest = absl::InfinitePast();
  for (const Question& question : questions) latest = std::max(latest, question.asker->deadline);
  return latest;
}

absl::Status CheckFresh(const pg::Result& result) {
  if (!result.empty() && !result[0].Bool("is_fresh")) return errors::ProjectionStale();
  return absl::OkStatus();
}

int64_t Seconds(absl::Duration max_age) {
  return absl::ToInt64Seconds(max_age);
}

}  // namespace vsv::dossiers
