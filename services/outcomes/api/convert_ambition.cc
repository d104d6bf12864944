#include "services/outcomes/api/convert_ambition.h"

#include "libs/aip/etag.h"
#include "libs/aip/proto_time.h"
#include "services/outcomes/api/convert_figure.h"
#include "services/outcomes/api/resource_names.h"

#include "absl/strings/str_cat.h"

#include <string>

namespace vsv::outcomes {
namespace {

constexpr int kMostTargets = 20;
constexpr int kMostConflicts = 20;

v1::VerdictFlip ToProto(const Flip& flip) {
  v1::VerdictFlip proto;
  proto.set_parts_needed_count(flip.parts_needed);
  proto.set_parts_to_lose_count(flip.parts_to_lose);
  for (const std::string& code : flip.nearest_parts) proto.add_nearest_unit_codes(code);
  if (flip.value_gap.has_value()) *proto.mutable_value_gap() = outcomes::ToProto(*flip.value_gap);
  return proto;
}

// At most three levels deep: institution, college, team.
v1::Verdict ToProto(const Verdict& verdict) {
  v1::Verdict proto;
  proto.set_kind(EnumToProto<v1::UnitKind>(verdict.kind));
  proto.set_unit_code(verdict.code);
  proto.set_unit_display_name(verdict.name);
  proto.set_outcome(EnumToProto<v1::Outcome>(verdict.outcome));
  proto.set_reason(EnumToProto<v1::VerdictReason>(verdict.reason));
  if (verdict.baseline.has_value()) {
    *proto.mutable_baseline() = outcomes::ToProto(*verdict.baseline);
  }
  if (verdict.measured.has_value()) {
    *proto.mutable_measured() = outcomes::ToProto(*verdict.measured);
  }
  proto.set_met_count(verdict.met);
  proto.set_total_count(verdict.total);
  for (const Verdict& part : verdict.parts) *proto.add_parts() = ToProto(part);
  *proto.mutable_flip() = ToProto(verdict.flip);
  proto.set_explanation(verdict.explanation);
  return proto;
}

AmbitionTarget ParseTarget(const v1::AmbitionTarget& proto, const std::string& field,
                           FieldReader& reader) {
  AmbitionTarget target;
  target.period = reader.Period(proto.period(), field + ".period");
  target.commitment = reader.Value<Commitment>(proto.commitment(), field + ".commitment");
  if (proto.has_value() == (target.commitment == Commitment::kToBeSet)) {
    reader.Violate(field + ".value", "must be set, unless the target is still to be set");
  }
  if (proto.has_value()) target.value = reader.Decimal(proto.value(), field + ".value");
  return target;
}

void ReadTargets(const v1::Ambition& proto, const std::string& path, Ambition& ambition,
                 FieldReader& reader) {
  if (proto.targets_size() > kMostTargets) reader.Violate(path + ".targets", "must be at most 20");
  for (int i = 0; i < proto.targets_size(); ++i) {
    const std::string at = absl::StrCat(path, ".targets[", i, "]");
    const AmbitionTarget target = ParseTarget(proto.targets(i), at, reader);
    const Period last =
        ambition.targets.empty() ? ambition.baseline_period : ambition.targets.back().period;
    if (target.period.school_year != last.school_year || target.period <= last) {
      reader.Violate(
          at + ".period",
          "must be of the kind of the baseline, and later than it and the target before");
    }
    ambition.targets.push_back(target);
  }
}

}  // namespace

v1::AmbitionTarget ToProto(const AmbitionTarget& target) {
  v1::AmbitionTarget proto;
  proto.set_period(target.period.ToString());
  proto.set_commitment(EnumToProto<v1::Commitment>(target.commitment));
  if (target.value.has_value()) *proto.mutable_value() = ToProto(*target.value);
  return proto;
}

v1::Ambition ToProto(const Ambition& ambition) {
  v1::Ambition proto;
  proto.set_name(AmbitionPattern().Format({ambition.id}));
  proto.set_display_name(ambition.display_name);
  proto.set_indicator(IndicatorPattern().Format({ambition.indicator_id}));
  proto.set_definition_version(ambition.definition_version);
  proto.set_organisation(OrganisationPattern().Format({ambition.organisation_id}));
  proto.set_level(EnumToProto<v1::Level>(ambition.level));
  proto.set_baseline_period(ambition.baseline_period.ToString());
  if (ambition.baseline_value.has_value()) {
    *proto.mutable_baseline_value() = ToProto(*ambition.baseline_value);
  }
  proto.set_direction(EnumToProto<v1::Direction>(ambition.direction));
  for (const AmbitionTarget& target : ambition.targets) *proto.add_targets() = ToProto(target);
  proto.set_institution_only(ambition.institution_only);
  proto.set_source(ambition.source);
  for (const ConflictingStatement& conflict : ambition.conflicts) {
    v1::ConflictingStatement* const to = proto.add_conflicts();
    to->set_source(conflict.source);
    to->set_statement(conflict.statement);
  }
  *proto.mutable_create_time() = aip::ToProto(ambition.created_at);
  *proto.mutable_update_time() = aip::ToProto(ambition.updated_at);
  proto.set_etag(aip::EtagOf(ambition.version));
  return proto;
}

v1::Judgement ToProto(const Ambition& ambition, const Judgement& judgement) {
  v1::Judgement proto;
  proto.set_ambition(AmbitionPattern().Format({ambition.id}));
  proto.set_period(judgement.period.ToString());
  *proto.mutable_verdict() = ToProto(judgement.verdict);
  if (judgement.target.has_value()) *proto.mutable_target() = ToProto(*judgement.target);
  for (const std::string& name : judgement.left_out) proto.add_left_out(name);
  proto.set_provisional(judgement.provisional);
  return proto;
}

Ambition ParseAmbition(const v1::Ambition& proto, absl::string_view field, FieldReader& reader) {
  const std::string path(field);
  Ambition ambition;
  ambition.display_name = reader.Text(proto.display_name(), path + ".display_name", 1, 200);
  ambition.indicator_id = reader.Indicator(proto.indicator(), path + ".indicator");
  ambition.definition_version = proto.definition_version() == 0 ? 1 : proto.definition_version();
  ambition.organisation_id = reader.Organisation(proto.organisation(), path + ".organisation");
  ambition.level = reader.Level(proto.level(), path + ".level");
  ambition.baseline_period = reader.Period(proto.baseline_period(), path + ".baseline_period");
  if (proto.has_baseline_value()) {
    ambition.baseline_value = reader.Decimal(proto.baseline_value(), path + ".baseline_value");
  }
  ambition.direction = reader.Value<Direction>(proto.direction(), path + ".direction");
  ReadTargets(proto, path, ambition, reader);
  ambition.institution_only = proto.institution_only();
  ambition.source = reader.Text(proto.source(), path + ".source", 1, 500);
  if (proto.conflicts_size() > kMostConflicts) {
    reader.Violate(path + ".conflicts", "must be at most 20");
  }
  for (int i = 0; i < proto.conflicts_size(); ++i) {
    const std::string at = absl::StrCat(path, ".conflicts[", i, "]");
    ambition.conflicts.push_back(
        {reader.Text(proto.conflicts(i).source(), at + ".source", 1, 500),
         reader.Text(proto.conflicts(i).statement(), at + ".statement", 1, 500)});
  }
  return ambition;
}

}  // namespace vsv::outcomes
