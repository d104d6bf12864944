#include "services/dossiers/storage/pupil_keys.h"

#include "gtest/gtest.h"

#include <string>

namespace vsv::dossiers {
namespace {

const RegionId kEem("16");
const RegionId kUtrecht("19");

TEST(PupilKeys, FindTheSamePupilWithinARegionAndNotAcross) {
  const PupilKeys keys = *PupilKeys::FromMaster(std::string(32, 'k'));
  EXPECT_EQ(keys.Hash(kEem, "999900001"), keys.Hash(kEem, "999900001"));
  EXPECT_NE(keys.Hash(kEem, "999900001"), keys.Hash(kUtrecht, "999900001"));
  const PupilKeys others = *PupilKeys::FromMaster(std::string(32, 'x'));
  EXPECT_NE(keys.Hash(kEem, "999900001"), others.Hash(kEem, "999900001"));
}

TEST(PupilKeys, OpenWhatTheySealedWhereItBelongs) {
  const PupilKeys keys = *PupilKeys::FromMaster(std::string(32, 'k'));
  const std::string sealed = *keys.Seal(kEem, "999900001");
  EXPECT_EQ(*keys.Open(kEem, keys.Hash(kEem, "999900001"), sealed), "999900001");
  EXPECT_FALSE(keys.Open(kEem, keys.Hash(kEem, "999900002"), sealed).ok());
  EXPECT_FALSE(keys.Open(kUtrecht, keys.Hash(kUtrecht, "999900001"), sealed).ok());
}

TEST(PupilKeys, AreThirtyTwoBytes) {
  EXPECT_FALSE(PupilKeys::FromMaster("short").ok());
  EXPECT_FALSE(PupilKeys::FromFile("/nonexistent").ok());
}

}  // namespace
}  // namespace vsv::dossiers
