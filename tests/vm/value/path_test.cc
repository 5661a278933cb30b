#include "vm/value/path.h"

#include <string_view>

#include <gtest/gtest.h>

namespace verdict {
namespace {

TEST(Path, PlainPaths) {
  for (const std::string_view path :
       {"/", "/a", "/a/", "/a/b.c", "/a/...", "/a/.b", "/a b", "/%20", "/a%2", "/\xC3\xA9", "/*"})
    EXPECT_TRUE(is_plain_path(path)) << path;
}

// Whatever a proxy, a router or a file system could read as another path.
TEST(Path, PathsThatMayMeanAnother) {
  for (const std::string_view path :
       {"", "a", "a/b", "//", "/a//b", "//a", "/./a", "/a/.", "/..", "/a/../b", "/a/..", "/a\\b",
        "\\a", "/a%2fb", "/a%2Fb", "/%2e", "/%2E%2e/a", "/a%2e%2e"}) {
    EXPECT_FALSE(is_plain_path(path)) << path;
  }
}

struct MatchCase {
  std::string_view path;
  std::string_view pattern;
  bool matches;
};

TEST(Path, Forms) {
  const MatchCase cases[] = {
      {"/orders", "/orders", true},
      {"/orders/", "/orders", false},
      {"/orders", "/orders/", false},
      {"/orders/", "/orders/", true},
      {"/Orders", "/orders", false},
      {"/orders/1", "/orders/*", true},
      {"/orders/1", "/orders/{id}", true},
      {"/orders/", "/orders/*", false},
      {"/orders/1/", "/orders/*", false},
      {"/orders/1/2", "/orders/*", false},
      {"/orders/1/lines", "/orders/{id}/lines", true},
      {"/orders/1/items", "/orders/{id}/lines", false},
      {"/orders", "/orders/**", false},
      {"/orders/", "/orders/**", true},
      {"/orders/1/2/3", "/orders/**", true},
      {"/", "/**", true},
      {"/", "/", true},
      {"/a", "/", false},
      {"/", "/*", false},
      {"/ordersx/1", "/orders/**", false},
  };
  for (const MatchCase& match : cases)
    EXPECT_EQ(matches_path(match.path, match.pattern), match.matches)
        << match.path << " " << match.pattern;
}

TEST(Path, FormsThatAreNone) {
  for (const std::string_view pattern :
       {"orders", "", "/a//b", "/a/../b", "/a/./b", "/**/a", "/a*", "/*a", "/{}", "/{a", "/a}",
        "/{a}b", "/a\\b", "/%2f", "/***"})
    EXPECT_TRUE(find_path_pattern_error(pattern)) << pattern;
  for (const std::string_view pattern : {"/", "/a", "/*", "/{a}", "/**", "/a/*/{b}/**", "/a/"})
    EXPECT_FALSE(find_path_pattern_error(pattern)) << pattern;
}

TEST(Path, PrefixesAreWholeSegments) {
  const MatchCase cases[] = {
      {"/a/b", "/a", true},      {"/a/b", "/a/", true}, {"/a", "/a", true},   {"/a/", "/a", true},
      {"/ab", "/a", false},      {"/a", "/a/", false},  {"/a", "/", true},    {"/", "/", true},
      {"/a/b", "/a/b/c", false}, {"/A", "/a", false},   {"/a/", "/a/", true},
  };
  for (const MatchCase& prefix : cases)
    EXPECT_EQ(has_path_prefix(prefix.path, prefix.pattern), prefix.matches)
        << prefix.path << " " << prefix.pattern;
}

}  // namespace
}  // namespace verdict
