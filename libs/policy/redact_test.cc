#include "libs/policy/redact.h"

#include "google/protobuf/descriptor.pb.h"
#include "vsv/policy/v1/policy.pb.h"

#include "gmock/gmock.h"
#include "google/protobuf/dynamic_message.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"

namespace vsv::policy {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;
using google::protobuf::DynamicMessageFactory;
using google::protobuf::FileDescriptorProto;
using google::protobuf::Message;
using google::protobuf::TextFormat;

// A type of our own making, so that the tests do not move with the contracts.
constexpr char kFile[] = R"pb(
  name: "redact_test.proto"
  package: "vsv.redact_test"
  syntax: "proto3"
  dependency: "vsv/policy/v1/policy.proto"
  message_type {
    name: "Person"
    field {
      name: "name"
      number: 1
      label: LABEL_OPTIONAL
      type: TYPE_STRING
      options {
        [vsv.policy.v1.field] { category: DATA_CATEGORY_NONE }
      }
    }
    field {
      name: "birth_date"
      number: 2
      label: LABEL_OPTIONAL
      type: TYPE_STRING
      options {
        [vsv.policy.v1.field] { category: DATA_CATEGORY_ADMINISTRATIVE }
      }
    }
    field {
      name: "diagnosis"
      number: 3
      label: LABEL_REPEATED
      type: TYPE_STRING
      options {
        [vsv.policy.v1.field] { category: DATA_CATEGORY_HEALTH }
      }
    }
    field {
      name: "friends"
      number: 4
      label: LABEL_REPEATED
      type: TYPE_MESSAGE
      type_name: ".vsv.redact_test.Person"
      options {
        [vsv.policy.v1.field] { category: DATA_CATEGORY_NONE }
      }
    }
    field { name: "forgotten" number: 5 label: LABEL_OPTIONAL type: TYPE_STRING }
  }
  message_type {
    name: "Figure"
    field {
      name: "value"
      number: 1
      label: LABEL_OPTIONAL
      type: TYPE_INT64
      options {
        [vsv.policy.v1.field] { category: DATA_CATEGORY_NONE }
      }
    }
    field {
      name: "next"
      number: 2
      label: LABEL_OPTIONAL
      type: TYPE_MESSAGE
      type_name: ".vsv.redact_test.Figure"
      options {
        [vsv.policy.v1.field] { category: DATA_CATEGORY_NONE }
      }
    }
  }
)pb";

class Redaction : public testing::Test {
 protected:
  Redaction() {
    v1::FieldPolicy::descriptor();  // links policy.proto into the generated pool
    FileDescriptorProto file;
    EXPECT_TRUE(TextFormat::ParseFromString(kFile, &file));
    EXPECT_NE(pool_.BuildFile(file), nullptr);
    person_ = pool_.FindMessageTypeByName("vsv.redact_test.Person");
    figure_ = pool_.FindMessageTypeByName("vsv.redact_test.Figure");
  }

  std::string Redacted(const std::string& text, const CategorySet& granted) {
    std::unique_ptr<Message> message(factory_.GetPrototype(person_)->New());
    EXPECT_TRUE(TextFormat::ParseFromString(text, message.get()));
    RedactInPlace(*message, granted);
    return message->ShortDebugString();
  }

  DescriptorPool pool_{DescriptorPool::generated_pool()};
  DynamicMessageFactory factory_;
  const Descriptor* person_ = nullptr;
  const Descriptor* figure_ = nullptr;
};

TEST_F(Redaction, KeepsWhatIsGrantedAndClearsTheRest) {
  EXPECT_EQ(Redacted(R"(name: "n" birth_date: "2009-05-01" diagnosis: "d")",
                     {v1::DATA_CATEGORY_ADMINISTRATIVE}),
            R"(name: "n" birth_date: "2009-05-01")");
}

TEST_F(Redaction, JudgesNestedMessagesFieldByField) {
  EXPECT_EQ(
      Redacted(R"(friends { name: "f" diagnosis: "d" friends { birth_date: "2009-05-01" } })", {}),
      R"(friends { name: "f" friends { } })");
}

TEST_F(Redaction, ClearsAFieldWithoutCategoryWhateverIsGranted) {
  CategorySet all;
  for (int i = 0; i < v1::DataCategory_descriptor()->value_count(); ++i)
    all.Add(static_cast<v1::DataCategory>(i));
  EXPECT_EQ(Redacted(R"(name: "n" forgotten: "secret")", all), R"(name: "n")");
}

TEST_F(Redaction, ClearsUnknownFields) {
  std::unique_ptr<Message> message(factory_.GetPrototype(person_)->New());
  message->GetReflection()->MutableUnknownFields(message.get())->AddLengthDelimited(99, "smuggled");
  RedactInPlace(*message, {});
  EXPECT_EQ(message->ByteSizeLong(), 0u);
}

TEST_F(Redaction, KnowsTypesWithoutPersonalData) {
  EXPECT_TRUE(HoldsNoPersonalData(*figure_));
  EXPECT_FALSE(HoldsNoPersonalData(*person_));
}

TEST(CategorySet, AlwaysHoldsNoneAndIsEmptyWithoutMore) {
  EXPECT_TRUE(CategorySet().Contains(v1::DATA_CATEGORY_NONE));
  EXPECT_TRUE(CategorySet().empty());
  EXPECT_FALSE(CategorySet({v1::DATA_CATEGORY_PROCESS}).empty());
  EXPECT_EQ(CategorySet({v1::DATA_CATEGORY_CAREER, v1::DATA_CATEGORY_PROCESS}).ToString(),
            "PROCESS,CAREER");
}

}  // namespace
}  // namespace vsv::policy
