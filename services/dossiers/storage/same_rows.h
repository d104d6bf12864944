// That an answer which was not read back is what a read gives. For tests.
#pragma once

#include "services/dossiers/domain/dossier_row.h"

#include "gtest/gtest.h"

namespace vsv::dossiers {

inline void ExpectSame(const DossierRow& a, const DossierRow& b) {
  EXPECT_EQ(a.granted, b.granted);
  EXPECT_EQ(a.pgn, b.pgn);
  EXPECT_EQ(a.dossier.id, b.dossier.id);
  EXPECT_EQ(a.dossier.pupil, b.dossier.pupil);
  EXPECT_EQ(a.dossier.version, b.dossier.version);
  EXPECT_EQ(a.dossier.state, b.dossier.state);
  EXPECT_EQ(a.dossier.state_times, b.dossier.state_times);
  EXPECT_EQ(a.dossier.created_at, b.dossier.created_at);
  EXPECT_EQ(a.dossier.updated_at, b.dossier.updated_at);
  EXPECT_EQ(a.dossier.finality, b.dossier.finality);
  EXPECT_EQ(a.dossier.late_entrant, b.dossier.late_entrant);
  EXPECT_EQ(a.dossier.has_start_qualification, b.dossier.has_start_qualification);
  EXPECT_EQ(a.dossier.receiving, b.dossier.receiving);
  EXPECT_EQ(a.dossier.due_on, b.dossier.due_on);
  EXPECT_EQ(a.dossier.birth_on, b.dossier.birth_on);
  EXPECT_EQ(a.dossier.school_year, b.dossier.school_year);
  EXPECT_EQ(a.dossier.delivering, b.dossier.delivering);
  EXPECT_EQ(a.dossier.responsible, b.dossier.responsible);
  EXPECT_EQ(a.dossier.residence, b.dossier.residence);
  EXPECT_EQ(a.handover.state, b.handover.state);
  EXPECT_EQ(a.handover.due_on, b.handover.due_on);
  EXPECT_EQ(a.views.size(), b.views.size());
  ASSERT_EQ(a.sections.size(), b.sections.size());
  for (size_t i = 0; i < a.sections.size(); ++i) {
    EXPECT_EQ(a.sections[i].category, b.sections[i].category);
    EXPECT_EQ(a.sections[i].document, b.sections[i].document);
  }
}

}  // namespace vsv::dossiers
