// V14 to V33 from the other side: whatever the loader accepts runs without harm, and in no more
// instructions than the loader has proved.
//
// Every byte of small programs is changed, with the checksum put right: the file is refused, or
// every function of it runs on every filling of its slots and answers with a rule or policy that
// exists, within its longest path. The sanitizers watch.
#include <algorithm>
#include <cstdlib>
#include <numeric>
#include <random>
#include <type_traits>

#include <gtest/gtest.h>

#include "tests/support/program_slots.h"
#include "tests/vm/interp/counted.h"
#include "tests/vm/verify/loader_cases.h"
#include "vm/assembly/disassemble.h"
#include "vm/base/hash.h"
#include "vm/interp/evaluate.h"

namespace verdict::testing {
namespace {

void expect_sound(const Program& program, const Outcome& outcome) {
  const ProgramView& view = program.view();
  if (outcome.by_rule) {
    ASSERT_LT(outcome.subject, view.Rules.size());
    ASSERT_EQ(view.Rules[outcome.subject].effect, static_cast<U8>(outcome.effect));
  } else {
    ASSERT_LT(outcome.subject, view.Policies.size());
  }
}

void run_everything(const Program& program) {
  for (const Filling filling : kFillings) {
    const ProgramSlots slots(program, filling);
    for (std::uint32_t function = 0; function < program.view().Functions.size(); ++function) {
      const FunctionId id(function);
      const CountedOutcome counted = evaluate_counting(program, id, slots.view());
      ASSERT_LE(counted.num_instructions, program.longest_path(id));
      ASSERT_EQ(evaluate(program, id, slots.view()), counted.outcome);
      expect_sound(program, counted.outcome);
    }
  }
}

struct MutationCounts {
  std::size_t accepted = 0;
  std::size_t refused = 0;
};

void try_mutant(FileBytes& bytes, MutationCounts& counts) {
  seal(bytes);
  const auto program = Program::load(bytes);
  if (!program) {
    ++counts.refused;
    return;
  }
  ++counts.accepted;
  run_everything(**program);
}

// Each byte with each value that differs from its own by `differences` (exclusive or).
MutationCounts mutate_every_byte(const FileBytes& good, std::span<const unsigned> differences) {
  MutationCounts counts;
  FileBytes bytes = good;
  for (std::size_t at = 0; at < good.size(); ++at) {
    for (const unsigned difference : differences) {
      bytes[at] = good[at] ^ static_cast<std::byte>(difference);
      try_mutant(bytes, counts);
      if (::testing::Test::HasFatalFailure())
        ADD_FAILURE() << "byte " << at << " changed by " << difference;
    }
    bytes[at] = good[at];
  }
  return counts;
}

// All values in optimised builds, where the loop takes seconds.
std::vector<unsigned> differences_for_this_build() {
#ifdef NDEBUG
  std::vector<unsigned> differences(255);
  std::iota(differences.begin(), differences.end(), 1U);
  return differences;
#else
  return {1, 2, 4, 8, 16, 32, 64, 128, 3, 255};
#endif
}

TEST(HostileFiles, EveryByteChanged) {
  for (const std::string_view name : {"article", "several_policies", "route_default"}) {
    SCOPED_TRACE(name);
    const MutationCounts counts =
        mutate_every_byte(must_assemble(assembly_text(name)), differences_for_this_build());
    EXPECT_GT(counts.accepted, 0U) << "an Allow that became a Deny is still a program";
    EXPECT_GT(counts.refused, counts.accepted);
  }
}

// Of the program with every test, where most fields can be something else and still make sense:
// each byte of a section.
template <class Record>
void mutate_section(Section section, std::span<const Record> ProgramView::*records,
                    std::size_t least_accepted) {
  const FileBytes good = must_assemble(assembly_text("every_test"));
  const auto program = must_load(good);
  const auto begin = static_cast<std::size_t>(offset_of(program->view(), section, 0));
  MutationCounts counts;
  FileBytes bytes = good;
  for (std::size_t at = begin; at < begin + (program->view().*records).size_bytes(); ++at) {
    for (const unsigned difference : {1U, 2U, 4U, 8U, 16U, 32U, 64U, 128U, 255U}) {
      bytes[at] = good[at] ^ static_cast<std::byte>(difference);
      try_mutant(bytes, counts);
    }
    bytes[at] = good[at];
  }
  EXPECT_GT(counts.accepted, least_accepted);
  EXPECT_GT(counts.refused, counts.accepted);
}

TEST(HostileFiles, EveryByteOfCodeChanged) {
  mutate_section(Section::Code, &ProgramView::Code, 100);
}
TEST(HostileFiles, EveryByteOfConstantsChanged) {
  mutate_section(Section::Constants, &ProgramView::Constants, 100);
}
TEST(HostileFiles, EveryByteOfWordsChanged) {
  mutate_section(Section::Words, &ProgramView::Words, 10);
}
TEST(HostileFiles, EveryByteOfConditionsChanged) {
  mutate_section(Section::Conditions, &ProgramView::Conditions, 100);
}

// Mutants that load can be listed, and read back.
TEST(HostileFiles, MutantsDisassemble) {
  const FileBytes good = good_bytes();
  FileBytes bytes = good;
  for (std::size_t at = sizeof(FileHeader); at < good.size(); ++at) {
    bytes[at] = good[at] ^ std::byte{1};
    seal(bytes);
    if (const auto program = Program::load(bytes)) {
      ASSERT_EQ(must_assemble(disassemble(**program)), bytes) << "byte " << at;
    }
    bytes[at] = good[at];
  }
}

// Two bytes at once, at random: what one change guards, another may open.
TEST(HostileFiles, RandomChanges) {
  std::mt19937_64 random(20240517);
  const FileBytes good = good_bytes();
  MutationCounts counts;
  for (unsigned round = 0; round < 20000; ++round) {
    FileBytes bytes = good;
    for (unsigned change = 0; change < 2 + round % 7; ++change) {
      bytes[random() % bytes.size()] =
          static_cast<std::byte>(random() % 4 == 0 ? random() % 256 : random() % 4);
    }
    try_mutant(bytes, counts);
  }
  EXPECT_GT(counts.refused, 0U);
}

TEST(HostileFiles, RandomBytes) {
  std::mt19937_64 random(7);
  for (int round = 0; round < 2000; ++round) {
    FileBytes bytes(random() % 4096);
    for (std::byte& byte : bytes) byte = static_cast<std::byte>(random());
    EXPECT_NE(load_result(bytes), "");
    if (bytes.size() < sizeof(FileHeader)) continue;
    std::copy_n(good_bytes().begin(), sizeof(FileHeader),
                bytes.begin());  // a header that is right, and noise behind it
    bytes = with_patch<std::uint64_t>(std::move(bytes), offsetof(FileHeader, total_bytes),
                                      bytes.size());
    seal(bytes);
    EXPECT_NE(load_result(bytes), "");
  }
}

// Appends what every function answers on every filling.
void append_answers(const Program& program, std::vector<std::uint32_t>& answers) {
  for (const Filling filling : kFillings) {
    const ProgramSlots slots(program, filling);
    for (std::uint32_t function = 0; function < program.view().Functions.size(); ++function) {
      const Outcome outcome = evaluate(program, FunctionId(function), slots.view());
      answers.insert(answers.end(), {static_cast<std::uint32_t>(outcome.effect),
                                     outcome.by_rule ? 1U : 0U, outcome.subject});
    }
  }
}

// One line: how many mutants of single bits are accepted, and a hash of all that they and the
// program answer.
std::string summarise_answers(const std::string& name) {
  const FileBytes good = must_assemble(assembly_text(name));
  FileBytes bytes = good;
  std::size_t num_accepted = 0;
  std::vector<std::uint32_t> answers;
  append_answers(*must_load(good), answers);
  for (std::size_t bit = 0; bit < 8 * good.size(); ++bit) {
    bytes[bit / 8] = good[bit / 8] ^ static_cast<std::byte>(1U << (bit % 8));
    seal(bytes);
    if (const auto program = Program::load(bytes)) {
      answers.insert(answers.end(),
                     {static_cast<std::uint32_t>(bit), static_cast<std::uint32_t>(++num_accepted)});
      append_answers(**program, answers);
    }
    bytes[bit / 8] = good[bit / 8];
  }
  return name + " " + std::to_string(num_accepted) + " " +
         std::to_string(hash_bytes(std::as_bytes(std::span(answers)))) + "\n";
}

// V32: every build compares with the same file, so builds with and without checks of their own
// agree. VERDICT_UPDATE_GOLDEN=1 writes it.
TEST(LoaderChecklist, V32_EveryBuildGivesTheSameAnswers) {
  std::string text;
  for (const std::string& name : assembly_names()) text += summarise_answers(name);
  const std::filesystem::path path = assembly_folder() / "answers.txt";
  if (std::getenv("VERDICT_UPDATE_GOLDEN") != nullptr)
    std::ofstream(path, std::ios::binary) << text;
  EXPECT_EQ(read_text_file(path), text);
}

// V30: what happens to the bytes after load() does not matter.
TEST(LoaderChecklist, V30_LoadingCopiesTheBytes) {
  FileBytes bytes = must_assemble(assembly_text("article"));
  const auto program = must_load(bytes);
  const std::string before = disassemble(*program);
  std::fill(bytes.begin(), bytes.end(), std::byte{0xAA});
  FileBytes().swap(bytes);
  EXPECT_EQ(disassemble(*program), before);
  run_everything(*program);
}

// V27: the registers of a call stand in a frame of fixed size, so a file cannot ask for more.
TEST(LoaderChecklist, V27_MostRegisters) {
  std::string text = replaced(good_text(), ".program registers 2", ".program registers 256");
  text = replaced(text, ".function route #0 registers 2", ".function route #0 registers 255");
  text = replaced(text, "  keep r0, r1\n", "  call r254, owners\n  keep r0, r254\n");
  run_everything(*must_load(must_assemble(text)));
}

// V28: load() is the only way to a Program.
static_assert(!std::is_default_constructible_v<Program> && !std::is_copy_constructible_v<Program> &&
              !std::is_move_constructible_v<Program> && !std::is_copy_assignable_v<Program>);
TEST(LoaderChecklist, V28_LoadNeverThrows) {
  static_assert(noexcept(Program::load(std::span<const std::byte>{})));
  static_assert(noexcept(load_program(std::span<const std::byte>{})));
  EXPECT_EQ(load_program({}).error().code, "L101");
}

}  // namespace
}  // namespace verdict::testing
