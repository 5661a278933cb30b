// Workspaces written in a test, compiled, and looked at: diagnostics, types, code.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/driver/compile.h"

namespace verdict::testing {

// The texts of a workspace's files.
struct WorkspaceTexts {
  std::vector<std::string> providers;
  std::vector<std::string> policies;
  std::vector<std::string> resources;
  std::vector<std::string> permissions;
};

// What the compiler made of a workspace. Not movable: diagnostics point into its sources.
class CompiledTexts {
 public:
  explicit CompiledTexts(const WorkspaceTexts& texts);
  CompiledTexts(const CompiledTexts&) = delete;
  CompiledTexts& operator=(const CompiledTexts&) = delete;
  CompiledTexts(CompiledTexts&&) = delete;
  CompiledTexts& operator=(CompiledTexts&&) = delete;
  ~CompiledTexts() = default;

  [[nodiscard]] const compiler::Compilation& result() const { return result_; }
  [[nodiscard]] const std::vector<compiler::Diagnostic>& diagnostics() const {
    return consumer_.diagnostics;
  }
  // Each diagnostic as `V203 "org_role"`: its number and the text that it underlines (white space
  // as it is, a provider's or policy's whole text cut after twenty bytes).
  [[nodiscard]] std::vector<std::string> summary() const;
  [[nodiscard]] std::string underlined(compiler::Span span) const;
  // As a person sees them.
  [[nodiscard]] std::string rendered() const;

  // "string", or "string?" where it may be null; empty if there is no such attribute.
  [[nodiscard]] std::string type_of(std::string_view attribute) const;
  // The instructions of the n-th function, a line each: `string_equal.t ext_a, "x" -> L0`, labels
  // as `L0:`.
  [[nodiscard]] std::vector<std::string> code_of(std::size_t function) const;

 private:
  compiler::Sources sources_;
  compiler::CollectingConsumer consumer_;
  compiler::Compilation result_;
};

// A provider "A" of type oidc with these claim mappings and further keys (`, "key": value`).
std::string provider_text(std::string_view mappings, std::string_view more = {},
                          std::string_view name = "A");
// A policy "p" of one rule "r".
std::string policy_text(std::string_view conditions, std::string_view effect = "Allow");

}  // namespace verdict::testing
