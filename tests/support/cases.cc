#include "tests/support/cases.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>
#include <stdexcept>

#include "tests/support/golden.h"
#include "tests/support/source_folder.h"

namespace verdict::testing {
namespace {

constexpr auto kLabels =
    std::to_array<std::string_view>({"null", "invalid", "equal", "different", "boundary"});
constexpr auto kTruths = std::to_array<std::string_view>({"false", "true", "unknown"});

std::vector<std::string> split(const std::string& text, const std::string& separator) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  for (std::size_t end = 0; end != std::string::npos; begin = end + separator.size()) {
    end = text.find(separator, begin);
    parts.push_back(text.substr(begin, end == std::string::npos ? end : end - begin));
  }
  return parts;
}

template <class Names>
std::size_t place_of(const Names& names, std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) throw std::runtime_error("what is `" + std::string(name) + "`?");
  return static_cast<std::size_t>(found - names.begin());
}

// Takes `key` and the word behind it off the end of `text`.
std::optional<std::string> take_option(std::string& text, std::string_view key) {
  const std::size_t at = text.rfind(key);
  if (at == std::string::npos || (at > 0 && text[at - 1] != ' ')) return std::nullopt;
  std::string word = text.substr(at + key.size() + 1);
  text.resize(at == 0 ? 0 : at - 1);
  return word;
}

Case read_case(const std::string& line) {
  const std::vector<std::string> fields = split(line, " | ");
  if (fields.size() != 5) throw std::runtime_error("five fields, with ` | ` between them");
  Case read;
  read.label = kLabels[place_of(kLabels, fields[0])];
  read.function = fields[1];
  read.attribute = fields[2];
  read.operand = fields[3];
  read.time_zone = take_option(read.operand, "time_zone").value_or("");
  if (const auto word = take_option(read.operand, "on_null"))
    read.on_null = static_cast<OnNull>(place_of(kOnNullSpellings, *word));
  if (const auto word = take_option(read.operand, "quantifier"))
    read.quantifier = static_cast<Quantifier>(place_of(kQuantifierSpellings, *word));
  read.is_slot = read.operand.starts_with("slot ");
  if (read.is_slot) read.operand.erase(0, std::string_view("slot ").size());
  read.truth = static_cast<Truth>(place_of(kTruths, fields[4]));
  return read;
}

void read_file(const std::filesystem::path& path, std::vector<Case>& cases) {
  std::size_t number = 0;
  for (const std::string& line : split(read_text(path), "\n")) {
    const std::string place = path.filename().string() + ":" + std::to_string(++number);
    if (line.empty() || line.front() == '#') continue;
    try {
      cases.push_back(read_case(line));
    } catch (const std::runtime_error& error) {
      throw std::runtime_error(place + ": " + error.what());
    }
    cases.back().place = place;
  }
}

// ---- truth tables

std::string code(std::string_view text) { return "`" + std::string(text) + "`"; }

// Of each label the first, and of the boundaries as many as fit, taken from all of them.
std::vector<const Case*> choose(const std::vector<Case>& cases, std::string_view spelling) {
  constexpr std::size_t kBoundaries = 10;
  std::vector<const Case*> chosen;
  for (const std::string_view label : kLabels) {
    std::vector<const Case*> all;
    for (const Case& read : cases) {
      if (read.function == spelling && read.label == label) all.push_back(&read);
    }
    const std::size_t count = label == "boundary" ? kBoundaries : 1;
    const std::size_t step = std::max<std::size_t>((all.size() + count - 1) / count, 1);
    for (std::size_t i = 0; i < all.size() && (count > 1 || i == 0); i += step)
      chosen.push_back(all[i]);
  }
  return chosen;
}

std::string describe_operand(const Case& read) {
  std::string text = read.operand.empty() ? "" : code(read.operand);
  if (read.is_slot) text = "another attribute: " + text;
  const auto add = [&text](std::string_view key, std::string_view word) {
    text += (text.empty() ? "" : ", ") + code(std::string(key) + " " + std::string(word));
  };
  if (read.quantifier != Quantifier::Absent)
    add("quantifier", kQuantifierSpellings.at(static_cast<std::size_t>(read.quantifier)));
  if (!read.time_zone.empty()) add("time_zone", read.time_zone);
  if (read.on_null != OnNull::Unknown)
    add("on_null", kOnNullSpellings.at(static_cast<std::size_t>(read.on_null)));
  return text;
}

std::string example_of(const FunctionRow& row, const std::vector<Case>& cases) {
  const auto example = std::find_if(cases.begin(), cases.end(), [&row](const Case& read) {
    return read.function == row.spelling && read.label == "equal" && !read.is_slot &&
           read.quantifier == Quantifier::Absent;
  });
  if (example == cases.end()) return {};
  const std::string key = row.operand == OperandShape::One ? "value" : "values";
  const std::string operand =
      example->operand.empty() ? "" : ", \"" + key + "\": " + example->operand;
  const std::string zone =
      example->time_zone.empty() ? "" : R"(, "time_zone": ")" + example->time_zone + "\"";
  return "    { \"function\": \"" + std::string(row.spelling) + R"(", "attribute": "ext_a")" +
         operand + zone + " }\n\n";
}

std::string describe_function(const FunctionRow& row, const std::vector<Case>& cases) {
  std::string text = "### `" + std::string(row.spelling) + "`\n\nHolds where " +
                     std::string(row.meaning) + ".\n\n" + example_of(row, cases) +
                     "| attribute | operand | truth | |\n|---|---|---|---|\n";
  for (const Case* read : choose(cases, row.spelling)) {
    text += "| " + code(read->attribute) + " | " + describe_operand(*read) + " | " +
            std::string(kTruths.at(static_cast<std::size_t>(read->truth))) + " | " + read->label +
            " |\n";
  }
  return text + "\n";
}

}  // namespace

std::vector<Case> read_cases() {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry :
       std::filesystem::directory_iterator(source_folder() / "tests" / "functions")) {
    if (entry.path().extension() == ".cases") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<Case> cases;
  for (const std::filesystem::path& path : paths) read_file(path, cases);
  return cases;
}

NamedFunction find_named(std::string_view spelling) {
  NamedFunction found;
  for (const FunctionRow& row : kFunctions) {
    if (row.spelling != spelling && row.twin != spelling) continue;
    found.rows.push_back(&row);
    found.is_twin = row.twin == spelling;
  }
  return found;
}

std::string describe_cases_markdown() {
  const std::vector<Case> cases = read_cases();
  std::string text =
      "\n## Truth tables\n\nPrinted from `tests/functions/*.cases`, which the evaluators are held "
      "against; more cases stand there. A twin is the\nnegation: true and false change places, "
      "unknown stays.\n\n";
  std::string_view previous;
  for (const FunctionRow& row : kFunctions) {
    if (row.spelling != previous) text += describe_function(row, cases);
    previous = row.spelling;
  }
  text.pop_back();
  return text;
}

}  // namespace verdict::testing
