// How long, how many, how large and in which form the fields of the contract may be: one table,
// checked by one walk over the message. What the comments of the protos say stands here once more,
// as rules.
#pragma once

#include "libs/errors/errors.h"

#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

#include <string>
#include <vector>

namespace vsv::dossiers {

// Form of a text beyond its length.
enum class Form {
  kAny,
  kFourDigits,       // element and subject codes (ILT)
  kSupportAlliance,  // VO2602 or VO-26-02
  kMunicipality,     // GM0307 or 0307
  kSchoolYear,       // 2025-2026
  kPhone,
  kEmail,
  kHttpsUri,
  kCountry,  // ISO 3166-1 alpha-2
  kPgn,      // 9 digits that pass the test
};

// Bounds of one field: characters of a text (each text of a list), or the value of a number.
struct Limit {
  absl::string_view field;  // "Address.street", without package
  int min = 0;
  int max = 0;
  Form form = Form::kAny;
  int max_count = 1;  // of a list
};

// The limit of a field, nullptr when it has none (messages, enums, flags, and texts of requests
// that are parsed anyway).
const Limit* LimitOf(const google::protobuf::FieldDescriptor& field);

// Adds every violation of limits at any depth under `path`, and of periods that end before they
// begin (start_date, end_date). An empty text or unset number passes: whether it must be there is
// field behaviour.
void CheckLimits(const google::protobuf::Message& message, const std::string& path,
                 std::vector<errors::Violation>& violations);

}  // namespace vsv::dossiers
