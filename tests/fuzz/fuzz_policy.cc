// Bytes to a workspace to the compiler. Whatever they are: no crash, every place in a file exists,
// every diagnostic can be shown, an error keeps a program from being made, and what is made loads.
//
// The input is provider, policy, resources and permissions, separated by lines `---`; those that
// are missing are empty.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/diag/render_text.h"
#include "compiler/driver/compile.h"
#include "vm/assembly/disassemble.h"
#include "vm/base/check.h"
#include "vm/program/program.h"

namespace verdict {
namespace {

using compiler::Diagnostic;
using compiler::FileId;
using compiler::Sources;
using compiler::Span;

std::vector<std::string> split_parts(std::string_view input) {
  constexpr std::string_view kMark = "\n---\n";
  constexpr std::size_t kMostParts = 4;
  std::vector<std::string> parts;
  while (parts.size() + 1 < kMostParts && input.find(kMark) != std::string_view::npos) {
    const std::size_t end = input.find(kMark);
    parts.emplace_back(input.substr(0, end));
    input.remove_prefix(end + kMark.size());
  }
  parts.emplace_back(input);
  return parts;
}

void check_span(const Sources& sources, Span span) {
  if (!span.file.has_value()) return;
  VERDICT_CHECK(span.file.index() < sources.num_files());
  VERDICT_CHECK(span.begin <= span.end);
  VERDICT_CHECK(span.end <= sources.text(span.file).size());
}

void check_diagnostic(const Sources& sources, const Diagnostic& diagnostic) {
  check_span(sources, diagnostic.span);
  for (const compiler::Label& label : diagnostic.labels) check_span(sources, label.span);
  if (diagnostic.fix) check_span(sources, diagnostic.fix->span);
  // Every argument of the message was given.
  VERDICT_CHECK(diagnostic.arguments.size() >= 3 ||
                get_info(diagnostic.code)
                        .message.find("{" + std::to_string(diagnostic.arguments.size()) + "}") ==
                    std::string_view::npos);
}

void check_program(const std::vector<std::byte>& bytes) {
  const auto program = Program::load(bytes);
  VERDICT_CHECK(program.has_value());
  VERDICT_CHECK(!disassemble(**program).empty());
}

void compile_parts(const std::vector<std::string>& parts) {
  Sources sources;
  compiler::CollectingConsumer consumer;
  compiler::Emitter emitter(consumer);
  const auto add = [&](std::size_t index, const char* name) {
    if (index >= parts.size()) return std::vector<FileId>();
    return std::vector<FileId>{sources.add(name, parts[index])};
  };
  const compiler::WorkspaceFiles files = {add(0, "provider.json"), add(1, "policy.json"),
                                          add(2, "resources.json"), add(3, "permissions.json")};
  const compiler::Compilation result = compile(sources, files, {}, emitter);
  for (const Diagnostic& diagnostic : consumer.diagnostics) check_diagnostic(sources, diagnostic);
  VERDICT_CHECK(render_text(consumer.diagnostics, sources, {}).empty() ==
                consumer.diagnostics.empty());
  VERDICT_CHECK(result.bytes.has_value() != emitter.has_errors());
  if (result.bytes) check_program(*result.bytes);
}

}  // namespace
}  // namespace verdict

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  verdict::compile_parts(verdict::split_parts({reinterpret_cast<const char*>(data), size}));
  return 0;
}
