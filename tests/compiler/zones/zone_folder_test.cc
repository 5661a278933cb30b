// The names that a policy may give a time zone, and where its file is looked for.
#include "compiler/zones/zone_folder.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/compiler/zones/tzif.h"
#include "tests/support/golden.h"

namespace verdict::testing {
namespace {

using compiler::ZoneError;
using compiler::ZoneFolder;
using ::testing::ElementsAre;
using Reason = ZoneError::Reason;

Reason reason_of(ZoneFolder& zones, const std::string& name) {
  const auto zone = zones.find(name);
  EXPECT_FALSE(zone.has_value()) << name;
  return zone ? Reason{} : zone.error().reason;
}

class ZoneFolderTest : public ::testing::Test {
 protected:
  ZoneFolderTest() {
    Tzif east;
    east.types = {{3600}};
    east.closing = "CET-1";
    for (const char* name : {"zones/Area/East", "zones/Area/Sub/Far-1_a+b", "zones/localtime",
                             "zones/right/Area/East", "zones/posix/Area/East", "Outside"})
      folder_.write(name, east.bytes());
    folder_.write("zones/zone.tab", "# no zone\n");
    folder_.write("zones/README", "no zone either\n");
    folder_.write("zones/Area/Broken", "TZif2");
  }

  ScratchFolder folder_;
  ZoneFolder zones_{"zones"};
};

TEST_F(ZoneFolderTest, Found) {
  const auto zone = zones_.find("Area/East");
  ASSERT_TRUE(zone.has_value());
  EXPECT_EQ((*zone)->name, "Area/East");
  EXPECT_EQ((*zone)->rules.closing.standard, 3600);
  EXPECT_EQ(*zones_.find("Area/East"), *zone) << "read once";
  EXPECT_TRUE(zones_.find("Area/Sub/Far-1_a+b").has_value());
}

TEST_F(ZoneFolderTest, UtcNeedsNoFiles) {
  ZoneFolder nowhere("nowhere");
  const auto utc = nowhere.find("UTC");
  ASSERT_TRUE(utc.has_value());
  EXPECT_EQ((*utc)->release, std::nullopt);
  EXPECT_EQ(reason_of(nowhere, "Area/East"), Reason::NoFolder);
  EXPECT_THAT(nowhere.names(), ElementsAre("UTC"));
}

TEST_F(ZoneFolderTest, UnknownNames) {
  for (const char* name :
       {"", "Area", "Area/", "/Area/East", "Area//East", "./Area/East", "Area/../Area/East",
        "../Outside", "Area/East/", "area/east ", "Area/West", "localtime", "right/Area/East",
        "posix/Area/East", "zone.tab", "Area\\East", "Area/East\n"})
    EXPECT_EQ(reason_of(zones_, name), Reason::UnknownName) << name;
  EXPECT_EQ(reason_of(zones_, std::string("Area/East\0", 10)), Reason::UnknownName);
  EXPECT_EQ(reason_of(zones_, std::string(100, 'A')), Reason::UnknownName);
}

TEST_F(ZoneFolderTest, BadFiles) {
  EXPECT_EQ(reason_of(zones_, "Area/Broken"), Reason::BadFile);
  EXPECT_EQ(reason_of(zones_, "README"), Reason::BadFile);
  EXPECT_EQ(reason_of(zones_, "Area/Broken"), Reason::BadFile) << "asked a second time";
}

TEST_F(ZoneFolderTest, Names) {
  EXPECT_THAT(zones_.names(), ElementsAre("Area/Broken", "Area/East", "Area/Sub/Far-1_a+b", "UTC"));
}

TEST_F(ZoneFolderTest, Release) {
  const auto release = [] { return *(*ZoneFolder("zones").find("Area/East"))->release; };
  EXPECT_EQ(release(), "unknown");
  folder_.write("zones/+VERSION", "2026a\n");
  EXPECT_EQ(release(), "2026a");
  folder_.write("zones/tzdata.zi", "# version 2026b\n# more\n");
  EXPECT_EQ(release(), "2026b");
  folder_.write("zones/tzdata.zi", "# version \x1b[31m\n");
  EXPECT_EQ(release(), "unknown");
}

}  // namespace
}  // namespace verdict::testing
