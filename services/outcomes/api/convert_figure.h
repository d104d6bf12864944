// Values, indicators and figures between contract and domain.
#pragma once

#include "services/outcomes/api/field_reader.h"
#include "services/outcomes/domain/figure.h"
#include "services/outcomes/domain/indicator.h"

#include "vsv/outcomes/v1/figure.pb.h"
#include "vsv/outcomes/v1/indicator.pb.h"
#include "vsv/outcomes/v1/value.pb.h"

#include "absl/strings/string_view.h"

#include <string>

namespace vsv::outcomes {

// The contract's enums count from 1, with an unspecified value before; the domain's from 0, in the
// same order.
template <typename Proto, typename Domain>
Proto EnumToProto(Domain value) {
  return static_cast<Proto>(static_cast<int>(value) + 1);
}

v1::Decimal ToProto(const Decimal& value);
v1::Indicator ToProto(const Indicator& indicator);
v1::Figure ToProto(const Figure& figure);

// `field` is the path of the message. `id` of the indicator and of the figure are the caller's to
// set.
Indicator ParseIndicator(const v1::Indicator& indicator, absl::string_view field,
                         FieldReader& reader);
Figure ParseFigure(const v1::Figure& figure, absl::string_view field, FieldReader& reader);

// Whether the value can be one of the indicator: 0..100 for per cent, a whole number not below 0
// for a count, 1..10 for a score.
bool FitsUnit(MeasureUnit unit, const Decimal& value);

}  // namespace vsv::outcomes
