// The directory tables: what the stream puts into them, and what the questions make of them.
#include "libs/directory/apply_changes.h"
#include "libs/directory/caller_resolver.h"
#include "libs/directory/snapshot_keeper.h"
#include "libs/directory/statements.h"
#include "libs/testing/pg_database.h"
#include "libs/testing/status_matchers.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"

#include <memory>
#include <string>

namespace vsv::directory {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kField[] = R"pb(
  changes {
    version: 1
    region { name: "regions/16" display_name: "Eem" }
  }
  changes {
    version: 1
    organisation {
      name: "organisations/city"
      display_name: "Stad"
      kind: ORGANISATION_KIND_MUNICIPALITY
      status: ORGANISATION_STATUS_ACTIVE
      identifiers { scheme: IDENTIFIER_SCHEME_MUNICIPALITY_CODE value: "GM0307" }
      identifiers { scheme: IDENTIFIER_SCHEME_OIN value: "00000099000000307000" }
    }
  }
  changes {
    version: 1
    organisation {
      name: "organisations/rmc"
      display_name: "Doorstroompunt"
      kind: ORGANISATION_KIND_RMC_OFFICE
      parent: "organisations/city"
      status: ORGANISATION_STATUS_ACTIVE
    }
  }
  changes {
    version: 1
    organisation {
      name: "organisations/board"
      display_name: "Bestuur"
      kind: ORGANISATION_KIND_SCHOOL_BOARD
      status: ORGANISATION_STATUS_ACTIVE
    }
  }
  changes {
    version: 1
    organisation {
      name: "organisations/school"
      display_name: "School"
      kind: ORGANISATION_KIND_VO_SCHOOL
      parent: "organisations/board"
      status: ORGANISATION_STATUS_ACTIVE
    }
  }
  changes {
    version: 1
    organisation {
      name: "organisations/mbo"
      display_name: "Mbo"
      kind: ORGANISATION_KIND_MBO_INSTITUTION
      status: ORGANISATION_STATUS_ACTIVE
    }
  }
  changes {
    version: 1
    membership {
      name: "regions/16/memberships/018df000-0000-7000-8000-000000000001"
      organisation: "organisations/city"
      validity { start_date { year: 2021 month: 1 day: 1 } }
    }
  }
  changes {
    version: 1
    membership {
      name: "regions/16/memberships/018df000-0000-7000-8000-000000000002"
      organisation: "organisations/rmc"
      validity {
        start_date { year: 2021 month: 1 day: 1 }
        end_date { year: 2025 month: 12 day: 31 }
      }
    }
  }
  changes {
    version: 1
    credential {
      name: "organisations/rmc/credentials/aa"
      thumbprint: "aa"
      purposes: PURPOSE_RMC
      validity { start_date { year: 2021 month: 1 day: 1 } }
    }
  }
)pb";

constexpr char kAgreement[] = R"pb(
  agreement {
    name: "agreements/convenant"
    title: "Convenant"
    region: "regions/16"
    state: AGREEMENT_STATE_SIGNED
    legal_basis: LEGAL_BASIS_LEGAL_OBLIGATION
    controller: "organisations/board"
    validity {
      start_date { year: 2021 month: 1 day: 1 }
      end_date { year: 2024 month: 12 day: 31 }
    }
    signing_date { year: 2021 month: 3 day: 1 }
    parties { organisation: "organisations/board" direction: PARTY_DIRECTION_PROVIDES }
    parties {
      organisation: "organisations/mbo"
      direction: PARTY_DIRECTION_RECEIVES
      purposes: PURPOSE_TRANSITION
      data_categories: DATA_CATEGORY_PROCESS
      data_categories: DATA_CATEGORY_CAREER
    }
  }
)pb";

class DirectoryTest : public ::testing::Test {
 protected:
  void SetUp() override { Apply(kField); }

  void Apply(const std::string& text) {
    partners::v1::WatchDirectoryResponse changes;
    ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &changes));
    VSV_ASSERT_OK(pg::RunInTransaction(
        database_->worker(), pg::Mode::kReadWrite, absl::Now() + absl::Seconds(20), {},
        [&](pg::Transaction& tx) { return ApplyChanges(tx, changes); }));
  }

  // Terminated from `termination` on, when it is given.
  void ApplyAgreement(int version, absl::string_view termination = "") {
    std::string text = kAgreement;
    if (!termination.empty()) {
      text = absl::StrReplaceAll(
          text,
          {{"AGREEMENT_STATE_SIGNED", "AGREEMENT_STATE_TERMINATED"},
           {"signing_date", absl::StrCat("termination_date {", termination, "} signing_date")}});
    }
    Apply(absl::StrCat("changes { version: ", version, text, "}"));
  }

  std::vector<std::string> Ask(const std::string& sql) { return database_->Superuser(sql); }

  std::string Agreed(const std::string& provider, const std::string& receiver,
                     const std::string& purpose, const std::string& day) {
    const auto rows = Ask(absl::StrCat("SELECT directory_agreed_categories('16', '", provider,
                                       "', '", receiver, "', '", purpose, "', DATE '", day, "')"));
    return absl::StrJoin(rows, ";");
  }

  std::vector<std::string> Residence(const std::string& day) {
    return Ask(absl::StrCat("SELECT * FROM directory_residence('GM0307', DATE '", day, "')"));
  }

  std::unique_ptr<testing::PgDatabase> database_ = testing::PgDatabase::Empty(
      "directory",
      {"libs/feed/migrations/projection_cursors.sql", "libs/directory/migrations/directory.sql"});
};

TEST_F(DirectoryTest, StoresWhatTheStreamSays) {
  EXPECT_THAT(Ask("SELECT organisation_id, kind, parent_id FROM directory_organisations WHERE "
                  "parent_id IS NOT NULL "
                  "ORDER BY organisation_id"),
              ElementsAre("rmc|RMC_OFFICE|city", "school|VO_SCHOOL|board"));
  EXPECT_THAT(Ask("SELECT ancestor_id, depth FROM directory_lineages WHERE organisation_id = "
                  "'school' ORDER BY depth"),
              ElementsAre("school|0", "board|1"));
}

TEST_F(DirectoryTest, MayBeToldTwiceAndKeepsTheNewest) {
  Apply(kField);
  Apply(R"pb(changes {
               version: 3
               organisation {
                 name: "organisations/school"
                 display_name: "School"
                 kind: ORGANISATION_KIND_VO_SCHOOL
                 status: ORGANISATION_STATUS_SUSPENDED
               }
             })pb");
  Apply(kField);
  EXPECT_THAT(
      Ask("SELECT status, version FROM directory_organisations WHERE organisation_id = 'school'"),
      ElementsAre("SUSPENDED|3"));
  EXPECT_THAT(Ask("SELECT ancestor_id FROM directory_lineages WHERE organisation_id = 'school'"),
              ElementsAre("school"));
}

// However many there are, and whichever of them are new.
TEST_F(DirectoryTest, TakesManyOrganisationsAtOnce) {
  constexpr int kMany = 400;
  std::string changes;
  for (int i = 0; i < kMany; ++i) {
    absl::StrAppend(&changes, "changes { version: 1 organisation { name: 'organisations/o", i,
                    "' display_name: 'School' kind: ORGANISATION_KIND_VO_SCHOOL",
                    i > 0 ? absl::StrCat(" parent: 'organisations/o", (i - 1) / 8, "'") : "",
                    " status: ORGANISATION_STATUS_ACTIVE",
                    " identifiers { scheme: IDENTIFIER_SCHEME_BRIN value: '", i, "' } } } ");
  }
  Apply(changes);
  Apply(absl::StrReplaceAll(changes, {{"version: 1", "version: 2"}, {"value: '", "value: 'B"}}));
  Apply(changes);
  EXPECT_THAT(Ask("SELECT count(*), min(version) FROM directory_organisations WHERE "
                  "organisation_id ~ '^o[0-9]'"),
              ElementsAre("400|2"));
  EXPECT_THAT(Ask("SELECT count(*), count(*) FILTER (WHERE value = 'B' || "
                  "substr(organisation_id, 2)) FROM directory_identifiers WHERE scheme = 'BRIN'"),
              ElementsAre("400|400"));
  EXPECT_THAT(Ask("SELECT ancestor_id, depth FROM directory_lineages WHERE organisation_id = "
                  "'o399' ORDER BY depth"),
              ElementsAre("o399|0", "o49|1", "o6|2", "o0|3"));
}

TEST_F(DirectoryTest, OfOneOrganisationToldTwiceAtOnceTheNewestCounts) {
  const auto told = [](int version, const std::string& name) {
    return absl::StrCat("changes { version: ", version,
                        " organisation { name: 'organisations/board' display_name: '", name,
                        "' kind: ORGANISATION_KIND_SCHOOL_BOARD",
                        " status: ORGANISATION_STATUS_ACTIVE } } ");
  };
  Apply(told(3, "Nieuw") + told(2, "Oud"));
  EXPECT_THAT(Ask("SELECT display_name, version FROM directory_organisations WHERE "
                  "organisation_id = 'board'"),
              ElementsAre("Nieuw|3"));
}

TEST_F(DirectoryTest, AnIdentifierMovesWithinOneMessage) {
  const auto told = [](const std::string& id, const std::string& identifiers) {
    return absl::StrCat("changes { version: 5 organisation { name: 'organisations/", id,
                        "' display_name: 'Gemeente' kind: ORGANISATION_KIND_MUNICIPALITY",
                        " status: ORGANISATION_STATUS_ACTIVE ", identifiers, "} } ");
  };
  const std::string code =
      "identifiers { scheme: IDENTIFIER_SCHEME_MUNICIPALITY_CODE value: 'GM0307' } ";
  Apply(told("city", "") + told("arrived", code));
  EXPECT_THAT(Ask("SELECT organisation_id FROM directory_identifiers WHERE value = 'GM0307'"),
              ElementsAre("arrived"));
  EXPECT_THAT(Ask("SELECT count(*) FROM directory_identifiers WHERE organisation_id = 'city'"),
              ElementsAre("0"));
}

TEST_F(DirectoryTest, MovesWhatLiesBelowAlong) {
  Apply(R"pb(changes {
               version: 2
               organisation {
                 name: "organisations/board"
                 display_name: "Bestuur"
                 kind: ORGANISATION_KIND_SCHOOL_BOARD
                 parent: "organisations/mbo"
                 status: ORGANISATION_STATUS_ACTIVE
               }
             })pb");
  EXPECT_THAT(Ask("SELECT ancestor_id, depth FROM directory_lineages WHERE organisation_id = "
                  "'school' ORDER BY depth"),
              ElementsAre("school|0", "board|1", "mbo|2"));
}

TEST_F(DirectoryTest, OpensWhatASignedAgreementSaysToThoseBelowItsParties) {
  ApplyAgreement(2);
  EXPECT_EQ(Agreed("school", "mbo", "TRANSITION", "2024-03-01"), "{CAREER,PROCESS}");
  EXPECT_EQ(Agreed("board", "mbo", "TRANSITION", "2024-12-31"), "{CAREER,PROCESS}");
  EXPECT_EQ(Agreed("school", "mbo", "RMC", "2024-03-01"), "{}");
  EXPECT_EQ(Agreed("mbo", "school", "TRANSITION", "2024-03-01"), "{}");
  EXPECT_EQ(Agreed("school", "rmc", "TRANSITION", "2024-03-01"), "{}");
}

TEST_F(DirectoryTest, OpensNothingBeforeTheSignatureNorAfterTheEnd) {
  ApplyAgreement(2);
  EXPECT_EQ(Agreed("school", "mbo", "TRANSITION", "2021-02-28"), "{}");
  EXPECT_EQ(Agreed("school", "mbo", "TRANSITION", "2021-03-01"), "{CAREER,PROCESS}");
  EXPECT_EQ(Agreed("school", "mbo", "TRANSITION", "2025-01-01"), "{}");
  ApplyAgreement(3, "year: 2023 month: 6 day: 1");
  EXPECT_EQ(Agreed("school", "mbo", "TRANSITION", "2023-05-31"), "{CAREER,PROCESS}");
  EXPECT_EQ(Agreed("school", "mbo", "TRANSITION", "2023-06-01"), "{}");
}

TEST_F(DirectoryTest, SaysWhoIsResponsibleOnADay) {
  EXPECT_THAT(Residence("2024-03-01"), ElementsAre("city|16|rmc|"));
  EXPECT_THAT(Residence("2026-01-01"), ElementsAre("city|16||"));
  EXPECT_THAT(Residence("2020-12-31"), IsEmpty());
}

TEST_F(DirectoryTest, IsStaleUntilTheProjectionHasCaughtUp) {
  SnapshotKeeper keeper(database_->app());
  VSV_ASSERT_OK(keeper.Refresh());
  EXPECT_EQ(keeper.Current().current_as_of, absl::InfinitePast());
  Ask("INSERT INTO projection_cursors VALUES ('partners', 'c', TIMESTAMPTZ '2024-03-01 "
      "12:00:00Z')");
  VSV_ASSERT_OK(keeper.Refresh());
  const absl::Time as_of =
      absl::FromCivil(absl::CivilSecond(2024, 3, 1, 12, 0, 0), absl::UTCTimeZone());
  EXPECT_EQ(keeper.Current().current_as_of, as_of);
  CallerResolver resolver([&keeper] { return keeper.Current(); }, {});
  rpc::PeerIdentity peer;
  peer.oin = "00000099000000307000";
  peer.certificate_thumbprint = "aa";
  const auto caller = resolver.Resolve(peer, "dossiers", as_of + absl::Seconds(1));
  VSV_ASSERT_OK(caller);
  EXPECT_EQ(caller->organisation_id, "rmc");
  EXPECT_EQ(caller->purpose, policy::v1::PURPOSE_RMC);
}

TEST_F(DirectoryTest, ReadsItsContentAgainOnlyWhenItChanged) {
  SnapshotKeeper keeper(database_->app());
  VSV_ASSERT_OK(keeper.Refresh());
  const auto first = keeper.Current().snapshot;
  VSV_ASSERT_OK(keeper.Refresh());
  EXPECT_EQ(keeper.Current().snapshot, first);
  Apply(R"pb(changes {
               version: 2
               credential {
                 name: "organisations/rmc/credentials/aa"
                 thumbprint: "aa"
                 purposes: PURPOSE_RMC
                 validity { start_date { year: 2021 month: 1 day: 1 } }
                 revoke_time { seconds: 1700000000 }
               }
             })pb");
  VSV_ASSERT_OK(keeper.Refresh());
  EXPECT_NE(keeper.Current().snapshot, first);
  EXPECT_TRUE(keeper.Current().snapshot->FindCredential("aa")->revoked);
}

// As after a restore of the register: from its beginning, with the versions of before.
TEST_F(DirectoryTest, ReadsItsContentAgainWhenTheSameVersionsSaySomethingElse) {
  SnapshotKeeper keeper(database_->app());
  VSV_ASSERT_OK(keeper.Refresh());
  VSV_ASSERT_OK(pg::RunInTransaction(database_->worker(), pg::Mode::kReadWrite,
                                     absl::Now() + absl::Seconds(20), {},
                                     [](pg::Transaction& tx) { return ClearDirectory(tx); }));
  Apply(absl::StrReplaceAll(
      kField, {{"thumbprint: \"aa\"", "thumbprint: \"aa\" revoke_time { seconds: 1700000000 }"}}));
  VSV_ASSERT_OK(keeper.Refresh());
  EXPECT_TRUE(keeper.Current().snapshot->FindCredential("aa")->revoked);
}

TEST_F(DirectoryTest, WhatIsRevokedAfterAClockWasSetBackIsKnown) {
  SnapshotKeeper keeper(database_->app());
  Ask("INSERT INTO projection_cursors VALUES ('partners', 'c', now() + interval '10 minutes')");
  VSV_ASSERT_OK(keeper.Refresh());
  Ask("UPDATE projection_cursors SET heartbeat_at = now()");
  Ask("UPDATE directory_credentials SET revoked_at = now(), version = version + 1");
  VSV_ASSERT_OK(keeper.Refresh());
  EXPECT_TRUE(keeper.Current().snapshot->FindCredential("aa")->revoked);
  EXPECT_LE(keeper.Current().current_as_of, absl::Now());
}

TEST_F(DirectoryTest, PreparesEveryStatement) {
  for (const pg::Statement* statement : sql::kAll) {
    EXPECT_THAT(Ask(absl::StrCat("PREPARE p AS ", statement->sql, "; SELECT 'prepared'")),
                ElementsAre("prepared"))
        << statement->name;
  }
}

}  // namespace
}  // namespace vsv::directory
