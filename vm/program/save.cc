// Writing: tables to bytes.
#include <cstring>

#include "vm/base/hash.h"
#include "vm/program/builder.h"
#include <verdict/version.h>

namespace verdict {
namespace {

std::size_t align(std::size_t offset) {
  return (offset + kSectionAlignment - 1) / kSectionAlignment * kSectionAlignment;
}

class Writer {
 public:
  Writer() : bytes_(sizeof(FileHeader) + kNumSections * sizeof(SectionEntry)) {}

  template <class Record>
  void append(Section section, const std::vector<Record>& records) {
    const std::size_t size = records.size() * sizeof(Record);
    const SectionEntry entry{kSections[static_cast<std::size_t>(section)].number, 0U, bytes_.size(),
                             size};
    std::memcpy(bytes_.data() + sizeof(FileHeader) +
                    static_cast<std::size_t>(section) * sizeof(SectionEntry),
                &entry, sizeof(entry));
    const std::size_t begin = bytes_.size();
    bytes_.resize(align(begin + size));
    if (size > 0) std::memcpy(bytes_.data() + begin, records.data(), size);
  }

  std::vector<std::byte> finish(std::uint32_t num_registers) && {
    FileHeader header{};
    header.magic = kMagic;
    header.major = kFormatMajor;
    header.minor = kFormatMinor;
    header.byte_order = kByteOrderMark;
    header.total_bytes = bytes_.size();
    header.num_sections = static_cast<std::uint32_t>(kNumSections);
    header.language = kLanguageVersion;
    header.num_registers = num_registers;
    std::memcpy(bytes_.data(), &header, sizeof(header));
    seal(bytes_);
    return std::move(bytes_);
  }

 private:
  std::vector<std::byte> bytes_;
};

}  // namespace

std::vector<std::byte> save(const ProgramTables& tables) {
  Writer writer;
#define VERDICT_SECTION(number, name, record, spelling) writer.append(Section::name, tables.name);
#include "vm/program/sections.def"
  return std::move(writer).finish(tables.num_registers);
}

void seal(std::span<std::byte> bytes) {
  if (bytes.size() < sizeof(FileHeader)) return;
  const U64 zero = 0U;
  std::memcpy(bytes.data() + offsetof(FileHeader, checksum), &zero, sizeof(zero));
  const U64 checksum = hash_bytes(bytes);
  std::memcpy(bytes.data() + offsetof(FileHeader, checksum), &checksum, sizeof(checksum));
}

std::vector<U32> make_string_index(std::span<const U32> offsets, std::span<const U8> bytes) {
  const std::size_t num_strings = offsets.size() - 1;
  std::size_t capacity = 2;
  while (capacity < num_strings * 2) capacity *= 2;
  std::vector<U32> index(capacity, U32(kNone));
  for (std::size_t id = 0; id < num_strings; ++id) {
    const std::uint32_t begin = offsets[id];
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()) + begin,
                                offsets[id + 1] - begin);
    std::size_t at = hash_text(text) & (capacity - 1);
    while (index[at] != kNone) at = (at + 1) & (capacity - 1);
    index[at] = static_cast<std::uint32_t>(id);
  }
  return index;
}

}  // namespace verdict
