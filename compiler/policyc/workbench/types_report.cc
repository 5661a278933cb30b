#include "compiler/policyc/workbench/types_report.h"

#include <algorithm>
#include <array>
#include <vector>

#include "compiler/diag/display_line.h"
#include "vm/base/text.h"

namespace verdict::policyc {
namespace {

using compiler::LearntType;
using compiler::Sources;
using compiler::TypeEvidence;
using compiler::TypeReader;

std::vector<std::string_view> spellings_of(KindSet kinds) {
  std::vector<std::string_view> spellings;
  for (const KindRow& row : kKinds) {
    if (row.is_of_attributes && kinds.contains(row.kind)) spellings.push_back(row.spelling);
  }
  return spellings;
}

std::string join(const std::vector<std::string_view>& words, std::string_view separator) {
  std::string text;
  for (const std::string_view word : words)
    text += (text.empty() ? std::string() : std::string(separator)) + std::string(word);
  return text;
}

std::string_view nullability_of(const LearntType& type) {
  return type.is_nullable ? "nullable" : "never null";
}

// ---- a table

// Cells of one attribute, line by line.
using Column = std::vector<std::string>;
constexpr std::size_t kColumns = 5;
using Row = std::array<Column, kColumns>;

std::string describe_type(const LearntType& type) {
  if (type.has_conflict) return "conflict";
  std::string text = join(spellings_of(type.kinds), " or ");
  return type.is_ordered ? "ordered " + text : text;
}

Column describe_evidence(const LearntType& type, const Sources& sources) {
  Column lines;
  for (const TypeEvidence& evidence : type.evidence) {
    std::string line = evidence.what;
    if (evidence.span.file.has_value()) {
      const compiler::LineColumn place = sources.locate(evidence.span.file, evidence.span.begin);
      line = std::string(sources.name(evidence.span.file)) + ":" + std::to_string(place.line) +
             ":" + std::to_string(place.column) + ": " + line;
    }
    lines.push_back(escape_for_display(line));
  }
  return lines;
}

// A policy a line, with its rules; of many only the first, and how many there are.
Column describe_readers(const LearntType& type) {
  constexpr std::size_t kShown = 3;
  std::vector<std::pair<std::string, std::vector<std::string_view>>> policies;
  for (const TypeReader& reader : type.readers) {
    if (policies.empty() || policies.back().first != reader.policy)
      policies.emplace_back(reader.policy, std::vector<std::string_view>());
    policies.back().second.push_back(reader.rule);
  }
  Column lines;
  for (auto& [policy, rules] : policies) {
    const std::size_t more = rules.size() > kShown ? rules.size() - kShown : 0;
    rules.resize(rules.size() - more);
    lines.push_back(escape_for_display(policy + ": " + join(rules, ", ")) +
                    (more == 0 ? "" : " and " + std::to_string(more) + " more"));
  }
  if (lines.empty()) lines.emplace_back("-");
  return lines;
}

std::size_t columns_of(std::string_view text) {
  std::size_t columns = 0;
  while (!text.empty()) {
    const CodePoint point = decode_code_point(text);
    columns += compiler::display_width(point);
    text.remove_prefix(point.size);
  }
  return columns;
}

std::size_t width_of(const std::vector<Row>& rows, std::size_t column) {
  std::size_t width = 0;
  for (const Row& row : rows) {
    for (const std::string& cell : row.at(column)) width = std::max(width, columns_of(cell));
  }
  return width;
}

std::string render_row(const Row& row, const std::array<std::size_t, kColumns>& widths) {
  std::size_t height = 0;
  for (const Column& column : row) height = std::max(height, column.size());
  std::string text;
  for (std::size_t line = 0; line < height; ++line) {
    std::string cells;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string cell = line < row.at(i).size() ? row.at(i)[line] : "";
      cells += cell + std::string(widths.at(i) - std::min(widths.at(i), columns_of(cell)) + 2, ' ');
    }
    cells.erase(cells.find_last_not_of(' ') + 1);
    text += cells + "\n";
  }
  return text;
}

std::string render_table(const std::vector<Row>& rows) {
  std::array<std::size_t, kColumns> widths{};
  for (std::size_t i = 0; i + 1 < kColumns; ++i) widths.at(i) = width_of(rows, i);
  std::string text;
  for (const Row& row : rows) text += render_row(row, widths);
  return text;
}

// ---- JSON

JsonValue strings(const auto& texts) {
  JsonValue list = JsonValue::array();
  for (const auto& text : texts) list.push(text);
  return list;
}

JsonValue to_json(const TypeEvidence& evidence, const Sources& sources) {
  JsonValue json = JsonValue::object();
  json.set("what", evidence.what);
  return std::move(json.set("at", place_json(sources, evidence.span)));
}

JsonValue to_json(const LearntType& type, const Sources& sources) {
  const std::vector<std::string_view> kinds = spellings_of(type.kinds);
  const bool is_decided = kinds.size() == 1 && !type.has_conflict;
  JsonValue evidence = JsonValue::array();
  for (const TypeEvidence& one : type.evidence) evidence.push(to_json(one, sources));
  JsonValue readers = JsonValue::array();
  for (const TypeReader& reader : type.readers) {
    JsonValue json = JsonValue::object();
    json.set("policy", reader.policy);
    readers.push(std::move(json.set("rule_id", reader.rule)));
  }
  JsonValue json = JsonValue::object();
  json.set("attribute", type.name)
      .set("type", is_decided ? std::optional(kinds.front()) : std::nullopt)
      .set("candidates", is_decided ? JsonValue() : strings(kinds))
      .set("values", type.values.empty() ? JsonValue() : strings(type.values))
      .set("conflict", type.has_conflict)
      .set("ordered", type.is_ordered)
      .set("nullable", type.is_nullable)
      .set("learnt_from", std::move(evidence))
      .set("read_by", std::move(readers));
  return json;
}

}  // namespace

std::string render_types(std::span<const LearntType> types, const Sources& sources) {
  std::vector<Row> rows = {Row{Column{"attribute"}, Column{"type"}, Column{"null"},
                               Column{"learnt from"}, Column{"read by"}}};
  for (const LearntType& type : types) {
    Column kind = {describe_type(type)};
    for (const std::string& value : type.values) kind.push_back("  " + escape_for_display(value));
    rows.push_back({Column{type.name}, std::move(kind), Column{std::string(nullability_of(type))},
                    describe_evidence(type, sources), describe_readers(type)});
  }
  return render_table(rows);
}

JsonValue types_json(std::span<const LearntType> types, const Sources& sources) {
  JsonValue list = JsonValue::array();
  for (const LearntType& type : types) list.push(to_json(type, sources));
  return list;
}

}  // namespace verdict::policyc
