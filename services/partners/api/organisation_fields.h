// The lists within an organisation.
#pragma once

#include "services/partners/api/field_reader.h"
#include "services/partners/domain/organisation.h"

#include "vsv/partners/v1/organisation.pb.h"

#include <vector>

namespace vsv::partners {

// In canonical form and order; at most one per scheme but for locations. Paths are under
// "organisation".
std::vector<Identifier> ReadIdentifiers(const v1::Organisation& organisation, FieldReader& reader);
std::vector<Contact> ReadContacts(const v1::Organisation& organisation, FieldReader& reader);

}  // namespace vsv::partners
