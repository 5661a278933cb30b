// V01 to V10: what the loader asks of a file before it looks at what the tables hold.
#include <cstddef>
#include <limits>

#include "tests/vm/verify/loader_cases.h"
#include <verdict/version.h>

namespace verdict::testing {
namespace {

constexpr std::uint64_t kHuge = std::numeric_limits<std::uint64_t>::max();

TEST(LoaderChecklist, TheGoodProgramsLoad) {
  for (const std::string& name : assembly_names()) {
    SCOPED_TRACE(name);
    expect_accepted(must_assemble(assembly_text(name)));
  }
}

TEST(LoaderChecklist, V01_SizeBelowHeaderOrAboveLimit) {
  const FileBytes& good = good_bytes();
  for (std::size_t size = 0; size < sizeof(FileHeader); ++size)
    expect_refused(std::span(good).first(size), LoadError::FileSize);
  expect_refused(good, LoadError::FileSize, LoadLimits{.max_bytes = good.size() - 1});
  EXPECT_EQ(load_result(good, LoadLimits{.max_bytes = good.size()}), "");
}

TEST(LoaderChecklist, V02_Magic) {
  for (std::size_t i = 0; i < kMagic.size(); ++i) {
    SCOPED_TRACE(i);
    expect_refused(good_with_patch<std::uint8_t>(i, static_cast<std::uint8_t>(kMagic[i] ^ 0x20U)),
                   LoadError::Magic);
  }
}

TEST(LoaderChecklist, V03_FormatVersion) {
  const auto major = [](std::uint16_t value) {
    return good_with_patch(offsetof(FileHeader, major), value);
  };
  expect_refused(major(kFormatMajor + 1), LoadError::Version);
  expect_refused(major(kFormatMajor - 1), LoadError::Version);
  expect_refused(good_with_patch<std::uint16_t>(offsetof(FileHeader, minor), kFormatMinor + 1),
                 LoadError::Version);
}

TEST(LoaderChecklist, V04_ByteOrder) {
  expect_refused(good_with_patch<std::uint32_t>(offsetof(FileHeader, byte_order), 0x04030201),
                 LoadError::ByteOrder);
}

// All fields are read bytewise: the same file at every alignment.
TEST(LoaderChecklist, V04_NoAlignmentAssumed) {
  for (std::size_t shift = 0; shift < 8; ++shift) {
    FileBytes moved(shift, std::byte{0xEE});
    moved.insert(moved.end(), good_bytes().begin(), good_bytes().end());
    expect_accepted(std::span(moved).subspan(shift));
  }
}

TEST(LoaderChecklist, V05_DeclaredLengthAndTrailingBytes) {
  FileBytes longer = good_bytes();
  longer.resize(longer.size() + 8);
  expect_refused(longer, LoadError::Length);
  expect_refused(std::span(good_bytes()).first(good_bytes().size() - 8), LoadError::Length);
  expect_refused(good_with_patch<std::uint64_t>(offsetof(FileHeader, total_bytes), kHuge),
                 LoadError::Length);
}

TEST(LoaderChecklist, V05_TrailingBytesThatTheLengthCovers) {
  FileBytes longer = good_bytes();
  longer.resize(longer.size() + 8);
  expect_refused(
      sealed(with_patch<std::uint64_t>(longer, offsetof(FileHeader, total_bytes), longer.size())),
      LoadError::Sections);
}

TEST(LoaderChecklist, V05_EveryTruncation) {
  const FileBytes& good = good_bytes();
  for (std::size_t size = sizeof(FileHeader); size < good.size(); ++size) {
    FileBytes cut(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(size));
    ASSERT_EQ(load_result(cut).substr(0, 4), "L105") << size;
    cut = sealed(with_patch<std::uint64_t>(cut, offsetof(FileHeader, total_bytes), size));
    ASSERT_NE(load_result(cut), "") << size << " bytes, and a header that says so";
  }
}

TEST(LoaderChecklist, V06_SectionCount) {
  for (const std::uint32_t count : {0U, static_cast<std::uint32_t>(kNumSections) - 1,
                                    static_cast<std::uint32_t>(kNumSections) + 1, ~0U}) {
    SCOPED_TRACE(count);
    expect_refused(good_with_patch<std::uint32_t>(offsetof(FileHeader, num_sections), count),
                   LoadError::Sections);
  }
}

TEST(LoaderChecklist, V06_FileEndsWithinTheSectionTable) {
  FileBytes cut(good_bytes().begin(),
                good_bytes().begin() + sizeof(FileHeader) + sizeof(SectionEntry));
  expect_refused(
      sealed(with_patch<std::uint64_t>(cut, offsetof(FileHeader, total_bytes), cut.size())),
      LoadError::Sections);
}

// Missing, duplicated, unknown and swapped sections all show in the number that stands at a place.
TEST(LoaderChecklist, V06_SectionNumbers) {
  for (std::size_t i = 0; i < kNumSections; ++i) {
    const std::size_t at =
        section_entry_offset(static_cast<Section>(i)) + offsetof(SectionEntry, number);
    for (const std::uint32_t wrong :
         {0U, static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(i) + 2, ~0U}) {
      SCOPED_TRACE(i);
      expect_refused(good_with_patch<std::uint32_t>(at, wrong), LoadError::Sections);
    }
  }
}

TEST(LoaderChecklist, V06_OverlapGapAndOverflow) {
  for (std::size_t i = 0; i < kNumSections; ++i) {
    SCOPED_TRACE(i);
    const std::size_t at = section_entry_offset(static_cast<Section>(i));
    const std::uint64_t offset = read_patchable<std::uint64_t>(at + offsetof(SectionEntry, offset));
    const std::uint64_t size = read_patchable<std::uint64_t>(at + offsetof(SectionEntry, size));
    for (const std::uint64_t wrong :
         {offset - 8, offset + 8, offset + 1, std::uint64_t{0}, kHuge, kHuge - 7}) {
      expect_refused(good_with_patch(at + offsetof(SectionEntry, offset), wrong),
                     LoadError::Sections);
    }
    for (const std::uint64_t wrong :
         {size + 4096, kHuge, kHuge - 7, kHuge - offset, kHuge - offset + 1}) {
      expect_refused(good_with_patch(at + offsetof(SectionEntry, size), wrong),
                     LoadError::Sections);
    }
  }
}

TEST(LoaderChecklist, V06_SizeIsNoMultipleOfARecord) {
  const std::size_t at = section_entry_offset(Section::Code) + offsetof(SectionEntry, size);
  expect_refused(good_with_patch(at, read_patchable<std::uint64_t>(at) - 1), LoadError::Sections);
}

TEST(LoaderChecklist, V07_ReservedBits) {
  for (std::size_t i = 0; i < 16; ++i) {
    expect_refused(good_with_patch<std::uint8_t>(offsetof(FileHeader, reserved) + i, 1),
                   LoadError::Reserved);
  }
  expect_refused(good_with_patch<std::uint32_t>(
                     section_entry_offset(Section::Code) + offsetof(SectionEntry, reserved), 1),
                 LoadError::Reserved);
  const auto reserved = [](Section section, std::size_t offset, std::uint8_t value) {
    expect_refused(good_with_patch<std::uint8_t>(record_offset(section, 0) + offset, value),
                   LoadError::Reserved);
  };
  reserved(Section::Constants, offsetof(ConstantRecord, reserved), 1);
  reserved(Section::Attributes, offsetof(AttributeRecord, reserved), 1);
  reserved(Section::Attributes, offsetof(AttributeRecord, flags), 0x80);
  reserved(Section::PathSteps, offsetof(PathStepRecord, reserved), 1);
  reserved(Section::Mappings, offsetof(MappingRecord, reserved), 1);
  reserved(Section::Mappings, offsetof(MappingRecord, flags), 2);
  reserved(Section::Mappings, offsetof(MappingRecord, first_transform), 1);  // of none
  reserved(Section::Transforms, offsetof(TransformRecord, reserved), 1);
  reserved(Section::Policies, offsetof(PolicyRecord, reserved), 1);
  reserved(Section::Functions, offsetof(FunctionRecord, reserved), 1);
  reserved(Section::Rules, offsetof(RuleRecord, reserved), 1);
}

TEST(LoaderChecklist, V07_Padding) {
  const std::size_t entry = section_entry_offset(Section::StringBytes);
  const std::uint64_t end = read_patchable<std::uint64_t>(entry + offsetof(SectionEntry, offset)) +
                            read_patchable<std::uint64_t>(entry + offsetof(SectionEntry, size));
  ASSERT_NE(end % kSectionAlignment, 0U) << "the good program has padding there";
  expect_refused(good_with_patch<std::uint8_t>(static_cast<std::size_t>(end), 1),
                 LoadError::Reserved);
}

TEST(LoaderChecklist, V08_CountsWithinLimits) {
  expect_refused(good_with_patch<std::uint32_t>(offsetof(FileHeader, num_registers), 257),
                 LoadError::Limit);
  expect_accepted(good_with_patch<std::uint32_t>(offsetof(FileHeader, num_registers), 256));
  const auto with_attributes = [](std::size_t count) {
    ProgramBuilder builder;
    for (std::size_t i = 0; i < count; ++i) {
      const AttributeRecord attribute{builder.intern("a" + std::to_string(i)).value(),
                                      static_cast<U8>(Kind::String),
                                      0,
                                      0,
                                      0,
                                      kNone};
      builder.tables.Attributes.push_back(attribute);
    }
    return std::move(builder).finish();
  };
  expect_accepted(with_attributes(limits::kMaxAttributes));
  expect_refused(with_attributes(limits::kMaxAttributes + 1), LoadError::Limit);
}

// A table can only be as long as the file is: what a header declares allocates nothing.
TEST(LoaderChecklist, V08_DeclaredCountsAllocateNothing) {
  for (std::size_t i = 0; i < kNumSections; ++i) {
    const std::size_t at =
        section_entry_offset(static_cast<Section>(i)) + offsetof(SectionEntry, size);
    expect_refused(good_with_patch<std::uint64_t>(at, std::uint64_t{1} << 62U),
                   LoadError::Sections);
  }
}

TEST(LoaderChecklist, V09_Checksum) {
  const FileBytes& good = good_bytes();
  for (std::size_t at = 0; at < good.size(); ++at) {
    FileBytes damaged = good;
    damaged[at] ^= std::byte{0x10};
    ASSERT_NE(load_result(damaged), "") << at;
    const bool is_looked_at_before = at < offsetof(FileHeader, checksum);
    if (!is_looked_at_before) {
      ASSERT_EQ(load_result(damaged).substr(0, 4), get_load_error_row(LoadError::Checksum).number)
          << at;
    }
  }
}

}  // namespace
}  // namespace verdict::testing
