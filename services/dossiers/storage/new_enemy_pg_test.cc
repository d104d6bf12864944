// The new-enemy problem: consent is withdrawn, and only then something is written that the old
// consent would have shown. Whoever judges first and reads afterwards discloses it.
#include "libs/pg/transaction.h"
#include "libs/testing/eventually.h"
#include "libs/testing/status_matchers.h"
#include "services/dossiers/domain/related_rules.h"
#include "services/dossiers/storage/test_world.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <algorithm>
#include <atomic>
#include <functional>
#include <string>
#include <thread>
#include <vector>

namespace vsv::dossiers {
namespace {

constexpr char kSecret[] = "written after the withdrawal";
constexpr char kShown[] = "written while the consent was there";

class NewEnemy : public ::testing::Test {
 protected:
  void SetUp() override {
    id_ = world_.Sent("999900001").dossier.id;
    WriteExtraCare(kShown);
    consent_ = world_.GiveConsent(id_, "mbo", Category::kExtraCare, Purpose::kTransition);
  }

  void WriteExtraCare(const std::string& text) {
    const Asker school = world_.As("school");
    VSV_ASSERT_OK(
        world_.Mutate(school, id_, [&](const DossierRow& row) -> absl::StatusOr<DossierChange> {
          DossierChange change;
          change.dossier = row.dossier;
          change.sections = {{Category::kExtraCare, text}};
          change.operation = "TEST";
          return change;
        }));
  }

  void WithdrawThenWrite() {
    VSV_ASSERT_OK(world_.Withdraw(id_, consent_));
    WriteExtraCare(kSecret);
  }

  // kSecret is what no reader may ever see, however it was read.
  static bool Holds(const std::vector<std::string>& documents, absl::string_view text) {
    return std::find(documents.begin(), documents.end(), text) != documents.end();
  }

  // Deliberately unprotected: judges in one statement, reads in the next. `between` runs meanwhile.
  std::vector<std::string> ReadUnprotected(const std::function<void()>& between) {
    const Asker mbo = world_.As("mbo");
    std::vector<std::string> documents;
    const absl::Status status = pg::RunInTransaction(
        world_.db().app(), pg::Mode::kReadWrite, mbo.deadline, {{"mbo"}},
        [&](pg::Transaction& tx) -> absl::Status {
          const absl::StatusOr<pg::Result> judged =
              tx.Execute({"test.judge",
                          "SELECT categories FROM granted_categories('16', $1::uuid, 'mbo', "
                          "'TRANSITION', ARRAY['RECEIVING'], $2::date)"},
                         pg::Params().Text(id_.value()).Day(mbo.today));
          if (!judged.ok()) return judged.status();
          const std::vector<std::string> categories = (*judged)[0].TextArray("categories");
          between();
          const absl::StatusOr<pg::Result> read =
              tx.Execute({"test.read",
                          "SELECT section_documents FROM dossier_contents(ARRAY['16'], "
                          "ARRAY[$1::uuid], ARRAY[array_to_string($2::text[], ',')], false)"},
                         pg::Params().Text(id_.value()).TextArray(categories));
          if (!read.ok()) return read.status();
          documents = (*read)[0].BytesArray("section_documents");
          return absl::OkStatus();
        });
    EXPECT_THAT(status, testing::IsOk());
    return documents;
  }

  // The addressee sees the dossier all the time, and what is sensitive in it by consent alone.
  std::vector<std::string> ReadProtected() {
    std::vector<std::string> documents;
    const absl::StatusOr<DossierRow> row = world_.Get(world_.As("mbo"), id_);
    EXPECT_THAT(row, testing::IsOk());
    if (!row.ok()) return documents;
    for (const Section& section : row->sections) documents.push_back(section.document);
    return documents;
  }

  TestWorld world_;
  DossierId id_;
  ConsentId consent_;
};

TEST_F(NewEnemy, TheDetectorFindsTheUnprotectedVariantGuilty) {
  EXPECT_TRUE(Holds(ReadUnprotected([&] { WithdrawThenWrite(); }), kSecret));
}

TEST_F(NewEnemy, WhatWasWrittenAfterTheWithdrawalIsNeverRead) {
  std::atomic<bool> done{false};
  constexpr int kReaders = 3;
  std::atomic<int> reads{0};
  std::atomic<int> shown{0};
  std::atomic<bool> disclosed{false};
  std::vector<std::thread> readers;
  for (int i = 0; i < kReaders; ++i) {
    readers.emplace_back([&] {
      while (!done) {
        const std::vector<std::string> documents = ReadProtected();
        if (Holds(documents, kSecret)) disclosed = true;
        if (Holds(documents, kShown)) ++shown;
        ++reads;
      }
    });
  }
  for (int round = 0; round < 15; ++round) {
    // So that each withdrawal meets readers that were shown what it takes back, and whoever was
    // reading meanwhile has ended before the secret is gone.
    const int shown_before = shown;
    EXPECT_TRUE(testing::Eventually([&] { return shown > shown_before; }));
    WithdrawThenWrite();
    const int reads_before = reads;
    EXPECT_TRUE(testing::Eventually([&] { return reads >= reads_before + 2 * kReaders; }));
    WriteExtraCare(kShown);
    consent_ = world_.GiveConsent(id_, "mbo", Category::kExtraCare, Purpose::kTransition);
  }
  done = true;
  for (std::thread& reader : readers) reader.join();
  EXPECT_FALSE(disclosed);
}

TEST_F(NewEnemy, ADecisionThatWaitedForTheLockSeesTheWithdrawal) {
  // The withdrawal holds the lock; the reader's own mutation waits for it and is judged afterwards.
  const Asker school = world_.As("school");
  const Asker mbo = world_.As("mbo");
  std::thread waiting;
  CategorySet granted = kAllCategories;
  VSV_ASSERT_OK(world_.Mutate(school, id_, [&](const DossierRow& row) {
    if (!waiting.joinable()) {
      waiting = std::thread([&] {
        const absl::Status ignored =
            world_
                .Mutate(mbo, id_,
                        [&](const DossierRow& seen) -> absl::StatusOr<DossierChange> {
                          granted = seen.granted;
                          return absl::CancelledError("only looking");
                        })
                .status();
        EXPECT_EQ(ignored.code(), absl::StatusCode::kCancelled);
      });
      EXPECT_TRUE(testing::Eventually([&] { return world_.SomebodyWaits(); }));
    }
    return WithdrawConsent(row, school, consent_);
  }));
  waiting.join();
  EXPECT_FALSE(granted.Contains(Category::kExtraCare));
}

}  // namespace
}  // namespace vsv::dossiers
