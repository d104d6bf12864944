// Every method of the contract, by its descriptor: whatever is in a request, the answer is a named
// refusal, nothing is written, and the server serves on.
#include "libs/errors/errors.h"
#include "libs/policy/method_policy.h"
#include "tests/bad_input/suite.h"
#include "tests/contract/contract_image.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
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
    if (wanted(field)) places.push_back({&message, &field, here});
    if (field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE || field.is_map() ||
        depth == kDeepest || field.containing_oneof() != nullptr ||
        absl::StartsWith(field.message_type()->full_name(), "google.")) {
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
  return places;
}

bool IsText(const FieldDescriptor& field) {
  return field.type() == FieldDescriptor::TYPE_STRING && !field.is_repeated();
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

  std::unique_ptr<Message> Request() const { return rpc::NewMessage(*method_.input_type()); }

  absl::Status Try(const Message& request) const {
    return Suite::Get().Call(Who(), method_.full_name(), request, Purpose()).status();
  }

  // A refusal whose cause lies in the request, by name.
  static void ExpectNamedRefusal(const absl::Status& status, absl::string_view what) {
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << what << ": " << status;
    EXPECT_NE(errors::ReasonOf(status), "") << what << ": " << status;
  }

  // The refusal tells every one of these places, unless there are more than a reply may hold.
  void ExpectEachNamed(const Message& request, const std::vector<Place>& places,
                       absl::string_view what) const {
    if (places.empty()) return;
    const absl::Status status = Try(request);
    ASSERT_EQ(errors::ReasonOf(status), "FIELD_INVALID") << what << ": " << status;
    std::set<std::string> named;
    const errors::Detail detail = errors::DetailOf(status).value_or(errors::Detail());
    for (const errors::Violation& violation : detail.violations) named.insert(violation.field);
    if (absl::StrContains(detail.violations.back().description, "more violations")) return;
    for (const Place& place : places) {
      EXPECT_TRUE(named.contains(place.path)) << what << ": nothing is said of " << place.path;
    }
  }

  static inline std::map<std::string, std::string> stored_;  // by area, before the attack
  const MethodDescriptor& method_;
  const policy::v1::MethodPolicy policy_;
};

TEST_P(EveryMethod, NamesEveryTextThatHoldsNul) {
  const auto request = Request();
  const std::vector<Place> places = FieldsOf(*request, IsText);
  for (const Place& place : places) {
    place.message->GetReflection()->SetString(place.message, place.field, std::string("a\0b", 3));
  }
  ExpectEachNamed(*request, places, "NUL");
}

TEST_P(EveryMethod, NamesEveryTextThatTurnsDirection) {
  const auto request = Request();
  const std::vector<Place> places = FieldsOf(*request, IsText);
  for (const Place& place : places) {
    place.message->GetReflection()->SetString(place.message, place.field,
                                              "a\xE2\x80\xAE"
                                              "b");
  }
  ExpectEachNamed(*request, places, "right to left");
}

TEST_P(EveryMethod, RefusesTextThatIsNoUtf8) {
  const auto request = Request();
  const std::vector<Place> places = FieldsOf(*request, IsText);
  if (places.empty()) return;
  places[0].message->GetReflection()->SetString(places[0].message, places[0].field, "\xff\xfe");
  ExpectNamedRefusal(Try(*request), "no UTF-8");
}

TEST_P(EveryMethod, RefusesAMegabyteOfText) {
  const auto names = Request();
  for (const Place& place : FieldsOf(*names, IsText)) {
    // Only what the caller may set; what only the service sets is ignored.
    if (place.path.find('.') != std::string::npos) continue;
    const auto request = Request();
    request->GetReflection()->SetString(request.get(), place.field, std::string(1 << 20, 'a'));
    ExpectNamedRefusal(Try(*request), place.path);
  }
}

TEST_P(EveryMethod, NamesEveryEnumValueThatThereIsNot) {
  const auto request = Request();
  const std::vector<Place> places = FieldsOf(*request, [](const FieldDescriptor& field) {
    return field.cpp_type() == FieldDescriptor::CPPTYPE_ENUM && !field.is_repeated();
  });
  for (const Place& place : places) {
    place.message->GetReflection()->SetEnumValue(place.message, place.field, 999);
  }
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
       FieldsOf(*names, [](const FieldDescriptor& field) { return field.is_repeated(); })) {
    if (place.path.find('.') != std::string::npos) continue;
    const auto request = Request();
    const Reflection& r = *request->GetReflection();
    for (int i = 0; i < 100'000; ++i) {
      if (place.field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
        r.AddString(request.get(), place.field, "organisations/roc-midden-nederland");
      } else if (place.field->cpp_type() == FieldDescriptor::CPPTYPE_ENUM) {
        r.AddEnumValue(request.get(), place.field, 1);
      } else if (place.field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
        r.AddMessage(request.get(), place.field);
      }
    }
    ExpectNamedRefusal(Try(*request), place.path);
  }
}

TEST_P(EveryMethod, RefusesALongMaskAtOnce) {
  const FieldDescriptor* mask = method_.input_type()->FindFieldByName("update_mask");
  if (mask == nullptr) return;
  const auto request = Request();
  Message* paths = request->GetReflection()->MutableMessage(request.get(), mask);
  const FieldDescriptor* path = paths->GetDescriptor()->FindFieldByName("paths");
  for (int i = 0; i < 500'000; ++i) paths->GetReflection()->AddString(paths, path, "a.b");
  ExpectNamedRefusal(Try(*request), "500,000 paths");
}

TEST_P(EveryMethod, RefusesAFieldThatNobodyKnows) {
  const auto request = Request();
  request->GetReflection()->MutableUnknownFields(request.get())->AddVarint(19'998, 1);
  ExpectNamedRefusal(Try(*request), "unknown field");
}

TEST_P(EveryMethod, RefusesForgedTokensAndBadSizes) {
  const FieldDescriptor* token = method_.input_type()->FindFieldByName("page_token");
  const FieldDescriptor* size = method_.input_type()->FindFieldByName("page_size");
  if (token != nullptr) {
    const auto request = Request();
    request->GetReflection()->SetString(request.get(), token, "AAAAAAAAAAAAAAAAAAAAAAAA");
    ExpectNamedRefusal(Try(*request), "forged token");
  }
  if (size != nullptr) {
    const auto request = Request();
    request->GetReflection()->SetInt32(request.get(), size, -1);
    ExpectNamedRefusal(Try(*request), "page_size -1");
  }
}

// Bytes that are no message: groups within groups, and a length beyond the end.
TEST_P(EveryMethod, RefusesBytesThatAreNoMessage) {
  for (const std::string& bytes :
       {std::string(10'000, '\x0b'), std::string("\x0a\xff\xff\xff\xff\x0f")}) {
    const absl::Status status =
        Suite::Get().CallBytes(Who(), method_.full_name(), bytes, Purpose());
    ExpectNamedRefusal(status, "no message");
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
