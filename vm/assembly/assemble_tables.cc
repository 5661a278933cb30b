// Constants, and the rows of fields.def.
#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <string>

#include "vm/assembly/assembler.h"
#include "vm/program/settings.h"
#include "vm/value/number.h"

namespace verdict {
namespace {

constexpr std::uint64_t kMax64 = ~std::uint64_t{0};

std::uint64_t max_of(std::size_t bytes) {
  return bytes == 8 ? kMax64 : (std::uint64_t{1} << (8 * bytes)) - 1;
}

constexpr auto kConstantSpellings = [] {
  std::array<std::string_view, kConstantKinds.size()> spellings{};
  for (std::size_t i = 0; i < spellings.size(); ++i) spellings[i] = kConstantKinds[i].spelling;
  return spellings;
}();
constexpr auto kSettingKeys = [] {
  std::array<std::string_view, kSettings.size()> keys{};
  for (std::size_t i = 0; i < keys.size(); ++i) keys[i] = kSettings[i].key;
  return keys;
}();

bool is_text_list(ConstantKind kind) {
  return kind == ConstantKind::StringList || kind == ConstantKind::StringSet;
}

std::string join(FieldNames names) {
  std::string text;
  for (const std::string_view name : names)
    text += (text.empty() ? "" : "`, `") + std::string(name);
  return text;
}

}  // namespace

// ---- constants

void Assembler::read_constant() {
  read_label(tables_.Constants.size());
  if (reader_.accept_word("raw")) {  // kind, count, payload
    const auto kind = static_cast<ConstantKind>(reader_.expect_number(max_of(1)));
    const auto count = static_cast<std::uint32_t>(reader_.expect_number(kNone));
    return add_constant(kind, count, reader_.expect_number(kMax64));
  }
  const auto kind =
      static_cast<ConstantKind>(reader_.expect_word(kConstantSpellings, "a kind of constant") + 1);
  if (reader_.failed()) return;
  if (reader_.accept_word("words")) {
    const Token first = reader_.take();
    if (first.kind != TokenKind::Row) return reader_.fail_expected(first, "`#` and the first word");
    reader_.expect("+");
    return add_constant(kind, static_cast<std::uint32_t>(reader_.expect_number(kNone)), first.row);
  }
  if (kind == ConstantKind::Ip) return read_ip();
  return kind < ConstantKind::Ip ? read_scalar(kind) : read_words(kind);
}

void Assembler::add_constant(ConstantKind kind, std::uint32_t count, std::uint64_t payload) {
  if (kind < ConstantKind::Ip)
    symbols_.constants.add({static_cast<std::uint64_t>(kind), payload}, tables_.Constants.size());
  tables_.Constants.push_back({static_cast<U8>(kind), {}, count, payload});
}

void Assembler::read_scalar(ConstantKind kind) {
  const std::uint64_t payload =
      reader_.peek().kind == TokenKind::Row ? reader_.take().row : read_payload(kind);
  add_constant(kind, 0, payload);
}

std::uint64_t Assembler::read_payload(ConstantKind kind) {
  constexpr std::array<std::string_view, 2> kBooleans = {"false", "true"};
  if (kind == ConstantKind::Boolean) return reader_.expect_word(kBooleans, "`true` or `false`");
  if (kind == ConstantKind::String) return read_text("a string", false);
  return kind == ConstantKind::Double ? read_double() : read_integer();
}

std::uint64_t Assembler::read_integer() {
  const Token token = reader_.take();
  std::int64_t value = 0;
  const char* end = token.text.data() + token.text.size();
  const auto [last, error] = std::from_chars(token.text.data(), end, value);
  if (token.kind != TokenKind::Number || error != std::errc() || last != end) {
    reader_.fail_expected(token, "an integer of 64 bits");
  }
  return std::bit_cast<std::uint64_t>(value);
}

std::uint64_t Assembler::read_double() {
  const Token token = reader_.take();
  double value = 0;
  const char* end = token.text.data() + token.text.size();
  const auto [last, error] = std::from_chars(token.text.data(), end, value);
  if (token.kind != TokenKind::Number || error != std::errc() || last != end) {
    reader_.fail_expected(token, "a finite number");
  }
  return std::bit_cast<std::uint64_t>(value);
}

void Assembler::read_words(ConstantKind kind) {
  std::vector<std::uint32_t> words;
  while (reader_.peek().kind != TokenKind::End) {
    if (!words.empty()) reader_.expect(",");
    words.push_back(is_text_list(kind) ? read_text("a string", false) : read_constant_reference());
  }
  const std::size_t first = tables_.Words.size();
  tables_.Words.insert(tables_.Words.end(), words.begin(), words.end());
  add_constant(kind, static_cast<std::uint32_t>(words.size()), first);
}

// 32 hexadecimal digits, the first byte first.
void Assembler::read_ip() {
  constexpr std::size_t kDigits = 32;
  const Token token = reader_.take();
  const bool is_token = token.kind == TokenKind::Number || token.kind == TokenKind::Word;
  const std::size_t first = tables_.Words.size();
  for (std::size_t i = 0; i + 8 <= kDigits && is_token && token.text.size() == kDigits; i += 8) {
    std::uint32_t word = 0;
    const char* begin = token.text.data() + i;
    if (std::from_chars(begin, begin + 8, word, 16).ptr != begin + 8) break;
    const std::uint32_t swapped =
        (word >> 24U) | ((word >> 8U) & 0xFF00U) | ((word << 8U) & 0xFF0000U) | (word << 24U);
    tables_.Words.push_back(swapped);
  }
  if (tables_.Words.size() != first + 4)
    return reader_.fail_expected(token, "32 hexadecimal digits");
  add_constant(ConstantKind::Ip, 4, first);
}

std::uint32_t Assembler::find_or_add_constant(ConstantKind kind, std::uint64_t payload) {
  if (const auto found = symbols_.constants.find({static_cast<std::uint64_t>(kind), payload}))
    return *found;
  add_constant(kind, 0, payload);
  return static_cast<std::uint32_t>(tables_.Constants.size() - 1);
}

// By value, or `#n`.
std::uint32_t Assembler::read_constant_reference() {
  const Token token = reader_.peek();
  if (token.kind == TokenKind::Row) return static_cast<std::uint32_t>(reader_.expect_number(kNone));
  if (token.kind == TokenKind::String)
    return find_or_add_constant(ConstantKind::String, read_text("a string", false));
  if (token.kind == TokenKind::Word)
    return find_or_add_constant(ConstantKind::Boolean, read_payload(ConstantKind::Boolean));
  const auto number = parse_number(reader_.take().text).value;
  if (token.kind != TokenKind::Number || !number) {
    reader_.fail_expected(token,
                          "a constant: a number, a string, `true`, `false` or `#` and its number");
    return 0;
  }
  if (number->is_integer())
    return find_or_add_constant(ConstantKind::Integer,
                                std::bit_cast<std::uint64_t>(number->integer()));
  return find_or_add_constant(ConstantKind::Double, std::bit_cast<std::uint64_t>(number->real()));
}

// ---- references

// A string of the pool, which gets it if it does not have it yet.
std::uint32_t Assembler::read_text(std::string_view what, bool may_be_bare) {
  const Token token = reader_.peek();
  if (token.kind == TokenKind::Row) return static_cast<std::uint32_t>(reader_.expect_number(kNone));
  reader_.take();
  const bool is_text =
      token.kind == TokenKind::String || (may_be_bare && is_identifier(token.text));
  if (is_text && !reader_.failed()) return intern(token.text);
  reader_.fail_expected(token, what);
  return 0;
}

std::uint32_t Assembler::read_named(const FirstRows& rows, std::string_view what,
                                    std::uint64_t max) {
  const Token token = reader_.peek();
  if (token.kind == TokenKind::Row) return static_cast<std::uint32_t>(reader_.expect_number(max));
  reader_.take();
  if (token.kind != TokenKind::String && !is_identifier(token.text)) {
    reader_.fail_expected(token, what);
    return 0;
  }
  const auto id = string_ids_.find(token.text);
  const auto row = id == string_ids_.end() ? std::nullopt : rows.find({id->second, 0});
  if (!row) reader_.fail_expected(token, std::string(what) + " that stands above");
  return row.value_or(0);
}

// A policy's name stands for its function.
std::uint32_t Assembler::read_function_reference() {
  if (reader_.peek().kind == TokenKind::Row)
    return static_cast<std::uint32_t>(reader_.expect_number(kNone));
  const std::uint32_t policy = read_named(symbols_.policies, "the name of a policy");
  return reader_.failed() ? 0U : tables_.Policies[policy].function.get();
}

std::uint32_t Assembler::read_setting() {
  if (reader_.peek().kind == TokenKind::Row)
    return static_cast<std::uint32_t>(reader_.expect_number(kNone));
  return static_cast<std::uint32_t>(
      kSettings[reader_.expect_word(kSettingKeys, "a setting")].setting);
}

// ---- rows of fields.def

template <Section kSection>
void Assembler::read_row() {
  std::vector<field_names::RecordOf<kSection>>* rows = nullptr;
#define VERDICT_SECTION(number, name, record, spelling) \
  if constexpr (kSection == Section::name) rows = &tables_.name;
#include "vm/program/sections.def"
  read_label(rows->size());
  field_names::RecordOf<kSection> record{};
  read_record(kSection, reinterpret_cast<U8*>(&record));
  if constexpr (kSection == Section::Attributes)
    symbols_.attributes.add({record.name, 0}, rows->size());
  if constexpr (kSection == Section::Policies)
    symbols_.policies.add({record.name, 0}, rows->size());
  rows->push_back(record);
}
template void Assembler::read_row<Section::Attributes>();
template void Assembler::read_row<Section::PathSteps>();
template void Assembler::read_row<Section::Mappings>();
template void Assembler::read_row<Section::Settings>();
template void Assembler::read_row<Section::Providers>();
template void Assembler::read_row<Section::Policies>();
template void Assembler::read_row<Section::Resources>();
template void Assembler::read_row<Section::Routes>();
template void Assembler::read_row<Section::Permissions>();

void Assembler::read_record(Section section, U8* record) {
  has_range_ = false;
  for (const FieldRow& field : fields_of(section)) {
    if (field.is_positional()) {
      read_value(field, record);
    } else {
      write_field(record, field.offset, field.bytes, field.absent);
    }
  }
  while (reader_.peek().kind == TokenKind::Word) read_keyed_field(section, record);
}

void Assembler::read_keyed_field(Section section, U8* record) {
  std::vector<std::string_view> names;
  for (const FieldRow& field : fields_of(section)) {
    if (field.is_positional()) continue;
    if (reader_.peek().text == field.key) {
      reader_.take();
      return read_value(field, record);
    }
    names.push_back(field.key);
    if (field.form == FieldForm::Flags)
      names.insert(names.end(), field.names.begin(), field.names.end());
  }
  if (!read_flag(section, record)) reader_.expect_word(names, "a field of this row");
}

bool Assembler::read_flag(Section section, U8* record) {
  for (const FieldRow& field : fields_of(section)) {
    if (field.form != FieldForm::Flags) continue;
    const auto found = std::find(field.names.begin(), field.names.end(), reader_.peek().text);
    if (found == field.names.end()) continue;
    const std::uint64_t bit = std::uint64_t{1}
                              << static_cast<unsigned>(found - field.names.begin());
    write_field(record, field.offset, field.bytes,
                read_field(record, field.offset, field.bytes) | bit);
    reader_.take();
    return true;
  }
  return false;
}

void Assembler::read_value(const FieldRow& field, U8* record) {
  if (field.form == FieldForm::Range) return read_range(field, record);
  const std::uint64_t max = max_of(field.bytes);
  const bool is_raw = reader_.peek().kind == TokenKind::Row;
  write_field(record, field.offset, field.bytes,
              is_raw ? reader_.expect_number(max) : read_reference(field, record));
}

// #first+count
void Assembler::read_range(const FieldRow& field, U8* record) {
  if (reader_.peek().kind != TokenKind::Row)
    return reader_.fail_expected(reader_.peek(), "a range such as `#0+2`");
  write_field(record, field.offset, field.bytes, reader_.expect_number(max_of(field.bytes)));
  reader_.expect("+");
  write_field(record, field.offset + field.bytes, field.bytes,
              reader_.expect_number(max_of(field.bytes)));
  has_range_ = true;
}

std::uint64_t Assembler::read_reference(const FieldRow& field, const U8* record) {
  switch (field.form) {
    case FieldForm::Number:
    case FieldForm::Flags:
      return reader_.expect_number(max_of(field.bytes));
    case FieldForm::Word:
      return reader_.expect_word(field.names, "one of `" + join(field.names) + "`");
    case FieldForm::Text:
      return read_text("a string", false);
    case FieldForm::Name:
      return read_text("a name", true);
    case FieldForm::Constant:
      return read_constant_reference();
    case FieldForm::Attribute:
      return read_named(symbols_.attributes, "the name of an attribute");
    case FieldForm::Policy:
      return read_named(symbols_.policies, "the name of a policy");
    case FieldForm::Function:
      return read_function_reference();
    case FieldForm::Setting:
      return read_setting();
    case FieldForm::StepValue:
    case FieldForm::Owner:
      return read_dependent(field, record);
    case FieldForm::Row:
    case FieldForm::Range:
      break;
  }
  reader_.fail_expected(reader_.peek(), "`#` and a number");
  return 0;
}

std::uint64_t Assembler::read_dependent(const FieldRow& field, const U8* record) {
  if (field.form == FieldForm::StepValue) {
    const auto kind =
        static_cast<PathStepKind>(reinterpret_cast<const PathStepRecord*>(record)->kind);
    if (kind == PathStepKind::Key) return read_text("a string", false);
    return kind == PathStepKind::Each && reader_.peek().kind == TokenKind::End
               ? 0
               : reader_.expect_number(kNone);
  }
  const bool is_policy = reinterpret_cast<const FunctionRecord*>(record)->kind ==
                         static_cast<U8>(FunctionKind::Policy);
  if (is_policy) return read_named(symbols_.policies, "the name of a policy");
  reader_.fail_expected(reader_.peek(), "`#` and the number of a route");
  return 0;
}

}  // namespace verdict
