// The sections of a dossier between contract and storage, found by descriptor: a section is a field
// of v1.Dossier whose category is stored as a section.
#pragma once

#include "services/dossiers/domain/category.h"
#include "services/dossiers/domain/dossier.h"

#include "vsv/dossiers/v1/dossier.pb.h"

#include "absl/status/status.h"
#include "google/protobuf/descriptor.h"

#include <vector>

namespace vsv::dossiers {

// The field of the section of a category; nullptr for a category that is none.
const google::protobuf::FieldDescriptor* SectionField(Category category);

// The category of a field of v1.Dossier when that is a section.
std::optional<Category> SectionCategory(const google::protobuf::FieldDescriptor& field);

// Every section that is set, serialized deterministically, in the order of Category.
std::vector<Section> SectionsOf(const v1::Dossier& dossier);

// Puts a section into its field. INTERNAL when what was stored is no such message.
absl::Status PutSection(const Section& section, v1::Dossier& dossier);

}  // namespace vsv::dossiers
