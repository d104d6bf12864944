// Generated pupils: plainly fictitious, the same for every run of a seed.
#pragma once

#include "vsv/dossiers/v1/dossier.pb.h"

#include "absl/time/civil_time.h"

#include <cstdint>
#include <string>
#include <vector>

namespace vsv::story {

// How far the transition of a generated pupil has come.
enum class Progress {
  kNextSummer,   // goes next summer: part A has just been begun
  kPartA,        // part A not finished although it is due
  kApplied,      // part A and B done, applied, nothing sent
  kSent,         // sent, not yet accepted
  kAccepted,     // accepted by the mbo
  kProcessed,    // processed; enrolled
  kStayed,       // still there on 1 November
  kSwitched,     // other course, same institution
  kDeregistered  // left the institution
};

// One pupil on the way from a school to an mbo.
struct Pupil {
  std::string pgn;
  std::string region;             // of the school: "16"
  std::string school;             // organisation id
  std::string mbo;                // organisation id of the institution applied to
  std::string municipality_code;  // where the pupil lives
  Progress progress = Progress::kPartA;
  bool needs_handover = false;
  bool handover_held = false;
  vsv::dossiers::v1::Dossier dossier;  // as the school enters it
};

// A school, where its pupils live and which institutions they go to, the nearest first.
struct Catchment {
  std::string region;
  std::string school;
  std::vector<std::string> municipality_codes;
  std::vector<std::string> institutions;
};

// The nth number of the test range 9999..... that passes the 11-test; n counts from 0, up to 9089.
std::string TestPgn(int n);

// `count` pupils over the catchments in turn, for the transition in the summer of `year`. The same
// seed gives the same pupils.
std::vector<Pupil> GeneratePupils(uint64_t seed, int count, int year,
                                  const std::vector<Catchment>& catchments);

// Sets a date field.
void SetDate(absl::CivilDay day, google::type::Date* date);

// Year of the latest first count date of mbo starters (1 November) that is not after today: the
// transition in the summer of that year is the one the story is about.
int TransitionYear(absl::CivilDay today);

}  // namespace vsv::story
