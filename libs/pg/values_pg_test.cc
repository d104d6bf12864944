// Parameters and results against a real server: what goes in comes out.
#include "libs/pg/connection.h"
#include "libs/testing/pg_database.h"
#include "libs/testing/status_matchers.h"

#include "absl/time/clock.h"
#include "gtest/gtest.h"

#include <limits>

namespace vsv::pg {
namespace {

using ::testing::ElementsAre;

class Values : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { database_ = testing::PgDatabase::Empty("pgtest", {}).release(); }

  static void TearDownTestSuite() { delete database_; }

  void SetUp() override {
    auto connection = Connection::Open(
        {.url = database_->app_url(), .application_name = "values", .on_statement = {}},
        Deadline());
    VSV_ASSERT_OK(connection);
    connection_ = *std::move(connection);
  }

  static absl::Time Deadline() { return absl::Now() + absl::Seconds(10); }

  Result Query(const Statement& statement, const Params& params = {}) {
    auto result = connection_->Execute(statement, params, Deadline());
    EXPECT_THAT(result, vsv::testing::IsOk());
    return *std::move(result);
  }

  static testing::PgDatabase* database_;
  std::unique_ptr<Connection> connection_;
};

testing::PgDatabase* Values::database_ = nullptr;

constexpr Statement kScalars{"tests.scalars", R"sql(
SELECT $1::text AS t, $2::bigint AS i, $3::double precision = 0.1::double precision AS d, $4::boolean AS b, $5::timestamptz AS at, $6::date AS day,
       $7::bytea AS bytes, $8::text AS nothing)sql"};

TEST_F(Values, ScalarsComeBackAsTheyWent) {
  const std::string text = "quote ' back \\ brace { } comma , é \"";
  const std::string bytes("\x00\x01\xff' \\", 6);
  const absl::Time at = absl::FromUnixMicros(1'763'812'839'123'456);
  const Result result = Query(kScalars, Params()
                                            .Text(text)
                                            .Int(std::numeric_limits<int64_t>::min())
                                            .Double(0.1)
                                            .Bool(true)
                                            .Time(at)
                                            .Day(absl::CivilDay(2026, 10, 1))
                                            .Bytes(bytes)
                                            .Text(std::optional<std::string>()));
  ASSERT_EQ(result.size(), 1);
  const Row row = result[0];
  EXPECT_EQ(row.Text("t"), text);
  EXPECT_EQ(row.Int("i"), std::numeric_limits<int64_t>::min());
  EXPECT_TRUE(row.Bool("d"));
  EXPECT_TRUE(row.Bool("b"));
  EXPECT_EQ(row.Time("at"), at);
  EXPECT_EQ(row.Day("day"), absl::CivilDay(2026, 10, 1));
  EXPECT_EQ(row.Bytes("bytes"), bytes);
  EXPECT_EQ(row.OptionalText("nothing"), std::nullopt);
  EXPECT_TRUE(row.IsNull("nothing"));
}

constexpr Statement kDays{"tests.days", R"sql(
SELECT $1::date AS day, d.day AS of_many, $3::timestamptz AS at, t.at AS at_of_many
  FROM unnest($2::date[]) AS d(day), unnest($4::timestamptz[]) AS t(at))sql"};

// 26 is a slip of somebody who writes years with two digits, and not to be read as one.
TEST_F(Values, DaysAndMomentsOfAnyYearComeBackAsTheyWent) {
  for (const int year : {1, 7, 26, 99, 100, 999, 1582, 1900, 2026, 9999}) {
    const absl::CivilDay day(year, 7, 31);
    const absl::Time at = absl::FromCivil(day, absl::UTCTimeZone());
    const Result result = Query(kDays, Params().Day(day).DayArray({day}).Time(at).TimeArray({at}));
    EXPECT_EQ(result[0].Day("day"), day);
    EXPECT_EQ(result[0].Day("of_many"), day);
    EXPECT_EQ(result[0].Time("at"), at);
    EXPECT_EQ(result[0].Time("at_of_many"), at);
  }
}

constexpr Statement kArrays{"tests.arrays", R"sql(
SELECT $1::text[] AS t, $2::bigint[] AS i, $3::bytea[] AS b, $4::text[] AS none,
       (SELECT count(*) FROM unnest($5::text[]) AS x WHERE x IS NULL) AS nulls)sql"};

TEST_F(Values, ArraysComeBackAsTheyWent) {
  const std::vector<std::string> texts = {"", "NULL", "a,b", "{x}", "q\"q", "b\\s", "é"};
  const std::vector<std::string> blobs = {std::string("\0\1", 2), "", "\"\\"};
  const std::vector<std::optional<std::string>> some = {"a", std::nullopt, "NULL", std::nullopt};
  const Result result = Query(kArrays, Params()
                                           .TextArray(texts)
                                           .IntArray(std::vector<int64_t>{1, -2, 3})
                                           .BytesArray(blobs)
                                           .TextArray(std::vector<std::string>())
                                           .TextArray(some));
  EXPECT_EQ(result[0].TextArray("t"), texts);
  EXPECT_THAT(result[0].IntArray("i"), ElementsAre(1, -2, 3));
  EXPECT_EQ(result[0].BytesArray("b"), blobs);
  EXPECT_TRUE(result[0].TextArray("none").empty());
  EXPECT_EQ(result[0].Int("nulls"), 2);
}

constexpr Statement kTimes{"tests.times", R"sql(
SELECT 'infinity'::timestamptz AS ever, '-infinity'::timestamptz AS never_before, '2026-07-01 12:00:00+02'::timestamptz AS noon,
       $1::timestamptz AS sent)sql"};

TEST_F(Values, TimesAreUtcAndKnowInfinity) {
  const Row row = Query(kTimes, Params().Time(absl::InfiniteFuture()))[0];
  EXPECT_EQ(row.Time("ever"), absl::InfiniteFuture());
  EXPECT_EQ(row.Time("never_before"), absl::InfinitePast());
  EXPECT_EQ(row.Time("noon"),
            absl::FromCivil(absl::CivilSecond(2026, 7, 1, 10, 0, 0), absl::UTCTimeZone()));
  EXPECT_EQ(row.Time("sent"), absl::InfiniteFuture());
}

constexpr Statement kOne{"tests.one",
                         "SELECT 1 AS n, NULL::bigint AS empty, 'x'::text AS t, 1.5::numeric AS m"};

using ValuesDeathTest = Values;

TEST_F(ValuesDeathTest, AWrongColumnNameAbortsWithTheStatementsName) {
  const Result result = Query(kOne);
  EXPECT_DEATH(result[0].Int("m_typo"), "statement tests.one, column m_typo: no such column");
}

TEST_F(ValuesDeathTest, AWrongTypeAborts) {
  const Result result = Query(kOne);
  EXPECT_DEATH(result[0].Int("t"), "statement tests.one, column t: read as integer");
  EXPECT_DEATH(result[0].Int("m"), "read as integer");
  EXPECT_DEATH(result[0].Text("n"), "read as text");
  EXPECT_DEATH(result[0].Text("bool_is_missing"), "no such column");
}

constexpr Statement kNoTexts{"tests.no_texts", "SELECT '{}'::text[] AS t, ARRAY[1] AS i"};

TEST_F(ValuesDeathTest, AWrongTypeOfElementsAbortsAlsoWithoutAny) {
  const Result result = Query(kNoTexts);
  EXPECT_DEATH(result[0].IntArray("t"), "column t: read as integer array");
  EXPECT_DEATH(result[0].BytesArray("t"), "read as bytea array");
  EXPECT_DEATH(result[0].TextArray("i"), "read as text array");
}

TEST_F(ValuesDeathTest, AnUnexpectedNullAborts) {
  const Result result = Query(kOne);
  EXPECT_DEATH(result[0].Int("empty"), "NULL where a value was promised");
}

TEST_F(ValuesDeathTest, TwoStatementsOfOneNameAbort) {
  Query(kOne);
  constexpr Statement kOther{"tests.one", "SELECT 2 AS n"};
  EXPECT_DEATH(Query(kOther), "two statements of this name");
}

}  // namespace
}  // namespace vsv::pg
