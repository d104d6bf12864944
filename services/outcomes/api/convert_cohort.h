// Cohorts, counts and decisions between contract and domain.
#pragma once

#include "services/outcomes/api/field_reader.h"
#include "services/outcomes/api/pupil_keys.h"
#include "services/outcomes/domain/cohort.h"
#include "services/outcomes/domain/cohort_store.h"

#include "vsv/outcomes/v1/cohort.pb.h"

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

#include <vector>

namespace vsv::outcomes {

v1::Cohort ToProto(const Cohort& cohort);
// With both the folded codes and the exact ones; redaction takes away what is not granted.
v1::CountDecision ToProto(const CohortPupil& pupil);
// For the institution itself: everything but what depends on which of the folded codes it is.
v1::CohortCount ToProto(const Cohort& cohort, CountDimension dimension,
                        absl::Span<const SliceCount> slices);
// The published table, for others.
v1::CohortCount ToProto(const Cohort& cohort, absl::Span<const PublishedRow> rows);

// Reads a record and decides about the pupil. `field` is the path of the record.
CohortPupil ParseRecord(const v1::CohortRecord& record, absl::string_view field,
                        const Cohort& cohort, const PupilKeys& keys, FieldReader& reader);

}  // namespace vsv::outcomes
