// ParseRecord; declared in convert_cohort.h. Facts are read, decided on, and forgotten.
#include "libs/base/local_date.h"
#include "libs/base/pgn.h"
#include "services/outcomes/api/convert_cohort.h"
#include "services/outcomes/api/resource_names.h"
#include "services/outcomes/domain/indicator_formulas.h"

#include "absl/strings/str_cat.h"

#include <algorithm>
#include <string>

namespace vsv::outcomes {
namespace {

constexpr int kMostDiplomas = 20;

std::string ReadReference(absl::string_view reference, const std::string& field,
                          FieldReader& reader) {
  if (!IsRecordReference(reference)) {
    reader.Violate(field, "must be 1 to 64 of letters, digits, '-', '_' and '.'");
  } else if (base::Pgn::Parse(reference).has_value()) {
    reader.Violate(field, "must not be the number of a pupil");
  }
  return std::string(reference);
}

Level ReadMboLevel(v1::Level level, const std::string& field, FieldReader& reader) {
  const Level read = reader.Level(level, field);
  if (!IsMbo(read)) reader.Violate(field, "must be a level of mbo");
  return read;
}

int ReadPriorEducation(int code, const std::string& field, FieldReader& reader) {
  const auto levels = ExpectedLevels();
  const bool known = std::any_of(levels.begin(), levels.end(),
                                 [code](const ExpectedLevel& row) { return row.code == code; });
  if (!known) reader.Violate(field, "must be a category of the norm table of kwalificatiewinst");
  return code;
}

Whereabouts ReadWhereabouts(v1::Whereabouts value, const std::string& field, FieldReader& reader) {
  if (value == v1::WHEREABOUTS_UNSPECIFIED) return Whereabouts::kNetherlands;
  return reader.Value<Whereabouts>(value, field);
}

void ReadNextEducation(const v1::CohortRecord& record, const std::string& field, PupilFacts& facts,
                       FieldReader& reader) {
  for (int i = 0; i < record.next_education_size(); ++i) {
    const std::string at = absl::StrCat(field, "[", i, "]");
    const auto code = static_cast<CountCode>(static_cast<int>(record.next_education(i)) - 1);
    const bool is_c = record.next_education(i) >= v1::COUNT_CODE_C1 &&
                      record.next_education(i) <= v1::COUNT_CODE_C11;
    if (!is_c || code == CountCode::kC7) {
      reader.Violate(at, "must be a C code other than C7, which has a field of its own");
      continue;
    }
    facts.education_at_next.push_back(code);
  }
  if (record.in_justice_education()) facts.education_at_next.push_back(CountCode::kC7);
}

void ReadDiplomas(const v1::CohortRecord& record, const std::string& field, PupilFacts& facts,
                  FieldReader& reader) {
  if (record.diplomas_size() > kMostDiplomas) reader.Violate(field, "must be at most 20");
  for (int i = 0; i < record.diplomas_size(); ++i) {
    const std::string at = absl::StrCat(field, "[", i, "]");
    facts.diplomas.push_back({reader.Value<DiplomaKind>(record.diplomas(i).kind(), at + ".kind"),
                              reader.Day(record.diplomas(i).obtain_date(), at + ".obtain_date")});
  }
}

PupilFacts ReadFacts(const v1::CohortRecord& record, const std::string& path, const Cohort& cohort,
                     FieldReader& reader) {
  PupilFacts facts;
  const absl::CivilDay born_on = reader.Day(record.birth_date(), path + ".birth_date");
  if (born_on > cohort.count_on) reader.Violate(path + ".birth_date", "lies after the count date");
  facts.age_at_count = base::AgeOn(born_on, cohort.count_on);
  facts.enrolled = record.enrolled();
  facts.funded = record.funded();
  facts.level = ReadMboLevel(record.level(), path + ".level", reader);
  facts.at_count = ReadWhereabouts(record.whereabouts(), path + ".whereabouts", reader);
  if (facts.at_count == Whereabouts::kDied || facts.at_count == Whereabouts::kEmigrated) {
    reader.Violate(path + ".whereabouts", "must be where the pupil lived on the count date");
  }
  facts.at_next = ReadWhereabouts(record.next_whereabouts(), path + ".next_whereabouts", reader);
  facts.exempted_at_next = record.exempted();
  ReadNextEducation(record, path + ".next_education", facts, reader);
  ReadDiplomas(record, path + ".diplomas", facts, reader);
  facts.working_at_next = record.working();
  return facts;
}

}  // namespace

CohortPupil ParseRecord(const v1::CohortRecord& record, absl::string_view field,
                        const Cohort& cohort, const PupilKeys& keys, FieldReader& reader) {
  const std::string path(field);
  CohortPupil pupil;
  const std::optional<base::Pgn> pgn = base::Pgn::Parse(record.pgn());
  if (pgn.has_value()) {
    pupil.pupil_key = keys.KeyOf(CohortPattern().Format({cohort.region_id, cohort.id}), *pgn);
  } else {
    reader.Violate(path + ".pgn", "must be a BSN or onderwijsnummer that passes the 11-test");
  }
  pupil.record_reference =
      ReadReference(record.record_reference(), path + ".record_reference", reader);
  pupil.unit_code = reader.Text(record.unit_code(), path + ".unit_code", 0, 64);
  pupil.prior_education_code =
      ReadPriorEducation(record.prior_education_code(), path + ".prior_education_code", reader);
  const PupilFacts facts = ReadFacts(record, path, cohort, reader);
  pupil.level = facts.level;
  pupil.decision = Decide(CountRule(), cohort.count_on, facts);
  return pupil;
}

}  // namespace vsv::outcomes
