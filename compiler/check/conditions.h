// Types of conditions: first what each says about its attributes, then, with all types known, the
// IR.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "compiler/check/attributes.h"

namespace verdict::compiler {

// A test whose names are resolved. `is_good` is false once an error of this test was reported.
struct Test {
  const ast::Condition* condition = nullptr;
  const FunctionRow* row = nullptr;  // the first of its spelling
  bool is_negated = false;
  AttributeId attribute;
  AttributeId variable;  // of `value_attribute`
  bool is_good = true;
};

// Every test of a workspace, in source order.
class TestTable {
 public:
  TestTable(const ast::Workspace& workspace, AttributeTable& attributes, Emitter& emitter);

  [[nodiscard]] Test& get(const ast::Condition& condition);
  // Lets the tests narrow the types until nothing changes; reports what cannot be.
  void infer();

 private:
  void add(const ast::Condition& condition);
  void resolve_function(Test& test);
  [[nodiscard]] bool label_double_prefix(const ast::Text& name,
                                         DiagnosticBuilder& diagnostic) const;
  void resolve_attribute(AttributeId& id, const ast::Text& name, Test& test);
  void check_operand_form(Test& test);
  void check_quantifier(Test& test);
  void check_on_null(Test& test);
  void check_time_zone(Test& test);
  void add_use(Test& test);
  void report_use(Test& test, KindSet reads, const Evidence& other);
  void propagate(Test& test);
  void learn_from(const Test& test, AttributeId learner, KindSet kinds, AttributeId teacher);
  void propagate_all();
  void begin_comparing();
  bool touch(AttributeId id);
  void excuse(const Test& test, std::set<AttributeId>& asked);
  bool check_constant(Test& test);
  void report_variable(Test& test);

  const ast::Workspace& workspace_;
  AttributeTable& attributes_;
  Emitter& emitter_;
  std::vector<Test> tests_;
  std::map<const ast::Condition*, std::size_t> index_;
  std::vector<std::vector<std::size_t>> comparisons_;  // of each attribute with another
  std::set<std::size_t> waiting_;  // comparisons of whose attributes something new is known
};

// Appends the conditions of a rule to the module; nothing if one of them is wrong.
class ConditionBuilder {
 public:
  ConditionBuilder(TestTable& tests, AttributeTable& attributes,
                   const std::vector<AttributeId>& new_ids, ZoneFolder& zones, Emitter& emitter,
                   ir::Module& module)
      : tests_(tests),
        attributes_(attributes),
        new_ids_(new_ids),
        zones_(zones),
        emitter_(emitter),
        module_(module) {}

  ir::ConditionId build_rule(const ast::Rule& rule);
  // The attributes that the rules built so far read, in order; empties the list.
  std::vector<AttributeId> take_read() { return std::move(read_); }

 private:
  std::optional<ir::ConditionId> build(const ast::Condition& condition);
  std::optional<ir::ConditionId> build_test(const ast::Condition& condition);
  [[nodiscard]] const FunctionRow* overload_of(const Test& test) const;
  bool check_order(const Test& test, const FunctionRow& row);
  bool read_operand(const Test& test, const FunctionRow& row, ir::Condition& condition);
  std::optional<ir::Literal> read_constant(const Test& test, const FunctionRow& row);

  TestTable& tests_;
  AttributeTable& attributes_;
  const std::vector<AttributeId>& new_ids_;
  ZoneFolder& zones_;
  Emitter& emitter_;
  ir::Module& module_;
  std::vector<AttributeId> read_;
};

}  // namespace verdict::compiler
