#include "tests/fuzz/message_mutator.h"

#include "google/protobuf/descriptor.h"

#include <iterator>
#include <limits>

namespace vsv::fuzz {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

constexpr int kMostRepeats = 40;
constexpr int kDeepest = 6;

template <typename T>
T OneOf(Random& random, std::initializer_list<T> values) {
  return *(values.begin() + random() % values.size());
}

// An edge of the integers of this type, or a small number.
template <typename T>
T Edge(Random& random) {
  return OneOf<T>(random, {0, 1, 2, 29, 31, 1000, std::numeric_limits<T>::min(),
                           std::numeric_limits<T>::max(), static_cast<T>(random() % 3000)});
}

double EdgeOfReals(Random& random) {
  return OneOf<double>(random, {0.0, -0.0, -1.0, 1e308, std::numeric_limits<double>::infinity(),
                                std::numeric_limits<double>::quiet_NaN(), 0.1});
}

int EdgeOfEnum(const FieldDescriptor& field, Random& random) {
  const int count = field.enum_type()->value_count();
  if (random() % 3 == 0) return OneOf<int>(random, {-1, 999, std::numeric_limits<int>::max()});
  return field.enum_type()
      ->value(static_cast<int>(random() % static_cast<unsigned>(count)))
      ->number();
}

const std::string& EdgeOfText(Random& random) {
  return HostileTexts()[random() % HostileTexts().size()];
}

void Set(Message& message, const FieldDescriptor& field, Random& random) {
  const Reflection& r = *message.GetReflection();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return r.SetInt32(&message, &field, Edge<int32_t>(random));
    case FieldDescriptor::CPPTYPE_INT64:
      return r.SetInt64(&message, &field, Edge<int64_t>(random));
    case FieldDescriptor::CPPTYPE_UINT32:
      return r.SetUInt32(&message, &field, Edge<uint32_t>(random));
    case FieldDescriptor::CPPTYPE_UINT64:
      return r.SetUInt64(&message, &field, Edge<uint64_t>(random));
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return r.SetDouble(&message, &field, EdgeOfReals(random));
    case FieldDescriptor::CPPTYPE_FLOAT:
      return r.SetFloat(&message, &field, static_cast<float>(EdgeOfReals(random)));
    case FieldDescriptor::CPPTYPE_BOOL:
      return r.SetBool(&message, &field, random() % 2 == 0);
    case FieldDescriptor::CPPTYPE_ENUM:
      return r.SetEnumValue(&message, &field, EdgeOfEnum(field, random));
    case FieldDescriptor::CPPTYPE_STRING:
      return r.SetString(&message, &field, EdgeOfText(random));
    case FieldDescriptor::CPPTYPE_MESSAGE:
      r.MutableMessage(&message, &field);
      return;
  }
}

void Add(Message& message, const FieldDescriptor& field, Random& random) {
  const Reflection& r = *message.GetReflection();
  const int size = r.FieldSize(message, &field);
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_ENUM:
      return r.AddEnumValue(&message, &field, EdgeOfEnum(field, random));
    case FieldDescriptor::CPPTYPE_STRING:
      return r.AddString(&message, &field,
                         size > 0 && random() % 2 == 0
                             ? r.GetRepeatedString(message, &field, size - 1)
                             : EdgeOfText(random));
    case FieldDescriptor::CPPTYPE_MESSAGE: {
      Message* added = r.AddMessage(&message, &field);
      if (size > 0 && random() % 2 == 0) {
        added->CopyFrom(r.GetRepeatedMessage(message, &field, size - 1));
      }
      return;
    }
    case FieldDescriptor::CPPTYPE_INT32:
      return r.AddInt32(&message, &field, Edge<int32_t>(random));
    case FieldDescriptor::CPPTYPE_INT64:
      return r.AddInt64(&message, &field, Edge<int64_t>(random));
    default:
      return;
  }
}

void ChangeRepeated(Message& message, const FieldDescriptor& field, Random& random) {
  const Reflection& r = *message.GetReflection();
  const int size = r.FieldSize(message, &field);
  switch (random() % 4) {
    case 0:
      r.ClearField(&message, &field);
      return;
    case 1:
      if (size > 0) r.RemoveLast(&message, &field);
      return;
    case 2:
      for (int i = 0; i < kMostRepeats; ++i) Add(message, field, random);
      return;
    default:
      Add(message, field, random);
  }
}

// A message within this one; null when there is none to be had.
Message* Within(Message& message, const FieldDescriptor& field, Random& random) {
  if (field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE || field.is_map()) return nullptr;
  const Reflection& r = *message.GetReflection();
  if (!field.is_repeated()) return r.MutableMessage(&message, &field);
  const int size = r.FieldSize(message, &field);
  if (size == 0) return r.AddMessage(&message, &field);
  return r.MutableRepeatedMessage(&message, &field,
                                  static_cast<int>(random() % static_cast<unsigned>(size)));
}

void MutateAt(Message& message, Random& random, int depth) {
  const google::protobuf::Descriptor& type = *message.GetDescriptor();
  if (type.field_count() == 0 || random() % 40 == 0) {
    message.GetReflection()->MutableUnknownFields(&message)->AddVarint(19'999, random());
    return;
  }
  const auto fields = static_cast<unsigned>(type.field_count());
  const FieldDescriptor& field = *type.field(static_cast<int>(random() % fields));
  if (depth < kDeepest && random() % 4 != 0) {
    if (Message* within = Within(message, field, random); within != nullptr) {
      return MutateAt(*within, random, depth + 1);
    }
  }
  if (field.is_map()) return message.GetReflection()->ClearField(&message, &field);
  if (field.is_repeated()) return ChangeRepeated(message, field, random);
  if (random() % 5 == 0) return message.GetReflection()->ClearField(&message, &field);
  Set(message, field, random);
}

}  // namespace

const std::vector<std::string>& HostileTexts() {
  static const auto* texts =
      new std::vector<std::string>{"",
                                   "x",
                                   std::string(5000, 'a'),
                                   std::string("a\0b", 3),
                                   "\xff\xfe",
                                   "\xed\xa0\x80",  // half of a surrogate pair
                                   "\xc0\xaf",      // an overlong slash
                                   "\xe2\x80\xae"
                                   "gpj.exe",                   // right to left from here
                                   "\xe2\x80\x8b",              // no width
                                   "\xd0\x90msterdam",          // a Cyrillic A
                                   "\xef\xbc\x91\xef\xbc\x96",  // full-width 16
                                   " leading",
                                   "trailing ",
                                   "line\nend",
                                   "../../etc/passwd",
                                   "'; DROP TABLE dossiers; --",
                                   "{\"a\",NULL}",
                                   "%s%n",
                                   "*",
                                   "regions/16",
                                   "regions/00",
                                   "regions/99",
                                   "organisations/roc-midden-nederland",
                                   "organisations/vmbo-de-eemhoek",
                                   "regions/16/programs/aanpak-vsv-2021",
                                   "regions/16/dossiers/0192f0a0-0000-7000-8000-000000000001",
                                   "0192f0a0-0000-7000-8000-000000000001",
                                   "00000000-0000-0000-0000-000000000000",
                                   "999900006",
                                   "123456789",
                                   "99AA",
                                   "99AA00",
                                   "0000000700099AA00000",
                                   "GM0307",
                                   "0307",
                                   "VO2602",
                                   "2024-02-29",
                                   "2023-02-29",
                                   "2023-2024",
                                   "2023-2025",
                                   "0.1e309",
                                   "-1",
                                   "name",
                                   "etag",
                                   "state = \"SENT\" AND",
                                   "dgAAAAAAAAAB"};
  return *texts;
}

void Mutate(Message& message, Random& random) {
  MutateAt(message, random, 0);
}

}  // namespace vsv::fuzz
