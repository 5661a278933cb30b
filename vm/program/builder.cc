#include "vm/program/builder.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

#include "vm/base/check.h"

namespace verdict {

StringId ProgramBuilder::intern(std::string_view text) {
  const auto [found, is_new] =
      string_ids_.try_emplace(std::string(text), static_cast<std::uint32_t>(strings_.size()));
  if (is_new) strings_.emplace_back(text);
  return StringId(found->second);
}

ConstantId ProgramBuilder::add_constant(ConstantKind kind, std::uint32_t count,
                                        std::uint64_t payload) {
  const ConstantRecord record{static_cast<U8>(kind), {}, count, payload};
  std::string key(sizeof(record), '\0');
  std::memcpy(key.data(), &record, sizeof(record));
  const auto [found, is_new] = constant_ids_.try_emplace(
      std::move(key), static_cast<std::uint32_t>(tables.Constants.size()));
  if (is_new) tables.Constants.push_back(record);
  return ConstantId(found->second);
}

ConstantId ProgramBuilder::add_words(ConstantKind kind, std::span<const std::uint32_t> words) {
  std::string key(1 + words.size_bytes(), static_cast<char>(kind));
  if (!words.empty()) std::memcpy(key.data() + 1, words.data(), words.size_bytes());
  const auto [found, is_new] = constant_ids_.try_emplace(
      std::move(key), static_cast<std::uint32_t>(tables.Constants.size()));
  if (!is_new) return ConstantId(found->second);
  const auto first = static_cast<std::uint64_t>(tables.Words.size());
  tables.Words.insert(tables.Words.end(), words.begin(), words.end());
  tables.Constants.push_back(
      {static_cast<U8>(kind), {}, static_cast<std::uint32_t>(words.size()), first});
  return ConstantId(found->second);
}

std::vector<std::uint32_t> ProgramBuilder::intern_all(std::span<const std::string> texts) {
  std::vector<std::uint32_t> ids;
  for (const std::string& text : texts) ids.push_back(intern(text).value());
  return ids;
}

std::vector<std::uint32_t> ProgramBuilder::add_all(std::span<const Number> numbers) {
  std::vector<std::uint32_t> ids;
  for (const Number& number : numbers) ids.push_back(add_number(number).value());
  return ids;
}

ConstantId ProgramBuilder::add_boolean(bool value) {
  return add_constant(ConstantKind::Boolean, 0, value ? 1 : 0);
}

ConstantId ProgramBuilder::add_number(const Number& value) {
  if (value.is_integer()) {
    return add_constant(ConstantKind::Integer, 0, std::bit_cast<std::uint64_t>(value.integer()));
  }
  return add_constant(ConstantKind::Double, 0, std::bit_cast<std::uint64_t>(value.real()));
}

ConstantId ProgramBuilder::add_string(std::string_view text) {
  return add_constant(ConstantKind::String, 0, intern(text).value());
}

ConstantId ProgramBuilder::add_timestamp(std::int64_t microseconds) {
  return add_constant(ConstantKind::Timestamp, 0, std::bit_cast<std::uint64_t>(microseconds));
}

ConstantId ProgramBuilder::add_ip(const IpValue& ip) {
  std::array<std::uint32_t, 4> words{};
  for (std::size_t i = 0; i < ip.size(); ++i)
    words[i / 4] |= std::uint32_t{ip[i]} << (8U * (i % 4));
  return add_words(ConstantKind::Ip, words);
}

ConstantId ProgramBuilder::add_string_list(std::span<const std::string> texts) {
  return add_words(ConstantKind::StringList, intern_all(texts));
}

ConstantId ProgramBuilder::add_string_set(std::span<const std::string> texts) {
  std::vector<std::uint32_t> ids = intern_all(texts);
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return add_words(ConstantKind::StringSet, ids);
}

ConstantId ProgramBuilder::add_number_list(std::span<const Number> numbers) {
  return add_words(ConstantKind::NumberList, add_all(numbers));
}

ConstantId ProgramBuilder::add_number_set(std::span<const Number> numbers) {
  std::vector<Number> sorted(numbers.begin(), numbers.end());
  std::sort(sorted.begin(), sorted.end());
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  return add_words(ConstantKind::NumberSet, add_all(sorted));
}

ConstantId ProgramBuilder::add_number_range(const Number& low, const Number& high) {
  return add_words(ConstantKind::NumberRange, add_all(std::array{low, high}));
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
