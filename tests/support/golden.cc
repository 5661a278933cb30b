#include "tests/support/golden.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>
#include <utility>

#include <gtest/gtest.h>

#include "compiler/policyc/cli/policyc.h"
#include "tests/support/stored_zones.h"

namespace verdict::testing {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMark = "--- ";
constexpr std::string_view kNoNewline = "\\ no line break at the end\n";
constexpr std::array<std::string_view, 3> kExpected = {"stdout", "stderr", "exit"};
constexpr std::array<std::string_view, 2> kInputs = {"args", "stdin"};

template <class Names>
bool contains(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_set(const char* variable, std::string_view value) {
  const char* found = std::getenv(variable);
  return found != nullptr && std::string_view(found) == value;
}

std::vector<std::string> split_lines(std::string_view text) {
  std::vector<std::string> lines;
  std::istringstream stream{std::string(text)};
  for (std::string line; std::getline(stream, line);) lines.push_back(std::move(line));
  return lines;
}

std::vector<std::string> split_arguments(std::string_view line) {
  std::vector<std::string> arguments;
  bool is_quoted = false;
  bool is_open = false;
  for (const char c : line) {
    if (c == '\'') {
      is_quoted = !is_quoted;
    } else if (c == ' ' && !is_quoted) {
      is_open = false;
      continue;
    }
    if (!is_open) arguments.emplace_back();
    is_open = true;
    if (c != '\'') arguments.back() += c;
  }
  return arguments;
}

// A part is whole lines.
std::string as_lines(std::string text) {
  if (!text.empty() && text.back() != '\n') text += "\n" + std::string(kNoNewline);
  return text;
}

std::string without_mark(std::string text) {
  if (text.ends_with(kNoNewline)) text.resize(text.size() - kNoNewline.size() - 1);
  return text;
}

void write_files(const GoldenCase& golden, const ScratchFolder& folder) {
  for (const GoldenPart& part : golden.parts) {
    if (contains(kExpected, part.name) || contains(kInputs, part.name)) continue;
    folder.write(part.name, without_mark(part.text));
  }
}

void set_part(GoldenCase& golden, std::string_view name, std::string text) {
  if (!text.empty()) golden.parts.push_back({std::string(name), std::move(text)});
}

void report_difference(const fs::path& path, const std::string& expected,
                       const std::string& actual) {
  EXPECT_EQ(expected, actual) << path.filename()
                              << ": rewrite with VERDICT_UPDATE_GOLDEN=1 and read the diff";
}

}  // namespace

ScratchFolder::ScratchFolder() : before_(fs::current_path()) {
  std::string name = (fs::temp_directory_path() / "verdict_test_XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) {
    std::perror("mkdtemp");
    std::abort();
  }
  folder_ = name;
  fs::current_path(folder_);
}

ScratchFolder::~ScratchFolder() {
  std::error_code error;
  fs::current_path(before_, error);
  fs::remove_all(folder_, error);
}

void ScratchFolder::write(const std::string& name, std::string_view text) const {
  const fs::path path = folder_ / name;
  if (name.ends_with("/")) {
    fs::create_directories(path);
    return;
  }
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

RunResult run(const std::vector<std::string>& arguments, std::string_view in) {
  // What the machine has differs.
  setenv("TZDIR", stored_zones_path().c_str(), 1);
  std::istringstream input{std::string(in)};
  std::ostringstream out;
  std::ostringstream err;
  const policyc::Exit exit =
      policyc::run_policyc(arguments, {input, out, err}, policyc::Color::Off);
  unsetenv("TZDIR");
  return {static_cast<int>(exit), out.str(), err.str()};
}

RunResult run_line(std::string_view line, std::string_view in) {
  return run(split_arguments(line), in);
}

const GoldenPart* GoldenCase::find(std::string_view name) const {
  const auto found = std::find_if(parts.begin(), parts.end(),
                                  [name](const GoldenPart& part) { return part.name == name; });
  return found == parts.end() ? nullptr : &*found;
}

GoldenCase parse_golden(std::string_view text) {
  GoldenCase golden;
  for (const std::string& line : split_lines(text)) {
    if (line.starts_with(kMark)) {
      golden.parts.push_back({line.substr(kMark.size()), {}});
    } else {
      (golden.parts.empty() ? golden.remark : golden.parts.back().text) += line + "\n";
    }
  }
  return golden;
}

std::string to_text(const GoldenCase& golden) {
  std::string text = golden.remark;
  for (const GoldenPart& part : golden.parts) {
    text += std::string(kMark) + part.name + "\n" + part.text;
  }
  return text;
}

GoldenCase run_golden(const GoldenCase& golden) {
  GoldenCase result{golden.remark, {}};
  for (const GoldenPart& part : golden.parts) {
    if (!contains(kExpected, part.name)) result.parts.push_back(part);
  }
  const ScratchFolder folder;
  write_files(golden, folder);
  const GoldenPart* args = golden.find("args");
  const GoldenPart* in = golden.find("stdin");
  const std::vector<std::string> commands =
      args == nullptr ? std::vector<std::string>() : split_lines(args->text);
  std::string out;
  std::string err;
  std::string exits;
  for (const std::string& command : commands) {
    const RunResult ran = run_line(command, in == nullptr ? "" : without_mark(in->text));
    const std::string head = commands.size() > 1 ? "$ " + command + "\n" : "";
    if (!ran.out.empty()) out += head + as_lines(ran.out);
    if (!ran.err.empty()) err += head + as_lines(ran.err);
    exits += std::to_string(ran.exit) + "\n";
  }
  set_part(result, "stdout", std::move(out));
  set_part(result, "stderr", std::move(err));
  set_part(result, "exit", std::move(exits));
  return result;
}

std::string read_text(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

void expect_golden(const fs::path& path, const std::string& actual) {
  const std::string expected = read_text(path);
  if (expected == actual) return;
  if (!is_set("VERDICT_UPDATE_GOLDEN", "1")) return report_difference(path, expected, actual);
  if (is_set("CI", "true")) {
    FAIL() << "VERDICT_UPDATE_GOLDEN is refused under CI=true: golden files are rewritten and read "
              "by people";
  }
  std::ofstream(path, std::ios::binary) << actual;
  std::cout << "rewritten: " << path.filename().string() << "\n";
}

}  // namespace verdict::testing
