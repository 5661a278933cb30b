// V11 to V13 and the tables of providers, resources, routes, policies and functions.
#include <cstddef>

#include "tests/vm/verify/loader_cases.h"
#include "vm/base/hash.h"

namespace verdict::testing {
namespace {

template <class T>
void expect_patch_refused(Section section, std::size_t row, std::size_t offset, T value,
                          LoadError error) {
  SCOPED_TRACE(std::string(kSections[static_cast<std::size_t>(section)].spelling) + "[" +
               std::to_string(row) + "] + " + std::to_string(offset));
  expect_refused(good_with_patch<T>(record_offset(section, row) + offset, value), error);
}

// The good program with another `.string_index`: a slot is the string's number or the id of
// nothing.
FileBytes with_string_index(std::string_view strings, std::string_view index) {
  return must_assemble(".strings\n" + std::string(strings) + "\n.string_index\n" +
                       std::string(index) + "\n");
}

// Texts whose hash has the low bits `low` of a table of `size` slots.
std::vector<std::string> colliding_texts(std::size_t count, std::uint64_t low, std::uint64_t size) {
  std::vector<std::string> texts;
  for (std::uint64_t i = 0; texts.size() < count; ++i) {
    std::string text = "t" + std::to_string(i);
    if ((hash_text(text) & (size - 1)) == low) texts.push_back(std::move(text));
  }
  return texts;
}

TEST(LoaderChecklist, V11_StringOffsets) {
  expect_patch_refused<std::uint32_t>(Section::StringOffsets, 0, 0, 1, LoadError::Strings);
  expect_patch_refused<std::uint32_t>(Section::StringOffsets, 3, 0, 0, LoadError::Strings);
  expect_patch_refused<std::uint32_t>(Section::StringOffsets, 3, 0, 0xFFFFFFFF, LoadError::Strings);
}

TEST(LoaderChecklist, V11_LastStringEndsWhereTheBytesEnd) {
  const auto program = must_load(good_bytes());
  const std::size_t last = program->view().num_strings();
  expect_patch_refused<std::uint32_t>(Section::StringOffsets, last, 0,
                                      program->view().StringOffsets[last] + 1, LoadError::Strings);
  expect_patch_refused<std::uint32_t>(Section::StringOffsets, last, 0,
                                      program->view().StringOffsets[last] - 1, LoadError::Strings);
}

TEST(LoaderChecklist, V11_NoStringTable) {
  ProgramTables tables;
  expect_refused(save(tables), LoadError::Strings);
  tables.StringOffsets.assign(1, U32(0));
  tables.StringIndex = make_string_index(tables.StringOffsets, tables.StringBytes);
  expect_accepted(save(tables));
}

TEST(LoaderChecklist, V11_ValidUtf8) {
  for (const std::string_view wrong : {R"("\xff")", R"("\xc0\xaf")", R"("\xed\xa0\x80")",
                                       R"("\xf4\x90\x80\x80")", R"("\xe2\x82")"}) {
    SCOPED_TRACE(wrong);
    expect_refused(good_with("\"documents\"\n  #1", std::string(wrong) + "\n  #1"),
                   LoadError::Strings);
  }
}

TEST(LoaderChecklist, V11_StringsAreUnique) {
  EXPECT_CHANGE_REFUSED("#2    \"write\"", "#2    \"read\"", Strings);
}

TEST(LoaderChecklist, V11_StringIndexFindsEveryString) {
  constexpr std::string_view kNothing = "4294967295";
  const std::string none(kNothing);
  const bool is_first = (hash_text("a") & 1U) == 0;
  const std::string right = is_first ? "0 " + none : none + " 0";
  const std::string wrong = is_first ? none + " 0" : "0 " + none;
  expect_accepted(with_string_index("\"a\"", right));
  expect_refused(with_string_index("\"a\"", wrong), LoadError::Strings);
  expect_refused(with_string_index("\"a\"", none + " " + none), LoadError::Strings);
  expect_refused(with_string_index("\"a\"", "0 0"), LoadError::Strings);
  expect_refused(with_string_index("\"a\"", "1 " + none), LoadError::Strings);
}

TEST(LoaderChecklist, V11_StringIndexSize) {
  const std::string none = "4294967295";
  expect_refused(with_string_index("\"a\"", "0"), LoadError::Strings);
  expect_refused(with_string_index("\"a\"", "0 " + none + " " + none), LoadError::Strings);
  const std::string pair = "\"a\"\n\"b\"";  // three of four slots may be used, but not three of two
  expect_refused(with_string_index(pair, "0 1"), LoadError::Strings);
}

FileBytes with_texts(const std::vector<std::string>& texts) {
  ProgramBuilder builder;
  for (const std::string& text : texts) builder.intern(text);
  return std::move(builder).finish();
}

// An index with its strings on one slot would make every look-up as slow as the table is long. n of
// them need n (n + 1) / 2 probes, allowed are 16 n: up to 31.
TEST(LoaderChecklist, V11_StringIndexProbesInAll) {
  expect_accepted(with_texts(colliding_texts(31, 5, 64)));
  expect_refused(with_texts(colliding_texts(32, 5, 64)), LoadError::Strings);
}

// Among many others, whose probes are few, the longest run has a bound of its own.
TEST(LoaderChecklist, V11_StringIndexLongestRun) {
  constexpr std::uint64_t kSlots = 8192;
  const auto with_run = [](std::size_t length) {
    std::vector<std::string> texts = colliding_texts(length, 5, kSlots);
    for (std::uint64_t i = 0; texts.size() < 3000; ++i) {
      const std::string text = "other " + std::to_string(i);
      if ((hash_text(text) & (kSlots - 1)) > 500) texts.push_back(text);
    }
    return with_texts(texts);
  };
  expect_accepted(with_run(limits::kMaxStringProbes));
  expect_refused(with_run(limits::kMaxStringProbes + 1), LoadError::Strings);
}

TEST(LoaderChecklist, V12_ConstantKind) {
  EXPECT_CHANGE_REFUSED("#10   boolean true", "#10   raw 0 0 0 0 0", Constants);
  for (const std::string_view wrong : {"7 0 0 0 0", "8 1 0 0 0", "0 1 0 0 0", "6 0 0 0 0",
                                       "200 0 0 0 0", "255 0 0 0 0", "3 5 0 0 0", "3 255 0 0 0"}) {
    EXPECT_CHANGE_REFUSED("#10   boolean true", "#10   raw " + std::string(wrong), Constants);
  }
  EXPECT_CHANGE_REFUSED("#10   boolean true", "#10   raw 3 0 2 0 1", Reserved);
  EXPECT_CHANGE_REFUSED("#10   boolean true", "#10   raw 3 0 1 0 1", Constants);
  EXPECT_CHANGE_REFUSED("#10   boolean true", "#10   raw 1 1 1 0 0", Constants);
}

TEST(LoaderChecklist, V12_ScalarValues) {
  EXPECT_CHANGE_REFUSED("#10   boolean true", "#10   boolean #2", Constants);
  EXPECT_CHANGE_REFUSED("#10   boolean true", "#10   raw 3 0 0 1 1", Constants);
  EXPECT_CHANGE_REFUSED("#1    string \"editor\"", "#1    string #4096", Constants);
  const auto with_time = [](std::string_view microseconds) {
    return good_with("timestamp \"2023-11-14T22:13:20.000001Z\"",
                     "timestamp #" + std::string(microseconds));
  };
  expect_refused(with_time("253402300800000000"), LoadError::Constants);
  expect_refused(with_time("18384608476909551615"), LoadError::Constants);  // below the year 1
  expect_accepted(with_time("253402300799999999"));
  expect_accepted(with_time("18384608476909551616"));
}

TEST(LoaderChecklist, V12_Doubles) {
  const auto refused = [](std::string_view bits) {
    SCOPED_TRACE(bits);
    std::string text = replaced(good_text(), "#10   boolean true",
                                "#10   boolean true\n  raw 2 0 1 0 #" + std::string(bits));
    expect_refused(must_assemble(text), LoadError::Constants);
  };
  refused("0x7ff8000000000000");  // NaN
  refused("0x7ff0000000000000");  // infinity
  refused("0xfff0000000000000");
  refused("0x3ff0000000000000");  // whole numbers are integers, so that each value has one form
  refused("0");
  refused("0x8000000000000000");  // -0
  refused("0xc3e0000000000000");  // -2^63
  refused("0x7e37e43c8800759c");  // 1e300
}

TEST(LoaderChecklist, V12_Words) {
  EXPECT_CHANGE_REFUSED("#2    string list \"viewer\", \"editor\", \"admin\"",
                        "#2    string list words #0+999", Constants);
  EXPECT_CHANGE_REFUSED("#2    string list \"viewer\", \"editor\", \"admin\"",
                        "#2    string list words #4294967295+4294967295", Constants);
  EXPECT_CHANGE_REFUSED("#2    string list \"viewer\", \"editor\", \"admin\"",
                        "#2    string list #4096", Constants);
  EXPECT_CHANGE_REFUSED("ip \"2001:db8::1\"", "ip words #0+3", Constants);
}

// Overlapping lists would take more time to check than the file is long.
TEST(LoaderChecklist, V12_WordsInAll) {
  const auto with_lists = [](std::string_view lists) {
    return must_assemble(".strings\n\"a\"\n.words\n0 0\n.constants\n" + std::string(lists));
  };
  expect_accepted(with_lists("string list words #0+1\nstring list words #0+1"));
  expect_refused(with_lists("string list words #0+2\nstring list words #0+1"),
                 LoadError::Constants);
}

TEST(LoaderChecklist, V12_Sets) {
  EXPECT_CHANGE_REFUSED("string set \"editor\", \"admin\"", "string set \"admin\", \"editor\"",
                        Constants);
  EXPECT_CHANGE_REFUSED("string set \"editor\", \"admin\"", "string set \"admin\", \"admin\"",
                        Constants);
  EXPECT_CHANGE_REFUSED("string set \"editor\", \"admin\"", "string set", Constants);
  const auto number_set = [](std::string_view numbers) {
    return must_assemble(".constants\nnumber 1\nnumber 1.5\nboolean true\nnumber set " +
                         std::string(numbers) + "\n");
  };
  expect_accepted(number_set("1, 1.5"));
  expect_refused(number_set("1.5, 1"), LoadError::Constants);
  expect_refused(number_set("1, 1"), LoadError::Constants);
  expect_refused(number_set(""), LoadError::Constants);
  expect_refused(number_set("1, #2"), LoadError::Constants);
  expect_refused(number_set("#3"), LoadError::Constants);
  expect_refused(number_set("#99"), LoadError::Constants);
}

TEST(LoaderChecklist, V12_Networks) {
  const auto with_words = [](std::string_view words) {
    return must_assemble(".words\n" + std::string(words) + "\n.constants\nnetwork words #0+5\n");
  };
  expect_accepted(with_words("0 0 4294901760 10 104"));  // 10.0.0.0/8
  expect_accepted(with_words("0 0 0 0 0"));
  expect_accepted(with_words("1 2 3 4 128"));
  expect_refused(with_words("0 0 4294901760 266 104"), LoadError::Constants);  // 10.1.0.0/8
  expect_refused(with_words("1 2 3 4 129"), LoadError::Constants);
  expect_refused(with_words("0 0 4294901760 10 360"),
                 LoadError::Constants);  // 104 and one byte more
  expect_refused(must_assemble(".words\n0 0 0 0\n.constants\nnetwork words #0+4\n"),
                 LoadError::Constants);
  const auto with_set = [](std::string_view set) {
    return must_assemble(
        ".constants\nnetwork \"::/0\"\nnetwork \"10.0.0.0/8\"\nnetwork \"10.1.0.0/16\"\nnetwork "
        "\"11.0.0.0/8\"\nnetwork set " +
        std::string(set) + "\n");
  };
  expect_accepted(with_set("#0, #1, #3"));
  expect_refused(with_set("#1, #0"), LoadError::Constants);
  expect_refused(with_set("#1, #2"), LoadError::Constants);
  expect_refused(with_set("#2, #1"), LoadError::Constants);
  expect_refused(must_assemble(".constants\nnetwork \"10.0.0.0/8\"\nnetwork \"11.0.0.0/8\"\n"
                               "network range #0, #1\n"),
                 LoadError::Constants);
}

TEST(LoaderChecklist, V12_PatternsAndDurations) {
  const auto with = [](std::string_view constant) {
    return must_assemble(".strings\n\"a*\"\n\"\\\\a\"\n\"(\"\n.constants\n" +
                         std::string(constant) + "\n");
  };
  expect_accepted(with("regex #0"));
  expect_refused(with("regex #2"), LoadError::Constants);
  expect_accepted(with("glob #0"));
  expect_refused(with("glob #1"), LoadError::Constants);
  expect_accepted(with("duration #1000"));
  expect_refused(with("duration #0"), LoadError::Constants);
  expect_refused(with("duration #1001"), LoadError::Constants);
  expect_accepted(with("duration #3155760000000000"));
  expect_refused(with("duration #3155760000001000"), LoadError::Constants);
}

TEST(LoaderChecklist, V12_Ranges) {
  EXPECT_CHANGE_REFUSED("number range 0.5, 100", "number range 100, 0.5", Constants);
  EXPECT_CHANGE_REFUSED("number range 0.5, 100", "number range 0.5", Constants);
  EXPECT_CHANGE_REFUSED("number range 0.5, 100", "number range 0.5, 100, 100", Constants);
  EXPECT_CHANGE_REFUSED("number range 0.5, 100", "number range #0, #1", Constants);
  expect_accepted(good_with("number range 0.5, 100", "number range 100, 100"));
}

TEST(LoaderChecklist, V13_Attributes) {
  const std::uint32_t other_name = must_load(good_bytes())->view().Attributes[2].name;
  expect_patch_refused<std::uint32_t>(Section::Attributes, 3, offsetof(AttributeRecord, name), 4096,
                                      LoadError::Attributes);
  expect_patch_refused<std::uint32_t>(Section::Attributes, 3, offsetof(AttributeRecord, name),
                                      kNone, LoadError::Attributes);
  expect_patch_refused<std::uint32_t>(Section::Attributes, 3, offsetof(AttributeRecord, name),
                                      other_name, LoadError::Attributes);
  EXPECT_CHANGE_REFUSED("ext_sub      string      claim", "ext_sub      #9          claim",
                        Attributes);
  EXPECT_CHANGE_REFUSED("ext_sub      string      claim", "ext_sub      string      #3",
                        Attributes);
  EXPECT_CHANGE_REFUSED("ext_sub      string      claim",
                        "ext_sub      string      claim values #2", Attributes);
}

TEST(LoaderChecklist, V13_EnumValues) {
  EXPECT_CHANGE_REFUSED("claim   values #2 ordered nullable", "claim", Attributes);
  EXPECT_CHANGE_REFUSED("claim   values #2 ordered nullable", "claim values #3", Attributes);
  EXPECT_CHANGE_REFUSED("claim   values #2 ordered nullable", "claim values #4096", Attributes);
}

// The runtime binds these by name, into slots of the kinds that it knows.
TEST(LoaderChecklist, V13_BuiltInAttributes) {
  EXPECT_CHANGE_REFUSED("req_time     timestamp   request", "req_time     number      request",
                        Attributes);
  EXPECT_CHANGE_REFUSED("req_time     timestamp   request", "req_time     timestamp   claim",
                        Attributes);
  EXPECT_CHANGE_REFUSED("req_time     timestamp   request", "req_date     timestamp   request",
                        Attributes);
  EXPECT_CHANGE_REFUSED("req_ip       ip          request", "req_ip       string      request",
                        Attributes);
  EXPECT_CHANGE_REFUSED("req_ip       ip          request", "req_ip       ip          context",
                        Attributes);
}

TEST(LoaderTables, PathSteps) {
  EXPECT_CHANGE_REFUSED("key \"amr\"", "key #4096", Tables);
  EXPECT_CHANGE_REFUSED("  each\n", "  each #1\n", Tables);
  EXPECT_CHANGE_REFUSED("  each\n", "  #4 #3 0\n", Tables);
}

TEST(LoaderTables, Mappings) {
  EXPECT_CHANGE_REFUSED("ext_sub literal \"sub\"", "#2 #8 literal \"sub\"", Tables);
  EXPECT_CHANGE_REFUSED("ext_sub literal \"sub\"", "ext_sub literal #4096", Tables);
  EXPECT_CHANGE_REFUSED("ext_sub literal \"sub\"", "ext_sub", Tables);
  EXPECT_CHANGE_REFUSED("path #3+3", "path #3+4", Tables);
  EXPECT_CHANGE_REFUSED("path #3+3", "path #7+0", Tables);
  EXPECT_CHANGE_REFUSED("path #3+3", "path #4294967295+4294967295", Tables);
}

TEST(LoaderTables, Transforms) {
  EXPECT_CHANGE_REFUSED("  to_number\n", "  #3 #10\n", Feature);
  EXPECT_CHANGE_REFUSED("  to_number\n", "  #3 #255\n", Feature);
  EXPECT_CHANGE_REFUSED("  to_number\n", "  to_number argument \"read\"\n", Tables);
  EXPECT_CHANGE_REFUSED("strip_prefix argument \"read\"", "strip_prefix", Tables);
  EXPECT_CHANGE_REFUSED("strip_prefix argument \"read\"", "strip_prefix argument #4096", Tables);
  EXPECT_CHANGE_REFUSED("strip_prefix argument \"read\"", "strip_prefix argument \"\"", Tables);
}

TEST(LoaderTables, TransformsFitEachOtherAndTheAttribute) {
  EXPECT_CHANGE_REFUSED("transforms #0+3", "transforms #0+5", Tables);
  EXPECT_CHANGE_REFUSED("transforms #0+3", "transforms #4294967295+4294967295", Tables);
  EXPECT_CHANGE_REFUSED("transforms #0+3", "transforms #0+4", Tables);  // no string
  EXPECT_CHANGE_REFUSED("transforms #3+1", "transforms #2+1", Tables);  // no number
  EXPECT_CHANGE_REFUSED("  lower\n", "  keys\n", Tables);               // of a string
  EXPECT_CHANGE_REFUSED("  trim\n", "  keys\n", Tables);                // a list, in the end
  expect_accepted(good_with("  trim\n", "  email_domain\n"));
}

// Whatever a presence takes, the transforms before it have to fit each other.
TEST(LoaderTables, TransformsOfAPresence) {
  const auto with_transforms = [](const std::string& transforms) {
    return must_assemble(".attributes\nx presence claim\n.transforms\n" + transforms +
                         "\n.mappings\nx literal \"x\" transforms #0+2\n");
  };
  expect_accepted(with_transforms("keys\nlower"));
  expect_refused(with_transforms("lower\nkeys"), LoadError::Tables);
}

// A list has no keys; what comes at the end of a long path that no JSON has is not asked.
TEST(LoaderTables, TransformsOfElements) {
  const auto with_path = [](const std::string& steps, std::size_t count) {
    return must_assemble(".attributes\nx string_list claim\n.path_steps\n" + steps +
                         "\n.transforms\nkeys\n.mappings\nx path #0+" + std::to_string(count) +
                         " transforms #0+1\n");
  };
  expect_accepted(with_path("key \"a\"", 1));
  expect_refused(with_path("key \"a\"\neach", 2), LoadError::Tables);
}

TEST(LoaderTables, TransformsOfOneMapping) {
  const auto with_transforms = [](std::size_t count) {
    std::string text = ".attributes\nx string claim\n.transforms\n";
    for (std::size_t i = 0; i < count; ++i) text += "trim\n";
    return must_assemble(text + ".mappings\nx literal \"x\" transforms #0+" +
                         std::to_string(count) + "\n");
  };
  expect_accepted(with_transforms(limits::kMaxTransforms - 1));
  expect_accepted(with_transforms(limits::kMaxTransforms));
  expect_refused(with_transforms(limits::kMaxTransforms + 1), LoadError::Tables);
}

TEST(LoaderTables, DefaultsAreOfTheAttributesKind) {
  EXPECT_CHANGE_REFUSED("literal \"amount\" path #0+1 default 100", "literal \"amount\" default #0",
                        Tables);
  EXPECT_CHANGE_REFUSED("literal \"amount\" path #0+1 default 100",
                        "literal \"amount\" default #4096", Tables);
  EXPECT_CHANGE_REFUSED("literal \"sub\"", "literal \"sub\" default 100", Tables);
  EXPECT_CHANGE_REFUSED("literal \"scope\" path #3+3 required", "literal \"scope\" default #0",
                        Tables);
  EXPECT_CHANGE_REFUSED("literal \"seen\" default true", "literal \"seen\" default #4096", Tables);
}

TEST(LoaderTables, DefaultOfAnEnumIsOneOfItsValues) {
  EXPECT_CHANGE_REFUSED("path #0+3 default \"viewer\"",
                        "path #0+3 default \"https://login.example.com/keys\"", Tables);
  EXPECT_CHANGE_REFUSED("path #0+3 default \"viewer\"", "path #0+3 default 100", Tables);
  expect_accepted(good_with("path #0+3 default \"viewer\"", "path #0+3 default \"editor\""));
}

// Two enums: the values of one are not those of the other, in whatever order their mappings stand.
TEST(LoaderTables, DefaultsOfTwoEnums) {
  const auto with_defaults = [](std::string_view first, std::string_view second) {
    return must_assemble(
        ".constants\nstring list \"a\", \"b\"\nstring list \"b\", \"c\"\nstring \"a\"\nstring "
        "\"b\"\nstring \"c\"\n"
        ".attributes\nx enum claim values #0\ny enum claim values #1\nz enum claim values #0\n"
        ".mappings\nx literal \"x\" default " +
        std::string(first) + "\ny literal \"y\" default " + std::string(second) +
        "\nz literal \"z\" default \"b\"\n");
  };
  expect_accepted(with_defaults("\"a\"", "\"c\""));
  expect_accepted(with_defaults("\"b\"", "\"b\""));
  expect_refused(with_defaults("\"c\"", "\"c\""), LoadError::Tables);
  expect_refused(with_defaults("\"a\"", "\"a\""), LoadError::Tables);
}

TEST(LoaderTables, Settings) {
  EXPECT_CHANGE_REFUSED("clockSkewSeconds 100", "#1 #99 100", Feature);
  EXPECT_CHANGE_REFUSED("clockSkewSeconds 100", "clockSkewSeconds true", Tables);
  EXPECT_CHANGE_REFUSED("clockSkewSeconds 100", "clockSkewSeconds #4096", Tables);
}

TEST(LoaderTables, Providers) {
  EXPECT_CHANGE_REFUSED("\"Keycloak\" \"keycloak\"", "#0 #4096 \"keycloak\"", Tables);
  EXPECT_CHANGE_REFUSED("\"Keycloak\" \"keycloak\"", "\"Keycloak\" #4096", Tables);
  EXPECT_CHANGE_REFUSED("issuer \"https://login.example.com\"", "issuer #4096", Tables);
  EXPECT_CHANGE_REFUSED("settings #1+2", "settings #1+3", Tables);
  EXPECT_CHANGE_REFUSED("settings #1+2", "settings #4294967295+2", Tables);
  EXPECT_CHANGE_REFUSED("mappings #0+4", "mappings #0+7", Tables);
  EXPECT_CHANGE_REFUSED("mappings #0+4", "mappings #0+5", Tables);  // the fifth is one of context
}

// Many owners of the same mappings would take more time to check than the file is long.
TEST(LoaderTables, MappingsHaveOneOwner) {
  EXPECT_CHANGE_REFUSED("issuer \"https://login.example.com\" settings", "mappings #0+4 settings",
                        Tables);
}

TEST(LoaderTables, Resources) {
  EXPECT_CHANGE_REFUSED("\"documents\" mappings #4+2 routes #0+2",
                        "#0 #4096 mappings #4+2 routes #0+2", Tables);
  EXPECT_CHANGE_REFUSED("mappings #4+2 routes #0+2", "mappings #3+2 routes #0+2", Tables);
  EXPECT_CHANGE_REFUSED("mappings #4+2 routes #0+2", "mappings #4+3 routes #0+2", Tables);
  EXPECT_CHANGE_REFUSED("mappings #4+2 routes #0+2", "routes #1+1", Tables);
  EXPECT_CHANGE_REFUSED("mappings #4+2 routes #0+2", "routes #0+1", Tables);
  EXPECT_CHANGE_REFUSED("mappings #4+2 routes #0+2", "routes #0+3", Tables);
  EXPECT_CHANGE_REFUSED("mappings #4+2 routes #0+2", "routes #0+2\n  \"documents\"", Tables);
}

TEST(LoaderTables, Routes) {
  EXPECT_CHANGE_REFUSED("\"write\" function owners permissions #2+1",
                        "#1 #4096 function owners permissions #2+1", Tables);
  EXPECT_CHANGE_REFUSED("\"write\" function owners permissions #2+1",
                        "\"read\" function owners permissions #2+1", Tables);
  EXPECT_CHANGE_REFUSED("\"write\" function owners permissions #2+1",
                        "\"write\" function #3 permissions #2+1", Tables);
  EXPECT_CHANGE_REFUSED("\"write\" function owners permissions #2+1",
                        "\"write\" function owners permissions #2+2", Tables);
  EXPECT_CHANGE_REFUSED("\"write\" function owners permissions #2+1", "\"write\" function owners",
                        Tables);
  EXPECT_CHANGE_REFUSED("\"write\" function owners permissions #2+1", "\"write\" permissions #2+1",
                        Tables);
  expect_accepted(good_with("\"write\" function owners permissions #2+1", "\"write\""));
}

TEST(LoaderTables, Permissions) {
  EXPECT_CHANGE_REFUSED("  \"read all\" 1\n", "  #1 #2 1\n", Tables);
  EXPECT_CHANGE_REFUSED("  \"read all\" 1\n", "  \"read all\" 2\n", Tables);
  EXPECT_CHANGE_REFUSED("  owners 0\n  \"read all\" 1\n", "  owners 1\n  \"read all\" 1\n", Tables);
  EXPECT_CHANGE_REFUSED("  owners 0\n  \"read all\" 1\n", "  owners 1\n  \"read all\" 0\n", Tables);
  expect_accepted(good_with("  \"read all\" 1\n", "  \"read all\" 0\n"));
}

TEST(LoaderTables, Policies) {
  EXPECT_CHANGE_REFUSED("owners   Deny deny_overrides #0 rules #0+2",
                        "owners   #2 deny_overrides #0 rules #0+2", Tables);
  EXPECT_CHANGE_REFUSED("owners   Deny deny_overrides #0 rules #0+2",
                        "owners   Deny #3 #0 rules #0+2", Tables);
  EXPECT_CHANGE_REFUSED("owners   Deny deny_overrides #0 rules #0+2",
                        "owners   Deny deny_overrides #1 rules #0+2", Tables);
  EXPECT_CHANGE_REFUSED("owners   Deny deny_overrides #0 rules #0+2",
                        "owners   Deny deny_overrides #3 rules #0+2", Tables);
  EXPECT_CHANGE_REFUSED("owners   Deny deny_overrides #0 rules #0+2",
                        "owners   Deny deny_overrides #0 rules #0+3", Tables);
  EXPECT_CHANGE_REFUSED("owners   Deny deny_overrides #0 rules #0+2",
                        "owners   Deny deny_overrides #0 rules #1+1", Tables);
  EXPECT_CHANGE_REFUSED("first_match #1 rules #2+1", "first_match #1", Tables);
  EXPECT_CHANGE_REFUSED("first_match #1 rules #2+1", "first_match #1 rules #2+4294967295", Tables);
  expect_refused(good_with_patch<std::uint32_t>(record_offset(Section::Policies, 0), 4096),
                 LoadError::Tables);
}

TEST(LoaderTables, Functions) {
  EXPECT_CHANGE_REFUSED(".function route #0 registers 2", ".function #2 #0 registers 2", Tables);
  EXPECT_CHANGE_REFUSED(".function route #0 registers 2", ".function route #2 registers 2", Tables);
  EXPECT_CHANGE_REFUSED(".function route #0 registers 2", ".function route #1 registers 2", Tables);
  EXPECT_CHANGE_REFUSED(".function route #0 registers 2", ".function route #0 registers 3", Tables);
  EXPECT_CHANGE_REFUSED(".function route #0 registers 2",
                        ".function route #0 registers 2 code #9+6", Tables);
  EXPECT_CHANGE_REFUSED(".function route #0 registers 2",
                        ".function route #0 registers 2 code #10+7", Tables);
  EXPECT_CHANGE_REFUSED(".function route #0 registers 2",
                        ".function route #0 registers 2 code #10+5", Tables);
  expect_patch_refused<std::uint32_t>(Section::Functions, 0, offsetof(FunctionRecord, owner), 1,
                                      LoadError::Tables);
  expect_patch_refused<std::uint32_t>(Section::Functions, 0, offsetof(FunctionRecord, owner), 2,
                                      LoadError::Tables);
}

// A function that no policy and no route has would be code that nothing can reach.
TEST(LoaderTables, FunctionsBelongToTheirOwners) {
  const std::string second = good_text() + "\n.function policy owners\n  otherwise Deny, owners\n";
  expect_refused(must_assemble(second), LoadError::Tables);
}

TEST(LoaderTables, EmptyFunction) {
  EXPECT_CHANGE_REFUSED(".function policy \"read all\"",
                        ".function policy \"read all\" code #8+0\n.function policy \"read all\"",
                        Tables);
}

}  // namespace
}  // namespace verdict::testing
