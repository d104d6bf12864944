// What clients were told and what the service holds afterwards, and the judgement whether the two
// agree.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace vsv::faults {

// A write that a client was told had been done. The first write of a resource makes it; each later
// one raises its version by one. A client begins its next write when the last one is acknowledged,
// and repeats what it was told nothing about with the same request id.
struct Acknowledged {
  std::string resource;
  int64_t version = 0;  // the one that this write must have made: 1, 2, ...
  std::string value;    // what it wrote
};

// What the service holds.
struct Stored {
  std::string resource;
  int64_t version = 0;
  std::string value;
};

// A row of the change feed.
struct Published {
  std::string region;
  int64_t position = 0;
  std::string resource;  // empty for a kind that is not judged; its position counts
  int64_t version = 0;
};

// What a subscriber holds of a resource, or what the service would show it now.
struct Copy {
  std::string subscriber;
  std::string resource;
  std::string content;  // or a digest of it
};

struct History {
  std::vector<Acknowledged> acknowledged;
  std::vector<std::string> unanswered;  // writes whose end is unknown after all repeats, in words
  std::vector<Stored> stored;
  std::vector<Published> published;  // by region and position
  int64_t unpublished = 0;           // rows that still wait for a position
  std::vector<Copy> held;            // by the subscribers
  std::vector<Copy> shown;           // to the subscribers
};

// Every promise that was broken, in words; empty when all was kept:
//   - an acknowledged write is there exactly once: versions are as many as writes, and the newest
//   value is the last one written;
//   - no write stays in doubt, however often it is repeated;
//   - nothing is there that nobody was told of;
//   - each version of each resource is published exactly once, in order;
//   - positions of a region begin at 1 and have no gaps;
//   - a subscriber that has caught up holds exactly what the service shows it.
std::vector<std::string> BrokenPromises(const History& history);

}  // namespace vsv::faults
