// What the compiler bounds the loader bounds too, and every row is checked for itself, whoever
// wrote the file.
#include <bit>
#include <cstddef>
#include <limits>

#include "tests/support/scalars.h"
#include "tests/vm/verify/loader_cases.h"
#include "vm/program/settings.h"

namespace verdict::testing {
namespace {

// A provider with one setting, of that size: the value of an integer, the elements of a list, the
// bytes of a string.
FileBytes with_setting(const SettingRow& row, std::int64_t size) {
  ProgramBuilder builder;
  ProgramTables& tables = builder.tables;
  const auto length = static_cast<std::size_t>(size);
  ConstantId constant;
  if (row.constant.shape == Shape::List) {
    constant = builder.add(Kind::String, Shape::List, scalars(length, "x"));
  } else if (row.constant.kind == Kind::String) {
    constant = builder.add(Kind::String, std::string(length, 'x'));
  } else {
    tables.Constants.push_back(
        {static_cast<U8>(row.constant.kind), 0, 0, 0, 0U, std::bit_cast<std::uint64_t>(size)});
    constant = ConstantId(0);
  }
  tables.Settings.push_back({static_cast<std::uint32_t>(row.setting), constant.value()});
  const std::uint32_t name = builder.intern("p").value();
  tables.Providers.push_back({name, name, kNone, 0U, 0U, 0U, 1U});
  return std::move(builder).finish();
}

TEST(LoaderBounds, SettingsLieBetweenTheirLeastAndMost) {
  for (const SettingRow& row : kSettings) {
    SCOPED_TRACE(row.key);
    expect_accepted(with_setting(row, row.least));
    expect_accepted(with_setting(row, row.most));
    if (row.constant.kind == Kind::Boolean) continue;  // no constant beyond 0 and 1
    expect_refused(with_setting(row, row.most + 1), LoadError::Tables);
    if (row.constant.kind == Kind::Number || row.least > 0)
      expect_refused(with_setting(row, row.least - 1), LoadError::Tables);
  }
}

TEST(LoaderBounds, TimesOfSettingsCannotOverflow) {
  const SettingRow& skew = *find_setting(static_cast<std::uint32_t>(Setting::ClockSkewSeconds));
  for (const std::int64_t seconds :
       {std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::min(),
        std::int64_t{9'000'000'000'000}, std::int64_t{-1}}) {
    expect_refused(with_setting(skew, seconds), LoadError::Tables);
  }
}

FileBytes with_default_list(std::size_t length) {
  ProgramBuilder builder;
  const std::uint32_t list =
      builder.add(Kind::Number, Shape::List, scalars(length, Number::from_integer(1))).value();
  const std::uint32_t name = builder.intern("a").value();
  builder.tables.Attributes.push_back({name, static_cast<U8>(Kind::NumberList),
                                       static_cast<U8>(AttributeSource::Claim), 0, 0, kNone});
  builder.tables.Mappings.push_back({0U, name, 0U, 0U, list, 0U, 0U, 0, {}});
  return std::move(builder).finish();
}

TEST(LoaderBounds, DefaultListsAreNoLongerThanLists) {
  expect_accepted(with_default_list(limits::kMaxListElements - 1));
  expect_accepted(with_default_list(limits::kMaxListElements));
  expect_refused(with_default_list(limits::kMaxListElements + 1), LoadError::Tables);
}

FileBytes with_default_text(Kind kind, std::size_t length, std::size_t count) {
  ProgramBuilder builder;
  const std::string text(length, 'x');
  const std::uint32_t value =
      kind == Kind::String ? builder.add(Kind::String, text).value()
                           : builder.add(Kind::String, Shape::List, scalars(count, text)).value();
  const std::uint32_t name = builder.intern("a").value();
  builder.tables.Attributes.push_back(
      {name, static_cast<U8>(kind), static_cast<U8>(AttributeSource::Claim), 0, 0, kNone});
  builder.tables.Mappings.push_back({0U, name, 0U, 0U, value, 0U, 0U, 0, {}});
  return std::move(builder).finish();
}

TEST(LoaderBounds, DefaultTextsAreNoLongerThanClaims) {
  expect_accepted(with_default_text(Kind::String, limits::kMaxClaimTextBytes, 1));
  expect_refused(with_default_text(Kind::String, limits::kMaxClaimTextBytes + 1, 1),
                 LoadError::Tables);
  constexpr std::size_t kCount = limits::kMaxClaimsBytes / limits::kMaxClaimTextBytes;
  expect_accepted(with_default_text(Kind::StringList, limits::kMaxClaimTextBytes, kCount));
  expect_refused(with_default_text(Kind::StringList, limits::kMaxClaimTextBytes, kCount + 1),
                 LoadError::Tables);
}

// They are texts of `req_resource`, `req_action` and `req_provider`.
TEST(LoaderBounds, NamesAreNoLongerThanClaims) {
  const auto with_names = [](std::size_t provider, std::size_t resource, std::size_t action) {
    const auto name = [](std::size_t length, char c) {
      return "\"" + std::string(length, c) + "\"";
    };
    return must_assemble(".providers\n" + name(provider, 'p') + " \"oidc\"\n.resources\n" +
                         name(resource, 'r') + " routes #0+1\n.routes\n" + name(action, 'a') +
                         "\n");
  };
  constexpr std::size_t kMost = limits::kMaxClaimTextBytes;
  expect_accepted(with_names(kMost, kMost, kMost));
  expect_refused(with_names(kMost + 1, 1, 1), LoadError::Tables);
  expect_refused(with_names(1, kMost + 1, 1), LoadError::Tables);
  expect_refused(with_names(1, 1, kMost + 1), LoadError::Tables);
}

TEST(LoaderBounds, WhatIsRequiredHasNoDefault) {
  EXPECT_CHANGE_REFUSED("ext_role path #0+3 default \"viewer\"",
                        "ext_role path #0+3 default \"viewer\" required", Tables);
}

TEST(LoaderBounds, OnlyEnumsAreOrdered) {
  EXPECT_CHANGE_REFUSED("ext_scopes   string_list claim   sensitive",
                        "ext_scopes   string_list claim   sensitive ordered", Attributes);
}

TEST(LoaderBounds, EnumValuesAreThereAndDiffer) {
  EXPECT_CHANGE_REFUSED("#2    string list \"viewer\", \"editor\", \"admin\"",
                        "#2    string list \"viewer\", \"editor\", \"viewer\"", Attributes);
  EXPECT_CHANGE_REFUSED("#2    string list \"viewer\", \"editor\", \"admin\"", "#2    string list",
                        Attributes);
}

// ---- rows that no other row names

TEST(LoaderRows, PermissionsThatNoRouteOwns) {
  for (const std::string_view policy : {"#2", "#4096", "#99999999", "#4294967295"}) {
    SCOPED_TRACE(policy);
    expect_refused(good_with("  owners 0\n\n.rule \"owner\"",
                             "  owners 0\n  #3 " + std::string(policy) + " 0\n\n.rule \"owner\""),
                   LoadError::Tables);
  }
  expect_accepted(
      good_with("  owners 0\n\n.rule \"owner\"", "  owners 0\n  owners 7\n\n.rule \"owner\""));
}

TEST(LoaderRows, SettingsThatNoProviderOwns) {
  EXPECT_CHANGE_REFUSED("\n.providers\n", "  clockSkewSeconds 301\n\n.providers\n", Tables);
}

TEST(LoaderRows, MappingsThatNobodyOwns) {
  EXPECT_CHANGE_REFUSED("\n.settings\n", "  #6 #4096 literal \"x\"\n\n.settings\n", Tables);
  EXPECT_CHANGE_REFUSED("\n.settings\n", "  ext_sub path #4096+1\n\n.settings\n", Tables);
}

// ---- what must not stand twice

TEST(LoaderRows, NamesAreUnique) {
  EXPECT_CHANGE_REFUSED("\"Other \\\"one\\\"\" \"oidc\"", "\"Keycloak\" \"oidc\"", Tables);
  EXPECT_CHANGE_REFUSED("\"Keycloak\" \"keycloak\" mappings",
                        "\"Keycloak\" \"keycloak\" issuer \"https://login.example.com\" mappings",
                        Tables);
  const std::size_t name = offsetof(PolicyRecord, name);
  const auto owners = read_patchable<std::uint32_t>(record_offset(Section::Policies, 0) + name);
  expect_refused(good_with_patch(record_offset(Section::Policies, 1) + name, owners),
                 LoadError::Tables);
}

TEST(LoaderRows, SettingsOfAProviderAreUnique) {
  EXPECT_CHANGE_REFUSED("clockSkewSeconds 100\n  jwksUrl \"https://login.example.com/keys\"",
                        "clockSkewSeconds 100\n  clockSkewSeconds 200", Tables);
}

// Providers that share settings would make an engine copy them as often as there are providers.
TEST(LoaderRows, SettingsHaveOneOwner) {
  EXPECT_CHANGE_REFUSED("mappings #0+4 settings #0+1", "mappings #0+4 settings #1+2", Tables);
}

TEST(LoaderRows, AnOwnerMapsAnAttributeOnce) {
  EXPECT_CHANGE_REFUSED("ext_sub literal \"sub\"", "ext_scopes literal \"sub\"", Tables);
}

TEST(LoaderRows, ARouteHasAPolicyOnce) {
  EXPECT_CHANGE_REFUSED("  owners 0\n  \"read all\" 1\n", "  owners 0\n  owners 1\n", Tables);
}

}  // namespace
}  // namespace verdict::testing
