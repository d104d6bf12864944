#include "services/dossiers/api/sections.h"

#include "libs/errors/errors.h"
#include "libs/policy/method_policy.h"

#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"

#include <optional>
#include <string>

namespace vsv::dossiers {
namespace {

using google::protobuf::FieldDescriptor;

std::string SerializeDeterministically(const google::protobuf::Message& message) {
  std::string bytes;
  google::protobuf::io::StringOutputStream stream(&bytes);
  {
    google::protobuf::io::CodedOutputStream output(&stream);
    output.SetSerializationDeterministic(true);
    message.SerializeToCodedStream(&output);
  }
  return bytes;
}

}  // namespace

std::optional<Category> SectionCategory(const FieldDescriptor& field) {
  if (field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE || field.is_repeated())
    return std::nullopt;
  const auto category = static_cast<Category>(policy::CategoryOf(field));
  if (!kSectionCategories.Contains(category)) return std::nullopt;
  return category;
}

const FieldDescriptor* SectionField(Category category) {
  const google::protobuf::Descriptor& type = *v1::Dossier::descriptor();
  for (int i = 0; i < type.field_count(); ++i) {
    if (SectionCategory(*type.field(i)) == category) return type.field(i);
  }
  return nullptr;
}

std::vector<Section> SectionsOf(const v1::Dossier& dossier) {
  std::vector<Section> sections;
  const google::protobuf::Reflection& reflection = *dossier.GetReflection();
  for (const Category category : kSectionCategories.Members()) {
    const FieldDescriptor* field = SectionField(category);
    if (field == nullptr || !reflection.HasField(dossier, field)) continue;
    sections.push_back(
        {category, SerializeDeterministically(reflection.GetMessage(dossier, field))});
  }
  return sections;
}

absl::Status PutSection(const Section& section, v1::Dossier& dossier) {
  const FieldDescriptor* field = SectionField(section.category);
  if (field == nullptr) return errors::Internal("a stored section has a category without a field");
  google::protobuf::Message* message = dossier.GetReflection()->MutableMessage(&dossier, field);
  if (message->ParseFromString(section.document)) return absl::OkStatus();
  return errors::Internal("a stored section is no message of its type");
}

}  // namespace vsv::dossiers
