// Programs for tests, made from assembly. Header only: the tests of vm/ link no other folder.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/source_folder.h"
#include "vm/assembly/assemble.h"
#include "vm/program/program.h"

namespace verdict::testing {

inline std::string read_text_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

// The bytes of an assembly text that is known to be right.
inline std::vector<std::byte> must_assemble(std::string_view text) {
  auto bytes = assemble(text);
  if (!bytes) {
    throw std::runtime_error("line " + std::to_string(bytes.error().line) + ", column " +
                             std::to_string(bytes.error().column) + ": " + bytes.error().message);
  }
  return std::move(bytes).value();
}

inline std::shared_ptr<const Program> must_load(std::span<const std::byte> bytes) {
  auto program = Program::load(bytes);
  if (!program)
    throw std::runtime_error(std::string(program.error().code) + ": " + program.error().message);
  return std::move(program).value();
}

// The texts in tests/vm/program/asm, by name without folder and suffix.
inline std::filesystem::path assembly_folder() {
  return source_folder() / "tests" / "vm" / "program" / "asm";
}
inline std::string assembly_text(std::string_view name) {
  return read_text_file(assembly_folder() / (std::string(name) + ".vasm"));
}
inline std::vector<std::string> assembly_names() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(assembly_folder())) {
    if (entry.path().extension() == ".vasm") names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace verdict::testing
