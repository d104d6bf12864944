// Ambitions, judgements and statuses between contract and domain.
#pragma once

#include "services/outcomes/api/field_reader.h"
#include "services/outcomes/domain/ambition.h"

#include "vsv/outcomes/v1/ambition.pb.h"

#include "absl/strings/string_view.h"

namespace vsv::outcomes {

v1::Ambition ToProto(const Ambition& ambition);
v1::AmbitionTarget ToProto(const AmbitionTarget& target);
// Without `as_known_time`.
v1::Judgement ToProto(const Ambition& ambition, const Judgement& judgement);

// `field` is the path of the message; `id` is the caller's to set.
Ambition ParseAmbition(const v1::Ambition& ambition, absl::string_view field, FieldReader& reader);

}  // namespace vsv::outcomes
