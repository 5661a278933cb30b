// For tests of the loader: a good program of which one thing is changed, and the one error that
// this must give.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "tests/vm/program/program_texts.h"
#include "vm/base/limits.h"
#include "vm/program/builder.h"
#include "vm/program/layout.h"
#include "vm/program/load_error.h"
#include "vm/verify/verify.h"

namespace verdict::testing {

using FileBytes = std::vector<std::byte>;

// "" if the bytes load, else the error's number and message.
inline std::string load_result(std::span<const std::byte> bytes, const LoadLimits& limits = {}) {
  const auto program = Program::load(bytes, limits);
  return program ? std::string()
                 : std::string(program.error().code) + " " + program.error().message;
}

inline void expect_accepted(std::span<const std::byte> bytes) { EXPECT_EQ(load_result(bytes), ""); }

inline void expect_refused(std::span<const std::byte> bytes, LoadError error,
                           const LoadLimits& limits = {}) {
  const std::string result = load_result(bytes, limits);
  EXPECT_EQ(result.substr(0, 4), get_load_error_row(error).number) << result;
}

// ---- changing bytes

inline const FileBytes& good_bytes() {
  static const FileBytes bytes = must_assemble(assembly_text("several_policies"));
  return bytes;
}

// The byte offset of a record in the good program.
inline std::size_t record_offset(Section section, std::size_t index) {
  static const std::shared_ptr<const Program> program = must_load(good_bytes());
  return static_cast<std::size_t>(offset_of(program->view(), section, index));
}
inline std::size_t section_entry_offset(Section section) {
  return sizeof(FileHeader) + static_cast<std::size_t>(section) * sizeof(SectionEntry);
}

template <class T>
FileBytes with_patch(FileBytes bytes, std::size_t offset, T value) {
  const LittleEndian<T> stored(value);
  std::memcpy(bytes.data() + offset, &stored, sizeof(stored));
  return bytes;
}
// A number of the good program.
template <class T>
T read_patchable(std::size_t offset) {
  LittleEndian<T> stored;
  std::memcpy(&stored, good_bytes().data() + offset, sizeof(stored));
  return stored;
}
inline FileBytes sealed(FileBytes bytes) {
  seal(bytes);
  return bytes;
}
template <class T>
FileBytes good_with_patch(std::size_t offset, T value) {
  return sealed(with_patch(good_bytes(), offset, value));
}

// ---- changing the text

// The good program's text with the one occurrence of `from` replaced.
inline std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  if (at == std::string::npos) return text;
  EXPECT_EQ(text.find(from, at + 1), std::string::npos) << from << " occurs twice";
  return text.replace(at, from.size(), to);
}
inline const std::string& good_text() {
  static const std::string text = assembly_text("several_policies");
  return text;
}
inline FileBytes good_with(std::string_view from, std::string_view to) {
  return must_assemble(replaced(good_text(), from, to));
}

}  // namespace verdict::testing

// One change of the good program's text, one error. A macro, so that a failure names the line of
// the case.
#define EXPECT_CHANGE_REFUSED(from, to, error)                                  \
  do {                                                                          \
    SCOPED_TRACE(from " -> " to);                                               \
    ::verdict::testing::expect_refused(::verdict::testing::good_with(from, to), \
                                       ::verdict::LoadError::error);            \
  } while (false)
