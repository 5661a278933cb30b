#include "vm/assembly/function_docs.h"

#include <string_view>
#include <utility>

#include "vm/value/function.h"

namespace verdict {
namespace {

std::string code(std::string_view text) { return "`" + std::string(text) + "`"; }

std::string describe_kinds(KindSet kinds) {
  if (kinds == KindSet::all()) return "any";
  std::string text;
  for (const KindRow& row : kKinds) {
    if (kinds.contains(row.kind)) text += (text.empty() ? "" : ", ") + std::string(row.spelling);
  }
  return text;
}

std::string describe_operand(const FunctionRow& row) {
  switch (row.operand) {
    case OperandShape::None:
      return "none";
    case OperandShape::One:
      return "`value`: ";
    case OperandShape::Many:
      return "`values`, each ";
    case OperandShape::Range:
      return "`values: [low, high]`, each ";
    case OperandShape::Window:
      return "`values: [from, to]`, each ";
  }
  return {};
}

// What the rows of one spelling say together.
struct Described {
  KindSet reads;
  KindSet variables;
  std::string operand;
};

Described describe_all(std::string_view spelling) {
  Described all;
  std::string kinds;
  for (const FunctionRow& row : kFunctions) {
    if (row.spelling != spelling) continue;
    all.reads = all.reads | row.reads;
    all.variables = all.variables | variable_operand(row);
    all.operand = describe_operand(row);
    const std::string_view article = get_kind_row(row.operand_kind).article;
    if (row.operand != OperandShape::None && kinds.find(article) == std::string::npos)
      kinds += (kinds.empty() ? "" : " or ") + std::string(article);
  }
  all.operand += kinds;
  return all;
}

std::string function_table() {
  std::string text =
      "| function | its twin (Kleene NOT) | reads | operand | `value_attribute` | holds where |\n"
      "|---|---|---|---|---|---|\n";
  std::string_view previous;
  for (const FunctionRow& row : kFunctions) {
    if (std::exchange(previous, row.spelling) == row.spelling) continue;
    const Described all = describe_all(row.spelling);
    const std::string variables = all.variables.empty() ? "" : describe_kinds(all.variables);
    text += "| " + code(row.spelling) + " | " + code(row.twin) + " | " + describe_kinds(all.reads) +
            " | " + all.operand + " | " + variables + " | " + std::string(row.meaning) + " |\n";
  }
  return text;
}

std::string alias_table() {
  std::string text = "| spelling | means |\n|---|---|\n";
  for (const FunctionAlias& alias : kFunctionAliases) {
    text += "| " + code(alias.alias) + " | " + code(alias.spelling) + " |\n";
  }
  return text;
}

}  // namespace

std::string describe_functions_markdown() {
  return "# Functions of conditions\n\n"
         "Printed from a table; a test compares. `VERDICT_UPDATE_GOLDEN=1 ctest -R coverage` "
         "writes it anew.\n\n"
         "The table is `vm/value/functions.def`. A function on an invalid attribute is unknown; "
         "on a null attribute every\n"
         "function but `is_null` and `is_not_null` is unknown, unless `on_null` says otherwise. "
         "The twin is exactly the "
         "negation: unknown stays\nunknown. A function of strings or numbers is asked of the "
         "elements of a list with a "
         "`quantifier`. `language.md` says\nwhat unknown does to a rule, and what `quantifier` and "
         "`on_null` mean.\n\n" +
         function_table() +
         "\nThe constant's JSON type is that of the attribute: nothing is converted. A constant of "
         "an enum must be one of its\n"
         "values. Numbers compare by mathematical value, strings byte by byte.\n\n"
         "## Other spellings\n\n"
         "Names that authors know from elsewhere mean the same:\n\n" +
         alias_table();
}

}  // namespace verdict
