// The assembler and the disassembler: each other's inverse, and errors at their place.
#include <cstdlib>
#include <string>

#include <gtest/gtest.h>

#include "tests/vm/verify/loader_cases.h"
#include "vm/assembly/assemble.h"
#include "vm/assembly/disassemble.h"
#include "vm/base/hash.h"

namespace verdict::testing {
namespace {

// The listing of each text of asm/ is asm/<name>.lst; VERDICT_UPDATE_GOLDEN=1 writes them.
void expect_golden(const std::filesystem::path& path, const std::string& text) {
  if (std::getenv("VERDICT_UPDATE_GOLDEN") != nullptr)
    std::ofstream(path, std::ios::binary) << text;
  EXPECT_EQ(read_text_file(path), text);
}

TEST(Disassemble, Listings) {
  for (const std::string& name : assembly_names()) {
    SCOPED_TRACE(name);
    const auto program = must_load(must_assemble(assembly_text(name)));
    expect_golden(assembly_folder() / (name + ".lst"), disassemble(*program));
  }
}

void expect_round_trip(const FileBytes& bytes) {
  const auto program = must_load(bytes);
  EXPECT_EQ(must_assemble(disassemble(*program)), bytes);
  EXPECT_EQ(must_assemble(disassemble(*program, {.comments = false})), bytes);
}

TEST(Assemble, ReadsListingsBackByteForByte) {
  for (const std::string& name : assembly_names()) {
    SCOPED_TRACE(name);
    expect_round_trip(must_assemble(assembly_text(name)));
  }
}

// What can be spelt in two ways, shared, left unused or out of order must come back as it was.
TEST(Assemble, ReadsUnusualProgramsBackByteForByte) {
  expect_round_trip(must_assemble(""));
  expect_round_trip(must_assemble(".program registers 256 code_map\n"));
  expect_round_trip(
      must_assemble(".strings\n\"a\"\n\"b\"\n.words\n0 1 0\n.constants\nstring list words "
                    "#1+2\nstring set words #0+1\n"));
  expect_round_trip(must_assemble(".words\n1 2 3\n"));
  expect_round_trip(
      must_assemble(".constants\nnumber 1\nnumber 1\nnumber set #1\nnumber list 2, #0, #1\n"));
  expect_round_trip(must_assemble(".words\n1\n.constants\nnumber set words #0+1\nnumber 4\n"));
  expect_round_trip(
      must_assemble(".attributes\n\"a\" string claim\n\"no identifier\" string claim\n"));
}

// Another writer may choose a larger index.
TEST(Assemble, ReadsALargerStringIndexBackByteForByte) {
  std::string text = ".strings\n\"a\"\n.string_index\n";
  for (std::uint64_t slot = 0; slot < 32; ++slot)
    text += slot == (hash_text("a") & 31U) ? "0 " : "#0xffffffff ";
  expect_round_trip(must_assemble(text));
}

TEST(Assemble, ReadsAwkwardTextsBackByteForByte) {
  FileBytes bytes;
  ProgramBuilder builder;
  builder.intern(std::string_view("\0\x01\x7f\"\\/\b\f\n\r\t ; # {", 18));
  builder.intern("\u202e\u200b\ufeff\U000E0041\U0010FFFF\u00e9\u65e5");
  builder.intern(std::string(1000, 'x'));
  builder.add(Kind::String, std::string(1000, 'x'));
  builder.add(Kind::String, std::string(60, 'y'));
  builder.add(Kind::String, std::string(61, 'y'));
  expect_round_trip(std::move(builder).finish());
}

// Names that two rows share stand for the first; the others are written as numbers.
TEST(Assemble, SharedNames) {
  const FileBytes bytes = must_assemble(
      ".policies\n  p Deny first_match #0 rules #0+2\n  q Deny first_match #1 rules #2+1\n"
      ".rule \"r\" Allow p\nall {\n}\n.rule \"r\" Allow p\nall {\n}\n.rule \"r\" Deny q\nall "
      "{\n}\n"
      ".attributes\n  a presence claim\n"
      ".function policy p\n  is_null.t a -> L\n  allow #1\nL:\n  allow #0\n.function policy q\n  "
      "deny \"r\"\n");
  expect_round_trip(bytes);
  const std::string listing = disassemble(*must_load(bytes));
  EXPECT_NE(listing.find("allow                       #1"), std::string::npos) << listing;
  EXPECT_NE(listing.find("allow                       \"r\""), std::string::npos) << listing;
}

TEST(Assemble, LocationsAndCodeMap) {
  const std::string listing = disassemble(*must_load(must_assemble(assembly_text("article"))));
  EXPECT_NE(listing.find("; policies/approve_orders.json:6:27"), std::string::npos) << listing;
}

// ---- errors

struct ErrorCase {
  std::string_view text;
  std::size_t line;
  std::size_t column;
  std::string_view message;
};

TEST(Assemble, ErrorsNameTheirPlace) {
  const std::vector<ErrorCase> cases = {
      {"allow \"r\"", 1, 1, "expected a directive such as `.program`, found `allow`"},
      {".polices", 1, 1, "expected a directive, found `.polices`; did you mean `.policies`?"},
      {".strings extra", 1, 10, "expected the end of the line, found `extra`"},
      {".strings\n\"a", 2, 1, "the string has no closing quote"},
      {".strings\n  \"a\" \"b\"", 2, 7, "expected the end of the line, found \"b\""},
      {".strings\n  \"\\q\"", 2, 4, "unknown escape"},
      {".strings\n  \"\\u12\"", 2, 4,
       "expected the four hexadecimal digits of a character after `\\u`"},
      {".strings\n  \"\\ud800\"", 2, 4,
       "expected the four hexadecimal digits of a character after `\\u`"},
      {".strings\n  \"\\xg0\"", 2, 4, "expected two hexadecimal digits after `\\x`"},
      {".strings\n\"a\"\n#2 \"b\"", 3, 1, "this is row #1"},
      {".strings\n\"\u00e9\" ?", 2, 5, "no token begins with `?`"},
      {".strings\n word", 2, 2, "expected a string, found `word`"},
      {".program registers", 1, 19, "expected a whole number, found the end of the line"},
      {".program registers 99999999999", 1, 20, "at most 4294967295 fits here"},
      {".program stack 1", 1, 10, "expected `registers` or `code_map`, found `stack`"},
      {".constants\n  numbr 1", 2, 3,
       "expected a kind of constant, found `numbr`; did you mean `number`?"},
      {".constants\n  number x", 2, 10, "expected a number, found `x`"},
      {".constants\n  number 1e999", 2, 10, "expected a number, found `1e999`"},
      {".constants\n  number \"1\"", 2, 10, "expected a number, found \"1\""},
      {".constants\n  boolean maybe", 2, 11, "expected a boolean, found `maybe`"},
      {".constants\n  timestamp \"2026-01-31\"", 2, 13,
       "expected a timestamp, found \"2026-01-31\""},
      {".constants\n  timestamp 5", 2, 13, "expected a timestamp, found `5`"},
      {".constants\n  ip \"10.0.0\"", 2, 6, "expected an IP address, found \"10.0.0\""},
      {".constants\n  string list \"a\" \"b\"", 2, 19, "expected `,`, found \"b\""},
      {".constants\n  string list words 1+2", 2, 21, "expected `#` and the first word, found `1`"},
      {".constants\n  string #99999999999999999999", 2, 10,
       "expected a number of at most 64 bits after `#`"},
      {".attributes\n  a strng claim", 2, 5,
       "expected one of `presence`, `string`, `number`, `boolean`, `timestamp`, `ip`, `enum`, "
       "`string_list`, `number_list`, found `strng`; did you mean `string`?"},
      {".attributes\n  a string claim nulable", 2, 18,
       "expected a field of this row, found `nulable`; did you mean `nullable`?"},
      {".attributes\n  a #256 claim", 2, 5, "at most 255 fits here"},
      {".attributes\n  a.b string claim", 2, 3, "expected a name, found `a.b`"},
      {".mappings\n  nobody literal \"x\"", 2, 3,
       "expected the name of an attribute that stands above, found `nobody`"},
      {".settings\n  clockSkew 1", 2, 3, "expected a setting, found `clockSkew`"},
      {".policies\n  p Deny first_match 0", 2, 22, "expected `#` and a number, found `0`"},
      {".policies\n  p Deny first_match #0 rules 1", 2, 31,
       "expected a range such as `#0+2`, found `1`"},
      {".permissions\n  p 0", 2, 3, "expected the name of a policy that stands above, found `p`"},
      {".function route orders", 1, 17, "expected `#` and the number of a route, found `orders`"},
      {".function route #0\n  gto L0", 2, 3,
       "expected an instruction, found `gto`; did you mean `goto`?"},
      {".function route #0\n  goto", 2, 7, "expected a label, found the end of the line"},
      {".function route #0\n  goto L0\n", 2, 8, "no label `L0` in this function"},
      {".function route #0\nL0:\nL0:\n", 3, 1, "a second label `L0` in this function"},
      {".function route #0\n  call r256, #0", 2, 8,
       "expected a register, `r0` to `r255`, found `r256`"},
      {".function route #0\n  call r0 #0", 2, 11, "expected `,`, found `#0`"},
      {".function route #0\n  is_null.t #0, L0", 2, 15, "expected `->`, found `,`"},
      {".function route #0\n  is_null.t #65536 -> L0", 2, 13, "at most 65535 fits here"},
      {".function route #0\n  otherwise Maybe, #0", 2, 13,
       "expected `Allow` or `Deny`, found `Maybe`"},
      {".function route #0\n  allow \"r\"", 2, 9,
       "expected the id of a rule of this policy, found \"r\""},
      {".function route #0\n  raw 256 0 0 0 0", 2, 7, "at most 255 fits here"},
      {".rule \"r\" Allow #0\n  }", 2, 3, "no group is open here"},
      {".rule \"r\" Allow #0\n  all {\n.strings", 3, 1, "expected `}`, found `.strings`"},
      {".rule \"r\" Allow #0\n  string_equals #0", 2, 3,
       "expected a function, `all`, `any` or `not`, found `string_equals`; did you mean "
       "`string_equal`?"},
      {".rule \"r\" Allow #0\n  is_null #0 @12", 2, 17, "expected `:`, found the end of the line"},
  };
  for (const ErrorCase& wrong : cases) {
    SCOPED_TRACE(wrong.text);
    const auto bytes = assemble(wrong.text);
    ASSERT_FALSE(bytes.has_value());
    EXPECT_EQ(bytes.error().message, wrong.message);
    EXPECT_EQ(bytes.error().line, wrong.line);
    EXPECT_EQ(bytes.error().column, wrong.column);
  }
}

// A text that is cut anywhere is assembled or refused, but never ends badly.
TEST(Assemble, EveryTruncation) {
  const std::string& text = good_text();
  for (std::size_t size = 0; size < text.size(); ++size) {
    const auto bytes = assemble(std::string_view(text).substr(0, size));
    if (bytes) (void)Program::load(*bytes);
  }
}

}  // namespace
}  // namespace verdict::testing
