// Many dossiers are judged by what they have in common; the verdict is that of each alone.
#include "libs/pg/transaction.h"
#include "libs/testing/status_matchers.h"
#include "services/dossiers/domain/names.h"
#include "services/dossiers/storage/dossier_list.h"
#include "services/dossiers/storage/same_rows.h"
#include "services/dossiers/storage/test_world.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace vsv::dossiers {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr const char* kOrganisations[] = {"school",  "other-school", "mbo",  "other-mbo",
                                          "town",    "attendance",   "rmc",  "far-town",
                                          "far-rmc", "care",         "board"};
constexpr Purpose kPurposes[] = {Purpose::kTransition, Purpose::kSupport,
                                 Purpose::kCompulsoryEducation, Purpose::kRmc};

class AlikeTest : public ::testing::Test {
 protected:
  std::vector<DossierRow> PageFor(const Asker& asker) {
    const absl::StatusOr<Page<DossierRow>> page =
        world_.changes().Snapshot({asker, world_.region, std::nullopt, {.rows = 100}});
    EXPECT_THAT(page, testing::IsOk());
    return page.ok() ? page->rows : std::vector<DossierRow>();
  }

  // What was noted as handed out, with the basis of each category.
  std::vector<std::string> Receipts() {
    return world_.db().Superuser(
        "SELECT concat_ws(' ', dossier_id, organisation_id, purpose, category, basis) FROM "
        "holdings "
        "ORDER BY 1");
  }

  void Forget() { world_.db().Superuser("TRUNCATE holdings; SELECT 1"); }

  TestWorld world_;
};

TEST_F(AlikeTest, APageIsWhatEachOfItsDossiersIsAlone) {
  std::vector<DossierId> ids;
  for (const char* pgn : {"999900001", "999900002", "999900003"}) {
    ids.push_back(world_.Create(pgn).dossier.id);
  }
  ids.push_back(world_.Create("999900004", "other-school").dossier.id);
  ids.push_back(world_.Sent("999900005").dossier.id);
  ids.push_back(world_.Sent("999900006").dossier.id);
  ids.push_back(world_.ReadyToSend("999900007").dossier.id);
  // Consents: of one dossier among its like, for a residence, for who is applied to, beyond the
  // law, withdrawn, for another purpose.
  world_.GiveConsent(ids[0], "care", Category::kSupport, Purpose::kSupport);
  world_.GiveConsent(ids[1], "town", Category::kExtraCare, Purpose::kRmc);
  world_.GiveConsent(ids[1], "town", Category::kSupport, Purpose::kRmc);
  world_.GiveConsent(ids[5], "rmc", Category::kSupport, Purpose::kRmc);
  world_.GiveConsent(ids[4], "mbo", Category::kHealth, Purpose::kTransition);
  world_.GiveConsent(ids[5], "care", Category::kHealth, Purpose::kRmc);
  world_.GiveConsent(ids[6], "mbo", Category::kSupport, Purpose::kSupport);
  const ConsentId withdrawn =
      world_.GiveConsent(ids[2], "care", Category::kSupport, Purpose::kSupport);
  VSV_ASSERT_OK(world_.Withdraw(ids[2], withdrawn));

  // An agreement that covers less than the rule: of one office, not of the others.
  world_.db().Superuser(
      "UPDATE directory_agreement_parties SET data_categories = '{PROCESS}' WHERE organisation_id "
      "= 'rmc' RETURNING 1");

  int given = 0;
  for (const char* organisation : kOrganisations) {
    for (const Purpose purpose : kPurposes) {
      SCOPED_TRACE(absl::StrCat(organisation, " ", Name(purpose)));
      Forget();
      std::map<std::string, DossierRow> page;
      for (DossierRow& row : PageFor(world_.As(organisation, purpose))) {
        page[row.dossier.id.value()] = row;
      }
      const std::vector<std::string> receipts = Receipts();
      Forget();
      for (const DossierId& id : ids) {
        const absl::StatusOr<DossierRow> alone = world_.Get(world_.As(organisation, purpose), id);
        ASSERT_EQ(alone.ok(), page.count(id.value()) == 1) << id.value() << " " << alone.status();
        if (!alone.ok()) continue;
        ExpectSame(page[id.value()], *alone);
        ++given;
      }
      EXPECT_EQ(receipts, Receipts());
    }
  }
  EXPECT_GE(given, 40);
}

// What differs from its like by a consent alone is neither given to the others nor lost with them.
TEST_F(AlikeTest, TheConsentOfOneGivesNothingOfTheOthers) {
  const DossierId one = world_.Sent("999900001").dossier.id;
  const DossierId other = world_.Sent("999900002").dossier.id;
  world_.GiveConsent(one, "mbo", Category::kHealth, Purpose::kTransition);
  // Only who has consented as well is alike.
  world_.GiveConsent(other, "mbo", Category::kSupport, Purpose::kTransition);
  for (const DossierRow& row : PageFor(world_.As("mbo"))) {
    EXPECT_EQ(row.granted.Contains(Category::kHealth), row.dossier.id == one);
    EXPECT_TRUE(row.granted.Contains(Category::kCareer));
  }
}

// Nothing is remembered from one statement to the next of a transaction, by whatever it came to an
// end in between.
class MeanwhileTest : public AlikeTest {
 protected:
  // Rows that `organisation` is shown before and after `meanwhile`, in one transaction.
  std::vector<std::vector<DossierRow>> BeforeAndAfter(const Asker& asker,
                                                      const std::function<void()>& meanwhile) {
    ListCommand list;
    list.asker = asker;
    list.region = world_.region;
    list.limits.rows = 10;
    std::vector<std::vector<DossierRow>> pages;
    const absl::Status status = pg::RunInTransaction(
        world_.db().app(), pg::Mode::kReadWrite, asker.deadline, {{asker.organisation.value()}},
        [&](pg::Transaction& tx) -> absl::Status {
          for (int i = 0; i < 2; ++i) {
            FirstReceipts receipts;
            UsualSize usual;
            absl::StatusOr<Page<DossierRow>> page =
                ListIn(tx, list, world_.keys(), absl::Hours(1), receipts, usual);
            if (!page.ok()) return page.status();
            pages.push_back(std::move(page->rows));
            if (i == 0) meanwhile();
          }
          return absl::OkStatus();
        });
    EXPECT_THAT(status, testing::IsOk());
    return pages;
  }
};

TEST_F(MeanwhileTest, AConsentWithdrawn) {
  const DossierId id = world_.Create("999900001").dossier.id;
  const ConsentId consent = world_.GiveConsent(id, "care", Category::kSupport, Purpose::kSupport);
  const auto pages = BeforeAndAfter(world_.As("care", Purpose::kSupport), [&] {
    world_.db().Superuser("UPDATE consents SET withdrawn_at = now() RETURNING 1");
  });
  ASSERT_THAT(pages, SizeIs(2));
  EXPECT_THAT(pages[0], SizeIs(1));
  EXPECT_THAT(pages[1], IsEmpty()) << consent.value();
}

TEST_F(MeanwhileTest, AnAgreementEnded) {
  world_.Create("999900001");
  const auto pages = BeforeAndAfter(world_.As("town"), [&] {
    world_.db().Superuser(
        "UPDATE directory_agreements SET validity = '[2020-01-01,2020-02-01)' RETURNING 1");
  });
  ASSERT_THAT(pages, SizeIs(2));
  EXPECT_THAT(pages[0], SizeIs(1));
  EXPECT_THAT(pages[1], IsEmpty());
}

TEST_F(MeanwhileTest, AnOfficeThatNoLongerServes) {
  world_.Create("999900001");
  const auto pages = BeforeAndAfter(world_.As("rmc"), [&] {
    world_.db().Superuser(
        "UPDATE directory_memberships SET validity = '[2020-01-01,2020-02-01)' WHERE "
        "organisation_id = 'rmc' RETURNING 1");
  });
  ASSERT_THAT(pages, SizeIs(2));
  EXPECT_THAT(pages[0], SizeIs(1));
  EXPECT_THAT(pages[1], IsEmpty());
}

TEST_F(MeanwhileTest, AnOrganisationSuspended) {
  world_.Sent("999900001");
  const auto pages = BeforeAndAfter(world_.As("mbo"), [&] {
    world_.db().Superuser(
        "UPDATE directory_organisations SET status = 'SUSPENDED' WHERE organisation_id = 'mbo' "
        "RETURNING 1");
  });
  ASSERT_THAT(pages, SizeIs(2));
  EXPECT_THAT(pages[0], SizeIs(1));
  EXPECT_THAT(pages[1], IsEmpty());
}

}  // namespace
}  // namespace vsv::dossiers
