// The rules section: V23, V24 and V25 for conditions and places, and the shape of condition trees.
#include <cstddef>

#include "tests/vm/verify/loader_cases.h"
#include "vm/program/builder.h"
#include "vm/verify/verify.h"

namespace verdict::testing {
namespace {

// One policy with one Allow rule, whose nodes are `conditions`.
std::string rule_with(std::string_view conditions, std::string_view head = ".rule \"r\" Allow p") {
  return ".constants\n  string \"x\"\n  number 1\n  number set 1\n  string set \"x\"\n  "
         "number range 1, 1\n  boolean true\n"
         ".attributes\n  text string claim\n  size number claim\n  yes boolean claim\n  texts "
         "string_list claim\n"
         "  sizes number_list claim\n  seen presence claim\n  when timestamp claim\n  role enum "
         "claim values #7\n"
         ".constants\n  string \"y\"\n  string list \"x\", \"y\"\n"
         ".policies\n  p Deny deny_overrides #0 rules #0+1\n" +
         std::string(head) + "\n" + std::string(conditions) + "\n.function policy p\n  allow #0\n";
}

void expect_conditions_accepted(std::string_view conditions) {
  SCOPED_TRACE(conditions);
  expect_accepted(must_assemble(rule_with(conditions)));
}
void expect_conditions_refused(std::string_view conditions,
                               LoadError error = LoadError::ConditionTree) {
  SCOPED_TRACE(conditions);
  expect_refused(must_assemble(rule_with(conditions)), error);
}
std::string in_all(std::string_view test) { return "all {\n" + std::string(test) + "\n}"; }

TEST(LoaderRules, Roots) {
  expect_conditions_accepted("all {\n}");
  expect_conditions_accepted(in_all("is_null seen"));
  expect_conditions_refused("any {\nis_null seen\n}");
  expect_conditions_refused("is_null seen");
  expect_conditions_refused("all {\n}\nall {\n}");
  expect_conditions_refused("");
}

TEST(LoaderRules, Groups) {
  expect_conditions_accepted(in_all("any {\nis_null seen\nis_null text\n}"));
  expect_conditions_accepted(in_all("not {\nall {\nis_null seen\nis_null text\n}\n}"));
  expect_conditions_refused(in_all("any {\n}"));
  expect_conditions_refused(in_all("all {\n}"));
  expect_conditions_refused(in_all("not {\n}"));
  expect_conditions_refused(in_all("not {\nis_null seen\nis_null text\n}"));
}

TEST(LoaderRules, EndsLieWithinTheParents) {
  expect_conditions_refused("all end #3 {\nis_null seen\n}");
  expect_conditions_refused("all end #1 {\nis_null seen\n}");
  expect_conditions_refused(in_all("any end #4 {\nis_null seen\n}"));
  expect_conditions_refused(in_all("any end #1 {\nis_null seen\n}"));
  expect_conditions_refused(in_all("any end #4294967295 {\nis_null seen\n}"));
  expect_conditions_refused(in_all("any {\nany end #5 {\nis_null seen\n}\n}\nis_null seen"));
  expect_conditions_refused(in_all("is_null seen end #3"));
  expect_conditions_refused(in_all("is_null seen end #1"));
}

TEST(LoaderRules, Depth) {
  const auto nested = [](std::size_t depth) {
    std::string text = "all {\n";
    for (std::size_t i = 0; i < depth; ++i) text += "not {\n";
    text += "is_null seen\n";
    for (std::size_t i = 0; i <= depth; ++i) text += "}\n";
    return text;
  };
  expect_conditions_accepted(nested(limits::kMaxConditionDepth));
  expect_conditions_refused(nested(limits::kMaxConditionDepth + 1));
}

TEST(LoaderRules, NodeFields) {
  const FileBytes good = must_assemble(rule_with(in_all("is_not_null seen")));
  const auto program = must_load(good);
  const auto refused = [&](std::size_t node, std::size_t offset, std::uint8_t value) {
    const auto at =
        static_cast<std::size_t>(offset_of(program->view(), Section::Conditions, node)) + offset;
    expect_refused(sealed(with_patch<std::uint8_t>(good, at, value)), LoadError::ConditionTree);
  };
  refused(0, offsetof(ConditionRecord, kind), 4);
  refused(0, offsetof(ConditionRecord, function), 1);
  refused(0, offsetof(ConditionRecord, flags), 1);
  refused(0, offsetof(ConditionRecord, form), 1);
  refused(0, offsetof(ConditionRecord, attribute), 1);
  refused(0, offsetof(ConditionRecord, operand), 1);
  refused(1, offsetof(ConditionRecord, kind), 255);
  refused(1, offsetof(ConditionRecord, flags), 2);
  refused(1, offsetof(ConditionRecord, form), 3);
  refused(1, offsetof(ConditionRecord, operand), 1);
}

TEST(LoaderChecklist, V24_UnknownFunction) {
  for (const unsigned function : {0U, 64U, 255U}) {
    expect_conditions_refused(in_all("#1 #" + std::to_string(function) + " seen"),
                              LoadError::Feature);
  }
}

TEST(LoaderRules, Attributes) {
  expect_conditions_refused(in_all("is_null #8"));
  expect_conditions_refused(in_all("string_equal size \"x\""));
  expect_conditions_refused(in_all("number_equal when 1"));
  expect_conditions_refused(in_all("list_contains text \"x\""));
}

TEST(LoaderRules, Operands) {
  expect_conditions_accepted(in_all("string_equal text \"x\""));
  expect_conditions_accepted(in_all("string_equal role \"x\""));
  expect_conditions_accepted(in_all("string_in role #3"));
  expect_conditions_accepted(in_all("list_contains sizes 1"));
  expect_conditions_refused(in_all("string_equal text"));
  expect_conditions_refused(in_all("is_null text \"x\""));
  expect_conditions_refused(in_all("string_equal text 1"));
  expect_conditions_refused(in_all("string_equal text #9"));
  expect_conditions_refused(in_all("string_in text \"x\""));
  expect_conditions_refused(in_all("string_in text #2"));
  expect_conditions_refused(in_all("number_in size #3"));
  expect_conditions_refused(in_all("number_between size 1"));
  expect_conditions_refused(in_all("boolean_equal yes 1"));
  expect_conditions_refused(in_all("list_contains sizes \"x\""));
  expect_conditions_refused(in_all("list_contains texts 1"));
}

TEST(LoaderRules, VariableOperands) {
  expect_conditions_accepted(in_all("string_equal text slot role"));
  expect_conditions_accepted(in_all("string_in role slot texts"));
  expect_conditions_accepted(in_all("list_contains texts slot role"));
  expect_conditions_refused(in_all("string_equal text slot #8"));
  expect_conditions_refused(in_all("string_equal text slot size"));
  expect_conditions_refused(in_all("string_in text slot text"));
  expect_conditions_refused(in_all("number_between size slot size"));
  expect_conditions_refused(in_all("list_contains sizes slot text"));
  expect_conditions_refused(in_all("is_null seen slot text"));
}

TEST(LoaderRules, Quantifiers) {
  expect_conditions_accepted(in_all("string_equal texts \"x\" quantifier any"));
  expect_conditions_accepted(in_all("string_not_equal texts \"x\" quantifier none"));
  expect_conditions_accepted(in_all("number_between sizes #4 quantifier all"));
  expect_conditions_accepted(in_all("string_in texts slot texts quantifier all"));
  expect_conditions_refused(in_all("string_equal text \"x\" quantifier any"));
  expect_conditions_refused(in_all("string_equal sizes \"x\" quantifier any"));
  expect_conditions_refused(in_all("list_contains texts \"x\" quantifier any"));
  expect_conditions_refused(in_all("is_null texts quantifier any"));
  expect_conditions_refused(in_all("string_equal texts \"x\""));
}

TEST(LoaderRules, OnNull) {
  expect_conditions_accepted(in_all("string_equal text \"x\" on_null match"));
  expect_conditions_accepted(in_all("string_equal texts \"x\" quantifier all on_null no_match"));
  expect_conditions_refused(in_all("string_equal text slot role on_null match"));
  expect_conditions_refused(in_all("is_null text on_null no_match"));
}

// Bits that no test has: 6, 7 and, of what null is, the fourth value.
TEST(LoaderRules, Flags) {
  const FileBytes bytes = must_assemble(rule_with(in_all("string_equal text \"x\"")));
  const std::size_t flags =
      static_cast<std::size_t>(offset_of(must_load(bytes)->view(), Section::Conditions, 1)) +
      offsetof(ConditionRecord, flags);
  for (unsigned value = 0; value < 256; ++value) {
    FileBytes changed = bytes;
    changed[flags] = static_cast<std::byte>(value);
    seal(changed);
    const bool has_quantifier = ((value >> 3U) & 3U) != 0;  // `text` is no list
    if (value < 32 && ((value >> 1U) & 3U) != 3 && !has_quantifier) {
      expect_accepted(changed);
    } else {
      expect_refused(changed, LoadError::ConditionTree);
    }
  }
}

TEST(LoaderChecklist, V23_RulesSection) {
  const auto refused = [](std::string_view head, LoadError error) {
    SCOPED_TRACE(head);
    expect_refused(must_assemble(rule_with("all {\n}", head)), error);
  };
  refused(".rule \"r\" #2 p", LoadError::Tables);
  refused(".rule #4096 Allow p", LoadError::Tables);
  refused(".rule \"r\" Allow #1", LoadError::Tables);
  refused(".rule \"r\" Allow p message #4096", LoadError::Tables);
  refused(".rule \"r\" Allow p conditions #1+1", LoadError::ConditionTree);
  refused(".rule \"r\" Allow p conditions #0+0", LoadError::ConditionTree);
  refused(".rule \"r\" Allow p conditions #0+2", LoadError::ConditionTree);
  refused(".rule \"r\" Allow p conditions #0+4294967295", LoadError::ConditionTree);
}

TEST(LoaderChecklist, V23_RulesBelongToTheirPolicies) {
  for (const std::uint32_t wrong : {0U, 2U, kNone}) {
    expect_refused(good_with_patch<std::uint32_t>(
                       record_offset(Section::Rules, 2) + offsetof(RuleRecord, policy), wrong),
                   LoadError::Tables);
  }
}

constexpr std::string_view kPlaced = "all @1:2 {\nis_null seen @3:4\n}";

TEST(LoaderChecklist, V25_Locations) {
  const std::string head = ".rule \"r\" Allow p @\"file\":1:1";
  expect_accepted(must_assemble(rule_with(kPlaced, head)));
  expect_refused(must_assemble(rule_with("all {\nis_null seen @3:4\n}", head)),
                 LoadError::DebugInfo);
  expect_refused(must_assemble(rule_with(kPlaced, ".rule \"r\" Allow p")), LoadError::DebugInfo);
  expect_refused(must_assemble(rule_with(kPlaced, ".rule \"r\" Allow p @#4096:1:1")),
                 LoadError::DebugInfo);
  expect_refused(must_assemble(rule_with(kPlaced, ".rule \"r\" Allow p @\"file\":0:1")),
                 LoadError::DebugInfo);
  expect_refused(must_assemble(rule_with(kPlaced, ".rule \"r\" Allow p @\"file\":1:0")),
                 LoadError::DebugInfo);
}

TEST(LoaderChecklist, V25_CodeMap) {
  const std::string good = rule_with(in_all("is_null seen"));
  expect_accepted(must_assemble(replaced(good, "allow #0", "allow #0 @1")));
  expect_refused(must_assemble(replaced(good, "allow #0", "allow #0 @2")), LoadError::DebugInfo);
  FileBytes shorter = must_assemble(replaced(good, "allow #0", "goto L @1\nL:\nallow #0 @1"));
  const std::size_t at = section_entry_offset(Section::CodeMap) + offsetof(SectionEntry, size);
  shorter = with_patch<std::uint64_t>(shorter, at, sizeof(U32));
  std::fill(shorter.end() - 4, shorter.end(), std::byte{0});  // the second entry becomes padding
  expect_refused(sealed(shorter), LoadError::DebugInfo);
}

}  // namespace
}  // namespace verdict::testing
