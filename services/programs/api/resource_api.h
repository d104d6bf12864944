// What the handlers of the resources differ in: their messages, names and filters. One
// specialisation per resource.
#pragma once

namespace vsv::programs {

// Members of every specialisation: the messages; kField, name of the resource's field in its
// requests; kIdField; kNameForm and kParentForm for messages; kShortestId; BodyOf, IdOf, ItemsOf:
// parts of requests and responses; ParseParent, NameUnder, ParseName, LastPart; FilterFields and
// ReadFilter; Merge: what an update may make of the current resource.
template <typename T>
struct Api;

}  // namespace vsv::programs
