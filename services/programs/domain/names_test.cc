#include "services/programs/domain/names.h"

#include "gtest/gtest.h"

namespace vsv::programs {
namespace {

TEST(Names, ComeBackAsTheyWereWritten) {
  const LineName line{{"16", "aanpak-vsv-2021"}, "3"};
  EXPECT_EQ(ToString(line), "regions/16/programs/aanpak-vsv-2021/lines/3");
  EXPECT_EQ(ParseLineName(ToString(line)), line);
  const MeasureName measure{line, "overstapmonitor"};
  EXPECT_EQ(ParseMeasureName(ToString(measure)), measure);
  const IndicatorLinkName link{line, "vsv-mbo2"};
  EXPECT_EQ(ParseIndicatorLinkName(ToString(link)), link);
  const SpecialAssignmentName assignment{line.program, "warme-overdracht"};
  EXPECT_EQ(ParseSpecialAssignmentName(ToString(assignment)), assignment);
}

TEST(Names, OfAnotherFormAreRefused) {
  for (const char* text :
       {"", "regions/16", "regions/16/programs/", "regions/16/programs/a", "regions/99/programs/aa",
        "regions/1/programs/aa", "regions/16/programs/Aa", "regions/16/programs/-a",
        "regions/16/programs/aa/", "region/16/programs/aa", "regions/16/programs/aa/lines/1"}) {
    EXPECT_FALSE(ParseProgramName(text).has_value()) << text;
  }
}

TEST(Names, RegionsAreTheFortyOfTheLaw) {
  EXPECT_EQ(ParseRegionName("regions/01"), "01");
  EXPECT_EQ(ParseRegionName("regions/40"), "40");
  EXPECT_FALSE(ParseRegionName("regions/00").has_value());
  EXPECT_FALSE(ParseRegionName("regions/41").has_value());
}

TEST(Names, OfOrganisationsBeginWithALetter) {
  EXPECT_EQ(ParseOrganisationName("organisations/roc-midden-nederland")->value(),
            "roc-midden-nederland");
  EXPECT_FALSE(ParseOrganisationName("organisations/1roc").has_value());
  EXPECT_FALSE(ParseOrganisationName("roc-midden-nederland").has_value());
  EXPECT_EQ(ToString(OrganisationId()), "");
}

TEST(Names, OfIndicatorsAndAmbitionsAreThoseThatOutcomesTakes) {
  EXPECT_TRUE(IsIndicatorName("indicators/vsv-percentage"));
  EXPECT_TRUE(IsAmbitionName("ambitions/fewer-leavers"));
  for (const char* const name : {"indicators/", "indicators/a", "indicators/A b", "indicators/1st",
                                 "indicators/a/b", "ambitions/vsv", ""}) {
    EXPECT_FALSE(IsIndicatorName(name)) << name;
  }
  EXPECT_FALSE(IsAmbitionName("ambitions/X"));
}

TEST(Names, LongerThanAKeyAreRefused) {
  EXPECT_TRUE(IsSlug(std::string(63, 'a'), 2));
  EXPECT_FALSE(IsSlug(std::string(64, 'a'), 2));
}

}  // namespace
}  // namespace vsv::programs
