#include "vm/bind/transform.h"

#include <algorithm>
#include <numeric>

#include "vm/bind/bind.h"
#include "vm/value/time.h"

namespace verdict {
namespace {

char to_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

std::span<const TransformRecord> transforms_of(const ProgramView& view,
                                               const MappingRecord& mapping) {
  return view.Transforms.subspan(mapping.first_transform, mapping.num_transforms);
}

// Applies one transform after the other, each to a form that it takes; each member is one row of
// transforms.def, or what several share.
class Chain {
 public:
  Chain(const ProgramView& view, TransformValue& value) : view_(view), value_(value) {}

  InvalidReason apply(const TransformRecord& record) {
    const auto transform = static_cast<Transform>(record.transform);
    switch (transform) {
      case Transform::Lower:
        return lower();
      case Transform::Trim:
        return narrow([](std::string_view text) { return trim(text); });
      case Transform::StripPrefix:
        return strip_prefix(view_.string(record.argument));
      case Transform::SplitSpace:
        return split_at(' ', [](std::string_view part) { return part; });
      case Transform::SplitComma:
        return split_at(',', trim);
      case Transform::Keys:
        value_.form = Form::List;
        return InvalidReason::None;
      case Transform::ToNumber:
        return to_number();
      case Transform::ToTimestamp:
        return to_timestamp();
      case Transform::EmailDomain:
        return email_domain();
      case Transform::ClerkPermissions:
        value_.form = Form::List;
        return unpack_clerk_permissions(value_.packed, value_.list, value_.made.emplace_back());
    }
    return InvalidReason::NotTaken;
  }

 private:
  template <class Visit>
  void for_each_text(Visit visit) {
    if (value_.form == Form::Text) return visit(value_.text);
    for (std::string_view& text : value_.list) visit(text);
  }

  // By a part of each text.
  template <class Change>
  InvalidReason narrow(Change change) {
    for_each_text([&change](std::string_view& text) { text = change(text); });
    return InvalidReason::None;
  }

  InvalidReason strip_prefix(std::string_view prefix) {
    return narrow([prefix](std::string_view text) {
      return text.starts_with(prefix) ? text.substr(prefix.size()) : text;
    });
  }

  InvalidReason lower() {
    std::size_t size = 0;
    for_each_text([&size](std::string_view text) { size += text.size(); });
    value_.made.push_back(std::make_unique<char[]>(size));
    char* to = value_.made.back().get();
    for_each_text([&to](std::string_view& text) {
      const char* const begin = to;
      to = std::transform(text.begin(), text.end(), to, to_lower);
      text = {begin, text.size()};
    });
    return InvalidReason::None;
  }

  template <class Change>
  InvalidReason split_at(char separator, Change change) {
    if (value_.form == Form::List) return InvalidReason::None;
    value_.form = Form::List;
    for (const std::string_view part : split(value_.text, separator)) {
      const std::string_view text = change(part);
      if (!text.empty()) value_.list.push_back(text);
    }
    return InvalidReason::None;
  }

  InvalidReason to_number() {
    if (value_.form == Form::Number) return InvalidReason::None;
    const ParsedNumber parsed = parse_number(value_.text);
    if (!parsed.value) {
      return parsed.error == NumberError::NotANumber ? InvalidReason::NotANumber
                                                     : InvalidReason::OutOfRange;
    }
    value_.form = Form::Number;
    value_.number = parsed.value;
    value_.is_integer = is_integer_spelling(value_.text);
    return InvalidReason::None;
  }

  InvalidReason to_timestamp() {
    const std::optional<std::int64_t> time =
        value_.form == Form::Text ? parse_rfc3339(value_.text) : numeric_date_of_value();
    if (!time)
      return value_.form == Form::Text ? InvalidReason::NotRfc3339 : why_no_date(value_.number);
    value_.form = Form::Time;
    value_.time = *time;
    return InvalidReason::None;
  }

  // A fraction by its spelling, as Converter does.
  [[nodiscard]] std::optional<std::int64_t> numeric_date_of_value() const {
    if (!value_.is_integer) return parse_numeric_date(value_.text);
    return value_.number ? numeric_date(value_.number->integer()) : std::nullopt;
  }

  InvalidReason email_domain() {
    const std::size_t at = value_.text.find('@');
    const bool is_email = at != std::string_view::npos && at > 0 && at + 1 < value_.text.size() &&
                          value_.text.find('@', at + 1) == std::string_view::npos;
    if (!is_email) return InvalidReason::NotAnEmail;
    value_.text.remove_prefix(at + 1);
    return lower();
  }

  const ProgramView& view_;
  TransformValue& value_;
};

// What the last transform gave, as Converter reads claims. Borrows the value.
class TransformedNode {
 public:
  explicit TransformedNode(const TransformValue& value) : value_(&value) {}

  [[nodiscard]] ClaimKind kind() const {
    if (element_ != kItself || value_->form == Form::Text) return ClaimKind::String;
    return value_->form == Form::Number ? ClaimKind::Number : ClaimKind::Array;
  }
  [[nodiscard]] static bool boolean() { return false; }
  [[nodiscard]] std::optional<Number> number() const { return value_->number; }
  [[nodiscard]] bool is_integer() const { return value_->is_integer; }
  [[nodiscard]] std::string_view text() const {
    return element_ == kItself ? value_->text : value_->list[element_];
  }
  [[nodiscard]] static std::optional<TransformedNode> find(std::string_view) {
    return std::nullopt;
  }
  [[nodiscard]] static std::string_view key() { return {}; }
  [[nodiscard]] std::size_t size() const { return value_->list.size(); }
  [[nodiscard]] TransformedNode at(std::size_t index) const { return {*value_, index}; }
  [[nodiscard]] TransformedNode next() const { return {*value_, element_ + 1}; }

 private:
  static constexpr std::size_t kItself = static_cast<std::size_t>(-1);
  TransformedNode(const TransformValue& value, std::size_t element)
      : value_(&value), element_(element) {}

  const TransformValue* value_;
  std::size_t element_ = kItself;
};
static_assert(ClaimNode<TransformedNode>);

InvalidReason convert_transformed(const ProgramView& view, const AttributeRecord& attribute,
                                  const TransformValue& value, Slots& slots, Slot& slot) {
  const auto kind = static_cast<Kind>(attribute.kind);
  if (value.form != Form::Time || kind == Kind::Presence)
    return Converter<TransformedNode>(view, slots, attribute).convert(TransformedNode(value), slot);
  slot.timestamp = value.time;  // the loader has proved that the attribute is one
  return InvalidReason::None;
}

}  // namespace

bool refuse_form(const ProgramView& view, const MappingRecord& mapping, std::optional<Form> form,
                 Slots& slots) {
  const AttributeId id(mapping.attribute);
  FormSet forms = form ? FormSet(*form) : FormSet();
  for (const TransformRecord& record : transforms_of(view, mapping)) {
    const TransformRow& row = kTransforms[record.transform];
    forms = forms_after(row, forms);
    if (!forms.empty()) continue;
    slots.set_invalid(id, InvalidReason::NotTaken, row.transform);
    return true;
  }
  if (can_become(forms, static_cast<Kind>(view.Attributes[mapping.attribute].kind))) return false;
  slots.set_invalid(id, InvalidReason::WrongType);
  return true;
}

void bind_transformed(const Program& program, const MappingRecord& mapping, TransformValue value,
                      Slots& slots) {
  const ProgramView& view = program.view();
  const AttributeId id(mapping.attribute);
  Chain chain(view, value);
  for (const TransformRecord& record : transforms_of(view, mapping)) {
    const InvalidReason reason = chain.apply(record);
    if (reason != InvalidReason::None)
      return slots.set_invalid(id, reason, static_cast<Transform>(record.transform));
  }
  const AttributeRecord& attribute = view.Attributes[mapping.attribute];
  Slot slot;
  const InvalidReason reason = convert_transformed(view, attribute, value, slots, slot);
  if (reason != InvalidReason::None) return slots.set_invalid(id, reason);
  slots.copy_texts(static_cast<Kind>(attribute.kind), slot);
  slots.set(id, slot, Origin::Transformed);
}

}  // namespace verdict
