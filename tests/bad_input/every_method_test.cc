// Every method of the contract, by its descriptor: whatever is in a request, the answer is a
// refusal that names the place, nothing is written, and the server serves on. All but the place
// under attack is well-formed, so that nothing else can be what is refused.
#include "libs/aip/page_token.h"
#include "libs/base/hash.h"
#include "libs/errors/errors.h"
#include "libs/policy/method_policy.h"
#include "tests/bad_input/suite.h"
#include "tests/bad_input/well_formed.h"
#include "tests/contract/contract_image.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "google/protobuf/unknown_field_set.h"
#include "gtest/gtest.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <set>

namespace vsv::bad_input {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::MethodDescriptor;
using google::protobuf::Reflection;

// Fields that are reached: message fields are made where they are not there, so deep.
constexpr int kDeepest = 5;

struct Place {
  Message* message;
  const FieldDescriptor* field;
  std::string path;
};

// Every field of the request that `wanted` names, the messages on the way made. Lists get one
// element.
void Find(Message& message, const std::string& path, int depth,
          const std::function<bool(const FieldDescriptor&)>& wanted, std::vector<Place>& places) {
  const auto& type = *message.GetDescriptor();
  const Reflection& r = *message.GetReflection();
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    const std::string here = absl::StrCat(path, path.empty() ? "" : ".", field.name());
    const auto* choice = field.real_containing_oneof();
    // Of a choice the last, because there can be but one.
    if (choice != nullptr && choice->field(choice->field_count() - 1) != &field) continue;
    if (wanted(field)) places.push_back({&message, &field, here});
    if (field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE || field.is_map() ||
        depth == kDeepest || absl::StartsWith(field.message_type()->full_name(), "google.")) {
      continue;
    }
    Message* inner = !field.is_repeated() ? r.MutableMessage(&message, &field)
                     : r.FieldSize(message, &field) > 0
                         ? r.MutableRepeatedMessage(&message, &field, 0)
                         : r.AddMessage(&message, &field);
    Find(*inner, field.is_repeated() ? here + "[0]" : here, depth + 1, wanted, places);
  }
}

std::vector<Place> FieldsOf(Message& message,
                            const std::function<bool(const FieldDescriptor&)>& wanted) {
  std::vector<Place> places;
  Find(message, "", 1, wanted, places);
  FillRequired(message);
  return places;
}

// Only what the caller may set; what only the service sets is ignored where it is well-formed.
std::vector<Place> OwnFieldsOf(Message& message,
                               const std::function<bool(const FieldDescriptor&)>& wanted) {
  std::vector<Place> places;
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor& field = *message.GetDescriptor()->field(i);
    if (wanted(field)) places.push_back({&message, &field, field.name()});
  }
  return places;
}

bool IsText(const FieldDescriptor& field) {
  return field.type() == FieldDescriptor::TYPE_STRING;
}

bool IsOneText(const FieldDescriptor& field) {
  return IsText(field) && !field.is_repeated();
}

// Sets the field, or the first element of a list.
void SetText(const Place& place, const std::string& text) {
  const Reflection& r = *place.message->GetReflection();
  if (!place.field->is_repeated()) return r.SetString(place.message, place.field, text);
  if (r.FieldSize(*place.message, place.field) == 0) r.AddString(place.message, place.field, "");
  r.SetRepeatedString(place.message, place.field, 0, text);
}

void SetEnum(const Place& place, int number) {
  const Reflection& r = *place.message->GetReflection();
  if (!place.field->is_repeated()) return r.SetEnumValue(place.message, place.field, number);
  if (r.FieldSize(*place.message, place.field) == 0) {
    r.AddEnumValue(place.message, place.field, number);
  }
  r.SetRepeatedEnumValue(place.message, place.field, 0, number);
}

class EveryMethod : public ::testing::TestWithParam<const MethodDescriptor*> {
 public:
  static void SetUpTestSuite() {
    for (const std::string& area : Suite::Areas()) stored_[area] = Suite::Get().Stored(area);
  }

  // After everything that was refused.
  static void TearDownTestSuite() {
    for (const std::string& area : Suite::Areas()) {
      EXPECT_EQ(Suite::Get().Stored(area), stored_[area]) << area << " has written something";
      EXPECT_TRUE(Suite::Get().Serves(area)) << area << " serves no more";
    }
  }

 protected:
  EveryMethod()
      : method_(*GetParam()),
        policy_(*policy::PolicyOf(
            absl::StrCat("/", method_.service()->full_name(), "/", method_.name()))) {}

  // Names the method that has written; all services are looked at in the end.
  void TearDown() override {
    const std::string area = AreaOf(method_);
    const std::string now = Suite::Get().Stored(area);
    EXPECT_EQ(now, stored_[area]) << area << " has written something";
    stored_[area] = now;
  }

  bool Allows(policy::v1::Role role) const {
    return std::find(policy_.roles().begin(), policy_.roles().end(), role) != policy_.roles().end();
  }

  // Somebody whom the method is for, so that it is the request that is judged.
  std::string Who() const {
    if (Allows(policy::v1::ROLE_REGISTER_KEEPER)) return kKeeper;
    if (Allows(policy::v1::ROLE_SCHOOL)) return kSchool;
    if (Allows(policy::v1::ROLE_MBO)) return kInstitution;
    if (Allows(policy::v1::ROLE_SERVICE)) return kService;
    return kMunicipality;
  }

  // As the services know whoever that is.
  std::string CallerId() const {
    static const std::map<std::string, std::string> ids = {{kKeeper, "register-keeper"},
                                                           {kService, "service:programs"}};
    const auto id = ids.find(Who());
    return id == ids.end() ? Who() : id->second;
  }

  std::string Purpose() const {
    static const std::set<policy::v1::Purpose> keepers = {policy::v1::PURPOSE_REGISTRY,
                                                          policy::v1::PURPOSE_AUDIT,
                                                          policy::v1::PURPOSE_PROGRAMME_MANAGEMENT};
    for (const int number : policy_.purposes()) {
      const auto purpose = static_cast<policy::v1::Purpose>(number);
      if (Who() == kKeeper && !keepers.contains(purpose)) continue;
      if (Who() == kService && purpose != policy::v1::PURPOSE_PROJECTION) continue;
      return policy::PurposeName(purpose);
    }
    return "";
  }

  // Well-formed, about nothing that is there; a change of it would be judged alone.
  std::unique_ptr<Message> Request() const {
    auto request = rpc::NewMessage(*method_.input_type());
    FillRequired(*request);
    const FieldDescriptor* validate = method_.input_type()->FindFieldByName("validate_only");
    if (validate != nullptr) request->GetReflection()->SetBool(request.get(), validate, true);
    return request;
  }

  absl::Status Try(const Message& request) const {
    return Suite::Get().Call(Who(), method_.full_name(), request, Purpose()).status();
  }

  static std::set<std::string> NamedBy(const absl::Status& status) {
    std::set<std::string> named;
    const errors::Detail detail = errors::DetailOf(status).value_or(errors::Detail());
    for (const errors::Violation& violation : detail.violations) named.insert(violation.field);
    return named;
  }

  // Refused for what is at this field of the request, by its name. These alone have another answer:
  // tokens, which have a reason of their own; the etag, which is compared when the resource is
  // found; and the parent of a batch, which its requests are held against.
  static void ExpectRefusalOf(const std::string& field, const absl::Status& status) {
    const std::string reason = errors::ReasonOf(status);
    if (field == "page_token") {
      EXPECT_EQ(reason, "PAGE_TOKEN_INVALID") << status;
    } else if (field == "cursor") {
      EXPECT_EQ(reason, "CURSOR_INVALID") << status;
    } else if (field == "etag") {
      EXPECT_TRUE(reason == "ETAG_MISMATCH" || absl::EndsWith(reason, "_NOT_FOUND")) << status;
    } else {
      EXPECT_EQ(reason, "FIELD_INVALID") << field << ": " << status;
      EXPECT_THAT(NamedBy(status), ::testing::AnyOf(::testing::Contains(field),
                                                    ::testing::Contains("requests[0]." + field)))
          << status;
    }
  }

  // The refusal tells every one of these places and nothing else, unless there are more than a
  // reply may hold.
  void ExpectEachNamed(const Message& request, const std::vector<Place>& places,
                       absl::string_view what) const {
    if (places.empty()) return;
    const absl::Status status = Try(request);
    ASSERT_EQ(errors::ReasonOf(status), "FIELD_INVALID") << what << ": " << status;
    std::set<std::string> attacked;
    for (const Place& place : places) {
      attacked.insert(absl::StrCat(place.path, place.field->is_repeated() ? "[0]" : ""));
    }
    std::set<std::string> named = NamedBy(status);
    if (!absl::StrContains(errors::DetailOf(status)->violations.back().description,
                           "more violations")) {
      EXPECT_EQ(named, attacked) << what;
      return;
    }
    named.erase(errors::DetailOf(status)->violations.back().field);
    EXPECT_TRUE(std::includes(attacked.begin(), attacked.end(), named.begin(), named.end()))
        << what << ": " << ::testing::PrintToString(named);
  }

  static inline std::map<std::string, std::string> stored_;  // by area, before the attack
  const MethodDescriptor& method_;
  const policy::v1::MethodPolicy policy_;
};

TEST_P(EveryMethod, NamesEveryTextThatHoldsNul) {
  const auto request = Request();
  const std::vector<Place> places = FieldsOf(*request, IsText);
  for (const Place& place : places) SetText(place, std::string("a\0b", 3));
  ExpectEachNamed(*request, places, "NUL");
}

TEST_P(EveryMethod, NamesEveryTextThatTurnsDirection) {
  const auto request = Request();
  const std::vector<Place> places = FieldsOf(*request, IsText);
  for (const Place& place : places) {
    SetText(place,
            "a\xE2\x80\xAE"
            "b");
  }
  ExpectEachNamed(*request, places, "right to left");
}

TEST_P(EveryMethod, RefusesTextThatIsNoUtf8) {
  const auto request = Request();
  const std::vector<Place> places = FieldsOf(*request, IsText);
  if (places.empty()) return;
  SetText(places[0], "\xff\xfe");
  EXPECT_EQ(errors::ReasonOf(Try(*request)), "MESSAGE_MALFORMED");
}

TEST_P(EveryMethod, RefusesAMegabyteOfText) {
  const auto names = Request();
  for (const Place& place : OwnFieldsOf(*names, IsOneText)) {
    const auto request = Request();
    request->GetReflection()->SetString(request.get(), place.field, std::string(1 << 20, 'a'));
    ExpectRefusalOf(place.path, Try(*request));
  }
}

TEST_P(EveryMethod, NamesEveryEnumValueThatThereIsNot) {
  const auto request = Request();
  const std::vector<Place> places = FieldsOf(*request, [](const FieldDescriptor& field) {
    return field.cpp_type() == FieldDescriptor::CPPTYPE_ENUM;
  });
  for (const Place& place : places) SetEnum(place, 999);
  ExpectEachNamed(*request, places, "enum 999");
}

TEST_P(EveryMethod, NamesEveryDayAndMomentThatThereIsNot) {
  const auto request = Request();
  const std::vector<Place> places = FieldsOf(*request, [](const FieldDescriptor& field) {
    return field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE && !field.is_repeated() &&
           (field.message_type()->full_name() == "google.type.Date" ||
            field.message_type()->full_name() == "google.protobuf.Timestamp");
  });
  for (const Place& place : places) {
    Message* value = place.message->GetReflection()->MutableMessage(place.message, place.field);
    const auto set = [value](const char* name, int64_t number) {
      const FieldDescriptor* field = value->GetDescriptor()->FindFieldByName(name);
      if (field == nullptr) return;
      if (field->cpp_type() == FieldDescriptor::CPPTYPE_INT64) {
        value->GetReflection()->SetInt64(value, field, number);
      } else {
        value->GetReflection()->SetInt32(value, field, static_cast<int32_t>(number));
      }
    };
    set("year", 2023);
    set("month", 2);
    set("day", 29);
    set("seconds", std::numeric_limits<int64_t>::max());
  }
  ExpectEachNamed(*request, places, "29 February 2023");
}

TEST_P(EveryMethod, AnswersTheEdgesOfNumbersByName) {
  const auto is_number = [](const FieldDescriptor& field) {
    return !field.is_repeated() && (field.cpp_type() == FieldDescriptor::CPPTYPE_INT32 ||
                                    field.cpp_type() == FieldDescriptor::CPPTYPE_INT64);
  };
  for (const bool lowest : {true, false}) {
    const auto request = Request();
    const std::vector<Place> places = FieldsOf(*request, is_number);
    for (const Place& place : places) {
      const Reflection& r = *place.message->GetReflection();
      if (place.field->cpp_type() == FieldDescriptor::CPPTYPE_INT32) {
        r.SetInt32(
            place.message, place.field,
            lowest ? std::numeric_limits<int32_t>::min() : std::numeric_limits<int32_t>::max());
      } else {
        r.SetInt64(
            place.message, place.field,
            lowest ? std::numeric_limits<int64_t>::min() : std::numeric_limits<int64_t>::max());
      }
    }
    if (places.empty() || method_.server_streaming() != method_.client_streaming()) return;
    const absl::Status status = Try(*request);
    EXPECT_TRUE(status.ok() || !errors::ReasonOf(status).empty()) << status;
    EXPECT_NE(status.code(), absl::StatusCode::kInternal) << status;
    EXPECT_NE(status.code(), absl::StatusCode::kDeadlineExceeded) << status;
  }
}

TEST_P(EveryMethod, RefusesAHundredThousandElements) {
  const auto names = Request();
  for (const Place& place :
       OwnFieldsOf(*names, [](const FieldDescriptor& field) { return field.is_repeated(); })) {
    const auto request = Request();
    // No more than gRPC takes.
    for (int i = 0; i < 100'000 && (i % 1000 != 0 || request->ByteSizeLong() < 3'000'000); ++i) {
      AddWellFormed(*request, *place.field);
    }
    ExpectRefusalOf(place.path, Try(*request));
  }
}

TEST_P(EveryMethod, RefusesALongMaskAtOnce) {
  const FieldDescriptor* mask = method_.input_type()->FindFieldByName("update_mask");
  if (mask == nullptr) return;
  const auto request = Request();
  Message* paths = request->GetReflection()->MutableMessage(request.get(), mask);
  const FieldDescriptor* path = paths->GetDescriptor()->FindFieldByName("paths");
  for (int i = 0; i < 500'000; ++i) paths->GetReflection()->AddString(paths, path, "a.b");
  ExpectRefusalOf("update_mask", Try(*request));
}

TEST_P(EveryMethod, RefusesAFieldThatNobodyKnows) {
  const auto request = Request();
  request->GetReflection()->MutableUnknownFields(request.get())->AddVarint(19'998, 1);
  ExpectRefusalOf("", Try(*request));
}

TEST_P(EveryMethod, RefusesANegativePageSize) {
  const FieldDescriptor* size = method_.input_type()->FindFieldByName("page_size");
  if (size == nullptr) return;
  const auto request = Request();
  request->GetReflection()->SetInt32(request.get(), size, -1);
  ExpectRefusalOf("page_size", Try(*request));
}

// Tokens as the server itself would make them, under its key: for another caller, for another
// method, for other arguments, and, so that the rest is known to be right, its own.
TEST_P(EveryMethod, GoesOnWithNoTokenButItsOwn) {
  const FieldDescriptor* token = method_.input_type()->FindFieldByName("page_token");
  if (token == nullptr) return;
  const aip::PageTokens tokens(base::HmacSha256(Suite::CursorKey(AreaOf(method_)), "page tokens"));
  const auto reason = [&](const std::string& text) {
    const auto request = Request();
    request->GetReflection()->SetString(request.get(), token, text);
    return errors::ReasonOf(Try(*request));
  };
  const auto request = Request();
  // What a row is known by in a token: itself, or with what stands above it or a moment.
  const std::string uuid = "0192f0a0-0000-7000-8000-00000000c001";
  const std::vector<std::vector<std::string>> positions = {{uuid}, {"roc", uuid}, {"roc", "1"}};
  const auto own_reason = [&](const std::vector<std::string>& position) {
    return reason(tokens.Make(*request, CallerId(), position));
  };
  const auto found = std::find_if(positions.begin(), positions.end(), [&](const auto& position) {
    return own_reason(position) != "PAGE_TOKEN_INVALID";
  });
  ASSERT_NE(found, positions.end()) << "not even its own is taken";
  const std::vector<std::string>& position = *found;
  EXPECT_THAT(own_reason(position), ::testing::AnyOf("", ::testing::HasSubstr("NOT_FOUND")));
  const auto other_arguments = rpc::NewMessage(*method_.input_type());
  other_arguments->GetReflection()->MutableUnknownFields(other_arguments.get())->AddVarint(1000, 1);
  for (const auto& [what, foreign] : std::map<std::string, std::string>{
           {"forged", std::string(80, 'A')},
           {"short", "AAAA"},
           {"of another caller", tokens.Make(*request, "gemeente-utrecht", position)},
           {"of another method",
            tokens.Make(*rpc::NewMessage(*method_.output_type()), CallerId(), position)},
           {"of other arguments", tokens.Make(*other_arguments, CallerId(), position)},
           {"of another service", aip::PageTokens(base::HmacSha256("of another", "page tokens"))
                                      .Make(*request, CallerId(), position)}}) {
    EXPECT_EQ(reason(foreign), "PAGE_TOKEN_INVALID") << what;
  }
}

// Bytes that are no message: groups within groups, and a length beyond the end.
TEST_P(EveryMethod, RefusesBytesThatAreNoMessage) {
  for (const std::string& bytes :
       {std::string(10'000, '\x0b'), std::string("\x0a\xff\xff\xff\xff\x0f")}) {
    const absl::Status status =
        Suite::Get().CallBytes(Who(), method_.full_name(), bytes, Purpose());
    EXPECT_EQ(errors::ReasonOf(status), "MESSAGE_MALFORMED");
  }
}

std::vector<const MethodDescriptor*> Methods() {
  std::vector<const MethodDescriptor*> methods;
  for (const absl::string_view name : rpc::ServiceNames()) {
    const auto* service =
        google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(std::string(name));
    for (int i = 0; service != nullptr && i < service->method_count(); ++i) {
      methods.push_back(service->method(i));
    }
  }
  return methods;
}

TEST(EveryMethodOfTheContract, IsAttacked) {
  EXPECT_EQ(Methods().size(), contract::ContractImage::OfThisBuild().Methods().size());
}

std::string NameOf(const ::testing::TestParamInfo<const MethodDescriptor*>& tested) {
  return tested.param->name();
}

INSTANTIATE_TEST_SUITE_P(Contract, EveryMethod, ::testing::ValuesIn(Methods()), NameOf);

}  // namespace
}  // namespace vsv::bad_input
