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

// What the request of that name was told, once for each time that it was repeated and answered.
// What an import made is told as "dossier ID", and says no more than its request's name.
struct Told {
  std::string request;
  std::string answer;
};

// A resource whose erasure was acknowledged at a moment. Moments are counted, and shared with
// sightings.
struct Erased {
  std::string resource;
  int64_t moment = 0;
  bool raced = false;  // with a write that was refused in the end: it may have been done before
};

// A reader was shown a resource by a call that it began at a moment.
struct Sighting {
  std::string reader;
  std::string resource;
  int64_t moment = 0;
};

// Something of who is gone, as the tables hold it: its id, or words that stood in what it said.
struct Remnant {
  std::string table;
  std::string trace;
};

// A call that was answered with what it asked for.
struct Act {
  std::string trace;
  std::string method;
  int64_t people = 0;  // that it certainly concerned
};

// What the audit trail has of a trace.
struct Audited {
  std::string trace;
  std::string method;
  int64_t entries = 0;
  int64_t people = 0;
};

// An audit trail: its entries, and those that are sealed.
struct Sealed {
  std::string service;
  int64_t entries = 0;
  int64_t leaves = 0;
};

struct History {
  std::vector<Acknowledged> acknowledged;
  std::vector<std::string> unanswered;  // writes whose end is unknown after all repeats, in words
  std::vector<Stored> stored;
  std::vector<Published> published;  // by region and position
  int64_t unpublished = 0;           // rows that still wait for a position
  std::vector<Copy> held;            // by the subscribers
  std::vector<Copy> shown;           // to the subscribers
  std::vector<Told> told;
  std::vector<Erased> erased;
  std::vector<Sighting> sightings;
  std::vector<Remnant> remnants;
  int64_t registered = 0;                 // erasures that the register outside the database got
  std::vector<std::string> unregistered;  // erasures that stand in the database alone
  std::vector<Act> acts;
  std::vector<Audited> audited;
  std::vector<Sealed> sealed;
};

// Every promise that was broken, in words; empty when all was kept:
//   - an acknowledged write is there exactly once: versions are as many as writes, and the newest
//   value is the last one written;
//   - no write stays in doubt, however often it is repeated;
//   - nothing is there that nobody was told of;
//   - each version of each resource is published exactly once, in order;
//   - positions of a region begin at 1 and have no gaps;
//   - a subscriber that has caught up holds exactly what the service shows it;
//   - a request is told the same whenever it is repeated, and no two made the same;
//   - what was erased is shown to nobody from then on, stands in no table but by its id among those
//   who must be told, in the register outside, and the feed ends with it;
//   - what was answered is in the audit trail, and all of the trail is sealed.
std::vector<std::string> BrokenPromises(const History& history);

}  // namespace vsv::faults
