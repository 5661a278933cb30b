// Walks the unoptimised condition trees of the rules: what each condition was worth, and what was
// missing.
//
// Slower than the evaluator and asked afterwards; no optimiser touches what it reads.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "vm/program/program.h"
#include "vm/value/slot.h"

namespace verdict {

// The Kleene value of node `condition` of the conditions section, children included.
Truth truth_of_condition(const ProgramView& view, const SlotView& slots, std::uint32_t condition);

// The Kleene value of a rule's root.
Truth truth_of_rule(const ProgramView& view, const SlotView& slots, RuleId rule);

// The null or invalid attributes of unknown conditions that are reached through unknown parents, in
// source order, without repeats. Empty for a rule that is true or false.
std::vector<AttributeId> missing_of_rule(const ProgramView& view, const SlotView& slots,
                                         RuleId rule);

// The same, over every Allow rule of these policies.
std::vector<AttributeId> missing_of_allow_rules(const ProgramView& view, const SlotView& slots,
                                                std::span<const PolicyId> policies);

}  // namespace verdict
