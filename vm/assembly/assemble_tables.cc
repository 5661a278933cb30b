// Constants, and the rows of fields.def.
#include <algorithm>
#include <array>
#include <string>

#include "vm/assembly/assembler.h"
#include "vm/program/constant.h"
#include "vm/program/settings.h"
#include "vm/value/scalar.h"

namespace verdict {
namespace {

constexpr std::uint64_t kMax64 = ~std::uint64_t{0};

std::uint64_t max_of(std::size_t bytes) {
  return bytes == 8 ? kMax64 : (std::uint64_t{1} << (8 * bytes)) - 1;
}

constexpr auto kSettingKeys = [] {
  std::array<std::string_view, kSettings.size()> keys{};
  for (std::size_t i = 0; i < keys.size(); ++i) keys[i] = kSettings[i].key;
  return keys;
}();

std::string join(FieldNames names) {
  std::string text;
  for (const std::string_view name : names)
    text += (text.empty() ? "" : "`, `") + std::string(name);
  return text;
}

// Without its words.
ConstantRecord record_of(ConstantType type) {
  return {static_cast<U8>(type.kind), static_cast<U8>(type.shape), 0, 0, 0U, 0U};
}

}  // namespace

// ---- constants

void Assembler::read_constant() {
  read_label(tables_.Constants.size());
  if (reader_.accept_word("raw")) return read_raw_constant();
  const ConstantType type = read_constant_type();
  if (reader_.failed()) return;
  if (reader_.accept_word("words")) {
    const Token first = reader_.take();
    if (first.kind != TokenKind::Row) return reader_.fail_expected(first, "`#` and the first word");
    reader_.expect("+");
    ConstantRecord constant = record_of(type);
    constant.payload = first.row;
    constant.count = static_cast<std::uint32_t>(reader_.expect_number(kNone));
    return add_constant(constant);
  }
  if (held_as(type.kind) == Held::Zone && type.shape == Shape::One) return read_zone();
  return type.shape == Shape::One ? add_constant(read_scalar(type.kind)) : read_elements(type);
}

// kind, shape, flags, count, payload
void Assembler::read_raw_constant() {
  ConstantRecord constant{};
  constant.kind = static_cast<U8>(reader_.expect_number(max_of(1)));
  constant.shape = static_cast<U8>(reader_.expect_number(max_of(1)));
  constant.flags = static_cast<U8>(reader_.expect_number(max_of(1)));
  constant.count = static_cast<std::uint32_t>(reader_.expect_number(kNone));
  constant.payload = reader_.expect_number(kMax64);
  add_constant(constant);
}

// A kind, and a shape where it is not one value.
ConstantType Assembler::read_constant_type() {
  ConstantType type;
  type.kind =
      static_cast<Kind>(reader_.expect_word(field_names::kConstantKindNames, "a kind of constant"));
  for (std::size_t shape = 1; shape < kShapeSpellings.size(); ++shape) {
    if (reader_.accept_word(kShapeSpellings[shape])) type.shape = static_cast<Shape>(shape);
  }
  return type;
}

void Assembler::add_constant(const ConstantRecord& constant) {
  const bool is_known = constant.kind < kNumKinds;  // a raw one may be anything
  if (is_known && !has_words(constant))
    symbols_.constants.add(constant_key(constant), tables_.Constants.size());
  tables_.Constants.push_back(constant);
}

// As format() writes it, in quotes unless it is a number or a boolean; or the payload as `#n`.
ConstantRecord Assembler::read_scalar(Kind kind) {
  ConstantRecord constant = record_of({kind, Shape::One});
  if (reader_.peek().kind == TokenKind::Row) {
    constant.payload = reader_.take().row;
  } else if (is_text(kind)) {
    constant.payload = read_text("a string", false);
  } else {
    const Token token = reader_.take();
    const bool is_bare = is_written_bare(kind);
    const bool is_quoted = token.kind == TokenKind::String;
    const std::optional<Scalar> scalar =
        is_bare != is_quoted ? parse(kind, token.text) : std::nullopt;
    if (!scalar) reader_.fail_expected(token, get_kind_row(kind).article);
    if (scalar) encode(*scalar, constant);
  }
  return constant;
}

void Assembler::encode(const Scalar& scalar, ConstantRecord& constant) {
  const EncodedScalar encoded = encode_scalar(scalar);
  constant.flags = encoded.flags;
  constant.payload = encoded.payload;
  if (encoded.words.empty()) return;
  constant.payload = tables_.Words.size();
  constant.count = static_cast<std::uint32_t>(encoded.words.size());
  tables_.Words.insert(tables_.Words.end(), encoded.words.begin(), encoded.words.end());
}

void Assembler::read_elements(ConstantType type) {
  std::vector<std::uint32_t> words;
  while (reader_.peek().kind != TokenKind::End) {
    if (!words.empty()) reader_.expect(",");
    words.push_back(is_text(type.kind) ? read_text("a string", false) : read_constant_reference());
  }
  add_words(type, words);
}

// Its name, the release of its data or `none`, and the words of its rules.
void Assembler::read_zone() {
  std::vector<std::uint32_t> words = {read_text("the name of a time zone", false)};
  words.push_back(reader_.accept_word("none") ? kNone : read_text("a release, or `none`", false));
  for (bool is_first = true; reader_.peek().kind != TokenKind::End; is_first = false) {
    if (!is_first) reader_.expect(",");
    words.push_back(static_cast<std::uint32_t>(reader_.expect_number(kNone)));
  }
  add_words({Kind::TimeZone, Shape::One}, words);
}

void Assembler::add_words(ConstantType type, std::span<const std::uint32_t> words) {
  ConstantRecord constant = record_of(type);
  constant.payload = tables_.Words.size();
  constant.count = static_cast<std::uint32_t>(words.size());
  tables_.Words.insert(tables_.Words.end(), words.begin(), words.end());
  add_constant(constant);
}

std::uint32_t Assembler::find_or_add_constant(const ConstantRecord& constant) {
  if (const auto found = symbols_.constants.find(constant_key(constant))) return *found;
  add_constant(constant);
  return static_cast<std::uint32_t>(tables_.Constants.size() - 1);
}

// By value, or `#n`.
std::uint32_t Assembler::read_constant_reference() {
  const Token token = reader_.peek();
  if (token.kind == TokenKind::Row) return static_cast<std::uint32_t>(reader_.expect_number(kNone));
  const Kind kind = token.kind == TokenKind::String   ? Kind::String
                    : token.kind == TokenKind::Number ? Kind::Number
                                                      : Kind::Boolean;
  if (kind != Kind::String && !parse(kind, token.text)) {
    reader_.fail_expected(token,
                          "a constant: a number, a string, `true`, `false` or `#` and its number");
    return 0;
  }
  return find_or_add_constant(read_scalar(kind));
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
template void Assembler::read_row<Section::Transforms>();
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
