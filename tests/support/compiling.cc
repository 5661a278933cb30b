#include "tests/support/compiling.h"

#include <sstream>

#include <gtest/gtest.h>

#include "compiler/diag/render_text.h"
#include "tests/support/stored_zones.h"
#include "vm/assembly/disassemble.h"

namespace verdict::testing {
namespace {

std::vector<compiler::FileId> add_files(compiler::Sources& sources, const std::string& kind,
                                        const std::vector<std::string>& texts) {
  std::vector<compiler::FileId> files;
  for (const std::string& text : texts) {
    files.push_back(sources.add(kind + std::to_string(files.size()) + ".json", text));
  }
  return files;
}

// Runs of spaces as one, none at the ends, nothing from ` @` on: that is the code map.
std::string tidy(std::string_view line) {
  std::string text;
  for (const char c : line) {
    const bool is_space = c == ' ' || c == '\t';
    if (!is_space) {
      text += c;
    } else if (!text.empty() && text.back() != ' ') {
      text += ' ';
    }
  }
  if (const std::size_t map = text.rfind(" @"); map != std::string::npos) text.resize(map);
  while (!text.empty() && text.back() == ' ') text.pop_back();
  return text;
}

}  // namespace

CompiledTexts::CompiledTexts(const WorkspaceTexts& texts) {
  compiler::Emitter emitter(consumer_);
  const compiler::WorkspaceFiles files = {add_files(sources_, "provider", texts.providers),
                                          add_files(sources_, "policy", texts.policies),
                                          add_files(sources_, "resources", texts.resources),
                                          add_files(sources_, "permissions", texts.permissions)};
  result_ =
      compiler::compile(sources_, files, {}, emitter, compiler::Output::Program, stored_zones());
}

std::string CompiledTexts::underlined(compiler::Span span) const {
  constexpr std::size_t kShown = 20;
  if (!span.file.has_value()) return {};
  const std::string text(sources_.text(span));
  return text.size() > 2 * kShown ? text.substr(0, kShown) + "..." : text;
}

std::vector<std::string> CompiledTexts::summary() const {
  std::vector<std::string> lines;
  for (const compiler::Diagnostic& diagnostic : diagnostics()) {
    lines.push_back(std::string(get_info(diagnostic.code).number) + " " +
                    underlined(diagnostic.span));
  }
  return lines;
}

std::string CompiledTexts::rendered() const { return render_text(diagnostics(), sources_, {}); }

std::string CompiledTexts::type_of(std::string_view attribute) const {
  if (!result_.module) return {};
  for (const compiler::ir::Attribute& row : result_.module->attributes) {
    if (row.name == attribute) {
      return std::string(spelling_of(row.kind)) + (row.is_nullable ? "?" : "");
    }
  }
  return {};
}

std::vector<std::string> CompiledTexts::code_of(std::size_t function) const {
  if (!result_.bytes) return {"no program"};
  const auto program = Program::load(*result_.bytes);
  if (!program) return {"refused: " + program.error().message};
  std::istringstream text(disassemble(**program, {.comments = false}));
  std::vector<std::string> lines;
  std::size_t seen = 0;
  for (std::string line; std::getline(text, line);) {
    if (line.starts_with(".function")) ++seen;
    if (seen == function + 1 && !line.starts_with(".") && !tidy(line).empty()) {
      lines.push_back(tidy(line));
    }
  }
  return lines;
}

std::string provider_text(std::string_view mappings, std::string_view more, std::string_view name) {
  return R"({ "name": ")" + std::string(name) + R"(", "issuer": "https://)" + std::string(name) +
         R"(.example", "allowAnyAudience": true, "claimMappings": [)" + std::string(mappings) +
         "]" + std::string(more) + " }";
}

std::string policy_text(std::string_view conditions, std::string_view effect) {
  return R"({ "name": "p", "specification": { "rules": [ { "rule_id": "r", "effect": ")" +
         std::string(effect) + R"(", "conditions": [)" + std::string(conditions) + "] } ] } }";
}

}  // namespace verdict::testing
