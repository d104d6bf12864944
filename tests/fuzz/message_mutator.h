// Small damage to requests that stay requests: what bytes alone seldom reach.
#pragma once

#include "google/protobuf/message.h"

#include <random>
#include <string>
#include <vector>

namespace vsv::fuzz {

using Random = std::mt19937_64;

// Texts that have hurt somebody somewhere, and such as identifiers, names and days look like.
const std::vector<std::string>& HostileTexts();

// Makes one change somewhere in the message or the messages within it: a value set to an edge of
// its type, a field removed or repeated, a field nobody knows added.
void Mutate(google::protobuf::Message& message, Random& random);

}  // namespace vsv::fuzz
