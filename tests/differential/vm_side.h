// The side of the VM: from files and JSON to a decision, in the words of the reference evaluator.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "compiler/driver/compile.h"
#include "compiler/reference/evaluate.h"
#include "runtime/engine/program_state.h"
#include "runtime/json/reader.h"
#include "tests/differential/request.h"
#include "tests/differential/workspace.h"
#include "vm/bind/slots.h"
#include "vm/program/program.h"

namespace verdict::differential {

using compiler::reference::Decision;

// What the compiler made of a workspace: both evaluators start here.
struct Compiled {
  compiler::Sources sources;
  ir::Module module;
  std::shared_ptr<const Program> program;
  std::shared_ptr<const ProgramState> state;
  std::string problem;  // in words; empty unless one of the steps failed
};
Compiled compile(const WorkspaceText& text);

// A JSON text that bind can read, as an engine reads it.
class ParsedJson {
 public:
  explicit ParsedJson(const std::string& text);
  [[nodiscard]] bool is_good() const { return tree_ != nullptr; }
  [[nodiscard]] JsonRef root() const { return JsonRef(*tree_); }

 private:
  JsonReader reader_;
  const JsonTree* tree_ = nullptr;
};

// Slots bound from a request about one resource. Borrows everything.
class BoundRequest {
 public:
  BoundRequest(const Program& program, const Workspace& workspace, const Request& request,
               std::size_t resource, const ParsedJson& claims, const ParsedJson& context);

  // The full names of the required attributes that were refused.
  std::optional<std::string> refused_claim;
  std::optional<std::string> refused_context;

  void set_route(const std::string& resource, const std::string& action);
  [[nodiscard]] SlotView slots() const { return slots_.view(); }

 private:
  void bind_route(std::optional<std::string_view> resource, std::optional<std::string_view> action);

  const Program& program_;
  const Workspace& workspace_;
  const Request& request_;
  Slots slots_;
};

// Slots that hold exactly these values, without JSON. Texts belong to `values`.
Slots fill(const Program& program, const Values& values);

Decision decide_with_vm(const Program& program, const std::string& resource,
                        const std::string& action, const SlotView& slots);
std::optional<Decision> decide_policy_with_vm(const Program& program, const std::string& policy,
                                              const SlotView& slots);

// What `policyc eval` answers about a route, from JSON on. The request has a time.
struct RouteNames {
  std::string resource;
  std::string action;
};
Decision answer_of_tool(const ProgramState& program, const Request& request,
                        const std::string& provider, const RouteNames& route,
                        std::string_view context);

}  // namespace verdict::differential
