// Values as the generator picks them: how JSON spells each one, and what it means.
//
// The meaning is decided here, from design 2.3 and 2.4, when a spelling is written down: neither
// the compiler nor bind is asked.
#pragma once

#include <string>
#include <vector>

#include "compiler/reference/evaluate.h"
#include "tests/differential/random.h"

namespace verdict::differential {

using compiler::reference::Value;
using compiler::reference::Values;
namespace ir = compiler::ir;

// A spelling that has a meaning.
struct Choice {
  std::string json;
  ir::Literal value;
  std::vector<std::string>
      elements;  // of a list that is spelt as an array: its elements' spellings
};

// Everything of one kind that is worth trying. Of a list kind: of its elements. Of a kind that only
// constants have: what such constants can be.
const std::vector<Choice>& element_choices(Kind kind);
// Strings that no policy ever mentions.
const std::vector<Choice>& foreign_strings();
// Spellings that an attribute of that kind cannot hold, whatever its `values`.
const std::vector<std::string>& invalid_spellings(Kind kind);

// What constants of that kind can be, of these values.
std::vector<Choice> constants_among(Kind operand_kind, const std::vector<Choice>& values);

// A function, and how it is asked of an attribute.
struct Way {
  const FunctionRow* row;
  Quantifier quantifier;
};
std::vector<Way> ways_to_ask(Kind attribute);

// A few values that lie close to each other, for one workspace: conditions over them often hold.
std::vector<Choice> pick_domain(Random& random, Kind element_kind);

// A list of up to three of these elements.
Choice make_list(Random& random, Kind kind, const std::vector<Choice>& elements);

}  // namespace verdict::differential
