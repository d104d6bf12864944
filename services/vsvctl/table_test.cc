#include "services/vsvctl/table.h"

#include "vsv/outcomes/v1/figure.pb.h"
#include "vsv/programs/v1/measure.pb.h"

#include "gtest/gtest.h"

namespace vsv::vsvctl {
namespace {

TEST(Table, AlignsByCharactersNotBytes) {
  Table table({"NAAM", "N"});
  table.Add({"één", "1"});
  table.Add({"twee", "22"});
  EXPECT_EQ(table.Render(),
            "NAAM  N\n"
            "één   1\n"
            "twee  22\n");
}

TEST(Table, HasNoTrailingSpace) {
  Table table({"A", "B"});
  table.Add({"lang genoeg"});
  EXPECT_EQ(table.Render(),
            "A            B\n"
            "lang genoeg\n");
}

TEST(Cell, SaysEnumsDatesAndListsInWords) {
  programs::v1::Measure measure;
  measure.set_state(programs::v1::MEASURE_STATE_DONE);
  measure.mutable_end_date()->set_year(2024);
  measure.mutable_end_date()->set_month(7);
  measure.mutable_end_date()->set_day(1);
  EXPECT_EQ(Cell(measure, "state"), "DONE");
  EXPECT_EQ(Cell(measure, "end_date"), "2024-07-01");
  EXPECT_EQ(Cell(measure, "started_date"), "");
  EXPECT_EQ(Cell(measure, "title.nothing"), "");
  programs::v1::WorkingGroup group;
  group.add_members("organisations/a");
  group.add_members("organisations/b");
  EXPECT_EQ(Cell(group, "members"), "organisations/a, organisations/b");
}

TEST(Cell, ReachesIntoMessages) {
  outcomes::v1::Figure figure;
  figure.mutable_slice()->set_level(outcomes::v1::LEVEL_MBO2);
  figure.mutable_value()->set_unscaled_value(780);
  figure.mutable_value()->set_scale(1);
  EXPECT_EQ(Cell(figure, "slice.level"), "MBO2");
  EXPECT_EQ(Cell(figure, "value"), "78.0");
}

}  // namespace
}  // namespace vsv::vsvctl
