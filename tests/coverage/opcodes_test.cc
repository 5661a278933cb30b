// Every instruction occurs in a program of tests/vm/program/asm, and every load error is produced.
#include <array>
#include <cstddef>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "tests/vm/verify/loader_cases.h"
#include "vm/program/opcode.h"

namespace verdict::testing {
namespace {

std::set<unsigned> opcodes_of_the_programs() {
  std::set<unsigned> found;
  for (const std::string& name : assembly_names()) {
    const auto program = must_load(must_assemble(assembly_text(name)));
    for (const Instruction& instruction : program->view().Code) found.insert(instruction.op);
  }
  return found;
}

TEST(TableCoverage, EveryOpcodeOccursInAProgram) {
  const std::set<unsigned> found = opcodes_of_the_programs();
  for (unsigned op = 0; op < kNumOpcodes; ++op) {
    EXPECT_TRUE(found.contains(op))
        << get_opcode_row(static_cast<Op>(op)).mnemonic << ", opcode " << op;
  }
}

// ---- load errors: made, not only named

struct Exemption {
  std::string_view number;
  std::string_view reason;
};
constexpr std::array kExemptions = {
    Exemption{"L110",
              "only a failing allocation gives it, and tests do not exhaust the machine's memory"},
};

// The good program with one piece of its text replaced.
constexpr std::array<std::array<std::string_view, 2>, 17> kWrongTexts = {{
    {"#0    \"documents\"", "#0    \"\\xff\""},
    {"#10   boolean true", "#10   raw 0 0 0 0 0"},
    {"ext_sub      string      claim", "ext_sub      string      #3"},
    {"  deny_if r0\n", "  raw 255 0 0 0 0\n"},
    {"  deny_if r0\n", "  deny_if r2\n"},
    {"string_in.t             ext_role, #3", "string_in.t             ext_role, #4"},
    {"is_null.t               ext_seen", "is_null.t               #4096"},
    {"  goto end\n", "  goto #0\n"},
    {"  allow_if r0\n  otherwise Deny, owners\n", "  allow_if r0\n"},
    {"  call r1, \"read all\"\n", ""},
    {"  deny                    \"too much\"\n",
     "  deny                    \"too much\"\n  deny \"too much\"\n"},
    {"  deny                    \"too much\"\n", "  deny                    #0\n"},
    {"clockSkewSeconds 100", "#1 #99 100"},
    {"is_null.t               ext_seen -> first",
     "is_null.t               ext_seen -> first @4096"},
    {"\"write\" function owners permissions #2+1", "\"write\" function owners"},
    {"      string_in ext_role #3\n", "      string_in ext_role #4\n"},
    {".program registers 2", ".program registers 257"},
}};

std::string code_of(std::span<const std::byte> bytes, const LoadLimits& limits = {}) {
  return load_result(bytes, limits).substr(0, 4);
}

// The codes that the loader gave for files with one thing wrong in their bytes.
std::set<std::string> codes_of_wrong_bytes() {
  FileBytes damaged = good_bytes();
  damaged.back() ^= std::byte{1};
  return {code_of({}),
          code_of(damaged),
          code_of(std::span(good_bytes()).first(good_bytes().size() - 8)),
          code_of(good_with_patch<std::uint8_t>(offsetof(FileHeader, magic), 0)),
          code_of(good_with_patch<std::uint16_t>(offsetof(FileHeader, major), 99)),
          code_of(good_with_patch<std::uint32_t>(offsetof(FileHeader, byte_order), 0)),
          code_of(good_with_patch<std::uint32_t>(offsetof(FileHeader, num_sections), 0)),
          code_of(good_with_patch<std::uint8_t>(offsetof(FileHeader, reserved), 1)),
          code_of(good_bytes(), LoadLimits{.max_steps = 1})};
}

TEST(TableCoverage, EveryLoadErrorIsProduced) {
  ASSERT_EQ(load_result(good_bytes()), "");
  std::set<std::string> found = codes_of_wrong_bytes();
  for (const auto& [from, to] : kWrongTexts) found.insert(code_of(good_with(from, to)));
  for (const Exemption& exemption : kExemptions) {
    EXPECT_TRUE(found.insert(std::string(exemption.number)).second)
        << exemption.number << " is exempt but produced";
  }
  for (const LoadErrorRow& row : kLoadErrors) {
    EXPECT_TRUE(found.contains(std::string(row.number))) << row.number << ": " << row.meaning;
  }
  EXPECT_EQ(found.size(), kLoadErrors.size())
      << "a change was accepted, or gave a code that no row has";
}

}  // namespace
}  // namespace verdict::testing
