#include "vm/program/builder.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <utility>

#include "vm/base/check.h"

namespace verdict {
namespace {

// One overload an alternative of Scalar.
struct ScalarEncoder {
  EncodedScalar operator()(bool value) const { return {0, value ? 1U : 0U, {}}; }
  EncodedScalar operator()(const Number& value) const {
    if (value.is_integer()) return {0, std::bit_cast<std::uint64_t>(value.integer()), {}};
    return {ConstantRecord::kReal, std::bit_cast<std::uint64_t>(value.real()), {}};
  }
  EncodedScalar operator()(const std::string& /*text*/) const { return {}; }
  EncodedScalar operator()(const Timestamp& value) const {
    return {0, std::bit_cast<std::uint64_t>(value.microseconds), {}};
  }
  EncodedScalar operator()(const IpValue& value) const {
    EncodedScalar encoded;
    encoded.words.resize(value.size() / 4);
    for (std::size_t i = 0; i < value.size(); ++i)
      encoded.words[i / 4] |= std::uint32_t{value[i]} << (8U * (i % 4));
    return encoded;
  }
  EncodedScalar operator()(const Network& value) const {
    EncodedScalar encoded = (*this)(value.address);
    encoded.words.push_back(value.prefix_length);
    return encoded;
  }
};

// In the order that a set has where it is not one of texts.
std::vector<Scalar> in_order(Held held, std::vector<Scalar> values) {
  if (held != Held::Network) {
    std::stable_sort(values.begin(), values.end(), [held](const Scalar& a, const Scalar& b) {
      return is_less(held, slot_of(a), slot_of(b));
    });
    return values;
  }
  std::vector<Network> networks;
  for (const Scalar& value : values) networks.push_back(std::get<Network>(value));
  networks = without_nested(std::move(networks));
  return {networks.begin(), networks.end()};
}

}  // namespace

EncodedScalar encode_scalar(const Scalar& scalar) { return std::visit(ScalarEncoder(), scalar); }

StringId ProgramBuilder::intern(std::string_view text) {
  const auto [found, is_new] =
      string_ids_.try_emplace(std::string(text), static_cast<std::uint32_t>(strings_.size()));
  if (is_new) strings_.emplace_back(text);
  return StringId(found->second);
}

ConstantId ProgramBuilder::add_record(const ConstantRecord& record) {
  std::string key(sizeof(record), '\0');
  std::memcpy(key.data(), &record, sizeof(record));
  const auto [found, is_new] = constant_ids_.try_emplace(
      std::move(key), static_cast<std::uint32_t>(tables.Constants.size()));
  if (is_new) tables.Constants.push_back(record);
  return ConstantId(found->second);
}

ConstantId ProgramBuilder::add_words(ConstantType type, std::span<const std::uint32_t> words) {
  std::string key = {static_cast<char>(type.kind), static_cast<char>(type.shape)};
  key.append(reinterpret_cast<const char*>(words.data()), words.size_bytes());
  const auto [found, is_new] = constant_ids_.try_emplace(
      std::move(key), static_cast<std::uint32_t>(tables.Constants.size()));
  if (!is_new) return ConstantId(found->second);
  const auto first = static_cast<std::uint64_t>(tables.Words.size());
  tables.Words.insert(tables.Words.end(), words.begin(), words.end());
  tables.Constants.push_back({static_cast<U8>(type.kind), static_cast<U8>(type.shape), 0, 0,
                              static_cast<std::uint32_t>(words.size()), first});
  return ConstantId(found->second);
}

ConstantId ProgramBuilder::add(Kind kind, const Scalar& value) {
  const EncodedScalar encoded = encode_scalar(value);
  if (!encoded.words.empty()) return add_words({kind, Shape::One}, encoded.words);
  const auto* text = std::get_if<std::string>(&value);
  return add_record({static_cast<U8>(kind), static_cast<U8>(Shape::One), encoded.flags, 0, 0U,
                     text != nullptr ? intern(*text).value() : encoded.payload});
}

std::uint32_t ProgramBuilder::add_element(Kind kind, const Scalar& value) {
  const auto* text = std::get_if<std::string>(&value);
  return text != nullptr ? intern(*text).value() : add(kind, value).value();
}

std::vector<std::uint32_t> ProgramBuilder::words_of_values(ConstantType type,
                                                           std::span<const Scalar> values) {
  VERDICT_CHECK(type.shape != Shape::One);
  std::vector<Scalar> sorted(values.begin(), values.end());
  if (type.shape == Shape::Set) sorted = in_order(held_as(type.kind), std::move(sorted));
  std::vector<std::uint32_t> words;
  for (const Scalar& value : sorted) words.push_back(add_element(type.kind, value));
  if (type.shape == Shape::Set) {
    if (is_text(type.kind)) std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
  }
  return words;
}

ConstantId ProgramBuilder::add(Kind kind, Shape shape, std::span<const Scalar> values) {
  VERDICT_CHECK(!is_local(kind));
  return add_words({kind, shape}, words_of_values({kind, shape}, values));
}

ConstantId ProgramBuilder::add_local(ConstantType type, std::span<const Scalar> values,
                                     ConstantId zone) {
  std::vector<std::uint32_t> words = words_of_values(type, values);
  words.insert(words.begin(), zone.value());
  return add_words(type, words);
}

ConstantId ProgramBuilder::add_zone(std::string_view name,
                                    const std::optional<std::string>& release,
                                    std::span<const std::uint32_t> rules) {
  std::vector<std::uint32_t> words = {intern(name).value(),
                                      release ? intern(*release).value() : kNone};
  words.insert(words.end(), rules.begin(), rules.end());
  return add_words({Kind::TimeZone, Shape::One}, words);
}

std::vector<std::byte> ProgramBuilder::finish() && {
  std::uint32_t end = 0;
  tables.StringOffsets.assign(1, 0U);
  for (const std::string& text : strings_) {
    tables.StringBytes.insert(tables.StringBytes.end(), text.begin(), text.end());
    end += static_cast<std::uint32_t>(text.size());
    tables.StringOffsets.push_back(end);
  }
  tables.StringIndex = make_string_index(tables.StringOffsets, tables.StringBytes);
  return save(tables);
}

}  // namespace verdict
