// The data sections of a listing: strings, constants, and the tables that fields.def describes.
#include <algorithm>
#include <string>

#include "vm/assembly/fields.h"
#include "vm/assembly/listing.h"
#include "vm/program/builder.h"
#include "vm/program/constant.h"
#include "vm/program/settings.h"
#include "vm/value/scalar.h"

namespace verdict {
namespace {

std::string directive_of(Section section) {
  return "." + std::string(kSections[static_cast<std::size_t>(section)].spelling);
}

// A section of plain numbers.
void list_numbers(const Listing& listing, Section section, std::span<const U32> numbers) {
  constexpr std::size_t kPerLine = 16;
  listing.writer.line("");
  listing.writer.line(directive_of(section));
  for (std::size_t i = 0; i < numbers.size(); i += kPerLine) {
    std::string line = " ";
    for (std::size_t j = i; j < numbers.size() && j < i + kPerLine; ++j)
      line += " " + std::to_string(numbers[j]);
    listing.writer.line(line);
  }
}

bool equal(std::span<const U32> a, std::span<const U32> b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](std::uint32_t x, std::uint32_t y) { return x == y; });
}

// Whether the words are those of the constants, one constant after the other: then rows show them
// in place.
bool are_words_in_order(const ProgramView& view) {
  std::uint64_t next = 0;
  for (const ConstantRecord& constant : view.Constants) {
    if (!has_words(constant)) continue;
    if (constant.payload != next) return false;
    next += constant.count;
  }
  return next == view.Words.size();
}

void append_elements(const Listing& listing, std::string& line, std::uint32_t row) {
  const ConstantRecord& constant = listing.view.Constants[row];
  std::string_view separator = " ";
  for (const std::uint32_t word : listing.view.words_of(constant)) {
    line += separator;
    separator = ", ";
    if (is_text(type_of(constant).kind)) {
      listing.names.append_text(line, word);
    } else {
      listing.names.append_constant(line, word, row);
    }
  }
}

void append_zone(const Listing& listing, std::string& line, const ConstantRecord& constant) {
  const ZoneWords zone = zone_of(listing.view.words_of(constant));
  line += ' ';
  listing.names.append_text(line, zone.name);
  line += ' ';
  if (zone.release == kNone) line += "none";
  if (zone.release != kNone) listing.names.append_text(line, zone.release);
  std::string_view separator = " ";
  for (const std::uint32_t word : zone.rules) {
    line += std::string(separator) + std::to_string(word);
    separator = ", ";
  }
}

void append_scalar(const Listing& listing, std::string& line, const ConstantRecord& constant) {
  const Kind kind = type_of(constant).kind;
  line += ' ';
  if (is_text(kind))
    return listing.names.append_text(line, static_cast<std::uint32_t>(constant.payload));
  const std::string text = format(kind, value_of(listing.view, constant));
  const bool is_bare = is_written_bare(kind);
  if (is_bare) line += text;
  if (!is_bare) append_quoted(line, text);
}

void list_constant(const Listing& listing, std::uint32_t row, bool words_in_order) {
  const ConstantRecord& constant = listing.view.Constants[row];
  const ConstantType type = type_of(constant);
  const bool is_in_place = words_in_order || !has_words(constant);
  std::string line = Listing::row_label(row);
  line += spelling_of(type.kind);
  if (type.shape != Shape::One) line += " " + std::string(spelling_of(type.shape));
  if (!is_in_place) {
    line += " words #" + std::to_string(constant.payload) + "+" + std::to_string(constant.count);
  } else if (held_as(type.kind) == Held::Zone) {
    append_zone(listing, line, constant);
  } else if (type.shape == Shape::One) {
    append_scalar(listing, line, constant);
  } else {
    append_elements(listing, line, row);
  }
  const bool is_shown = is_in_place && (type.shape == Shape::One || is_text(type.kind));
  listing.writer.line(line, is_shown ? std::string() : listing.names.describe_constant(row));
}

// ---- rows of fields.def

void append_flags(std::string& line, const FieldRow& field, std::uint64_t value) {
  for (std::size_t bit = 0; bit < field.names.size(); ++bit) {
    if (((value >> bit) & 1U) != 0) line += " " + std::string(field.names[bit]);
  }
}

// A number whose meaning depends on the record's first field.
void append_dependent(const Listing& listing, std::string& line, const FieldRow& field,
                      const U8* record, std::uint32_t value) {
  if (field.form == FieldForm::Owner) {
    const auto* function = reinterpret_cast<const FunctionRecord*>(record);
    if (function->kind == static_cast<U8>(FunctionKind::Policy))
      return listing.names.append_policy(line, value);
    return listing.names.append_row(line, value);
  }
  const auto* step = reinterpret_cast<const PathStepRecord*>(record);
  if (step->kind == static_cast<U8>(PathStepKind::Key))
    return listing.names.append_text(line, value);
  if (step->kind == static_cast<U8>(PathStepKind::Index)) line += std::to_string(value);
}

void append_value(const Listing& listing, std::string& line, const FieldRow& field,
                  const U8* record) {
  const std::uint64_t number = read_field(record, field.offset, field.bytes);
  const auto value = static_cast<std::uint32_t>(number);
  const ListingNames& names = listing.names;
  switch (field.form) {
    case FieldForm::Number:
      line += std::to_string(number);
      break;
    case FieldForm::Row:
      names.append_row(line, number);
      break;
    case FieldForm::Range:
      names.append_row(line, number);
      line += "+" + std::to_string(read_field(record, field.offset + field.bytes, field.bytes));
      break;
    case FieldForm::Word:
      line += field.names[value];
      break;
    case FieldForm::Text:
      names.append_text(line, value);
      break;
    case FieldForm::Name:
      names.append_name(line, value);
      break;
    case FieldForm::Constant:
      names.append_constant(line, value);
      break;
    case FieldForm::Attribute:
      names.append_attribute(line, value);
      break;
    case FieldForm::Policy:
      names.append_policy(line, value);
      break;
    case FieldForm::Function:
      names.append_function(line, value);
      break;
    case FieldForm::Setting:
      line += find_setting(value)->key;
      break;
    case FieldForm::StepValue:
    case FieldForm::Owner:
      append_dependent(listing, line, field, record, value);
      break;
    case FieldForm::Flags:
      break;
  }
}

bool is_absent(const FieldRow& field, const U8* record) {
  if (field.is_positional()) return false;
  const bool is_range = field.form == FieldForm::Range;
  return read_field(record, field.offset, field.bytes) == field.absent &&
         (!is_range || read_field(record, field.offset + field.bytes, field.bytes) == 0);
}

// ---- what the comment of a row says

std::string describe(const Listing& listing, const MappingRecord& mapping) {
  return listing.names.describe_path(mapping);
}
std::string describe(const Listing& listing, const SettingRecord& setting) {
  return listing.names.describe_constant(setting.constant);
}
std::string describe(const Listing& listing, const AttributeRecord& attribute) {
  return attribute.values == kNone ? std::string()
                                   : listing.names.describe_constant(attribute.values);
}
template <class Record>
std::string describe(const Listing& /*listing*/, const Record& /*record*/) {
  return {};
}

template <class Record>
void list_table(const Listing& listing, Section section, std::span<const Record> records) {
  if (records.empty()) return;
  listing.writer.line("");
  listing.writer.line(directive_of(section));
  for (std::size_t i = 0; i < records.size(); ++i) {
    std::string line = Listing::row_label(i);
    listing.append_fields(line, section, reinterpret_cast<const U8*>(&records[i]));
    listing.writer.line(line, describe(listing, records[i]));
  }
}

}  // namespace

void Listing::append_fields(std::string& line, Section section, const U8* record,
                            std::string_view skip) const {
  for (const FieldRow& field : fields_of(section)) {
    if (is_absent(field, record) || (!skip.empty() && field.key == skip)) continue;
    if (field.form == FieldForm::Flags) {
      append_flags(line, field, read_field(record, field.offset, field.bytes));
      continue;
    }
    if (line.back() != ' ') line += ' ';
    if (!field.is_positional()) line += std::string(field.key) + " ";
    append_value(*this, line, field, record);
  }
}

void list_strings(const Listing& listing) {
  const ProgramView& view = listing.view;
  if (view.num_strings() > 0) {
    listing.writer.line("");
    listing.writer.line(".strings");
  }
  for (std::size_t i = 0; i < view.num_strings(); ++i) {
    std::string line = Listing::row_label(i);
    append_quoted(line, view.string(static_cast<std::uint32_t>(i)));
    listing.writer.line(line);
  }
  if (!equal(view.StringIndex, make_string_index(view.StringOffsets, view.StringBytes))) {
    list_numbers(listing, Section::StringIndex, view.StringIndex);
  }
}

void list_constants(const Listing& listing) {
  const ProgramView& view = listing.view;
  const bool in_order = are_words_in_order(view);
  if (!in_order) list_numbers(listing, Section::Words, view.Words);
  if (view.Constants.empty()) return;
  listing.writer.line("");
  listing.writer.line(directive_of(Section::Constants));
  for (std::size_t i = 0; i < view.Constants.size(); ++i)
    list_constant(listing, static_cast<std::uint32_t>(i), in_order);
}

// Policies come before what names them.
void list_tables(const Listing& listing) {
  const ProgramView& view = listing.view;
  list_table(listing, Section::Attributes, view.Attributes);
  list_table(listing, Section::PathSteps, view.PathSteps);
  list_table(listing, Section::Transforms, view.Transforms);
  list_table(listing, Section::Mappings, view.Mappings);
  list_table(listing, Section::Settings, view.Settings);
  list_table(listing, Section::Providers, view.Providers);
  list_table(listing, Section::Policies, view.Policies);
  list_table(listing, Section::Resources, view.Resources);
  list_table(listing, Section::Routes, view.Routes);
  list_table(listing, Section::Permissions, view.Permissions);
}

}  // namespace verdict
