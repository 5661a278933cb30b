// Reading: bytes to a Program, or the reason why not. Checks V01 to V09 stand here, the others in
// verify_*.cc.
#include <algorithm>
#include <cstring>
#include <new>
#include <string>
#include <utility>

#include "vm/base/hash.h"
#include "vm/base/limits.h"
#include "vm/program/builder.h"
#include "vm/program/load_error.h"
#include "vm/program/program.h"
#include "vm/verify/verify.h"
#include "vm/verify/work.h"
#include <verdict/version.h>

namespace verdict {
namespace {

using Bytes = std::span<std::byte>;

std::string both(std::uint64_t found, std::uint64_t expected) {
  return "found " + std::to_string(found) + ", expected " + std::to_string(expected);
}

Expected<void, Error> check_size(std::size_t size, const LoadLimits& limits) {
  if (size < sizeof(FileHeader)) {
    return refuse(LoadError::FileSize, std::to_string(size) + " bytes cannot hold a header of " +
                                           std::to_string(sizeof(FileHeader)) + " bytes");
  }
  if (size > limits.max_bytes) {
    return refuse(LoadError::FileSize, std::to_string(size) + " bytes are more than the allowed " +
                                           std::to_string(limits.max_bytes));
  }
  return {};
}

Expected<void, Error> check_identity(const FileHeader& header, std::size_t size) {
  if (header.magic != kMagic)
    return refuse(LoadError::Magic, "the first 8 bytes are not those of a program", 0);
  if (header.major != kFormatMajor || header.minor > kFormatMinor) {
    return refuse(LoadError::Version,
                  "the program is of format " + std::to_string(header.major) + "." +
                      std::to_string(header.minor) + ", this library reads " +
                      std::to_string(kFormatMajor) + ".0 to " + std::to_string(kFormatMajor) + "." +
                      std::to_string(kFormatMinor),
                  offsetof(FileHeader, major));
  }
  if (header.byte_order != kByteOrderMark) {
    return refuse(LoadError::ByteOrder, "the file was written with another byte order",
                  offsetof(FileHeader, byte_order));
  }
  if (header.total_bytes != size) {
    return refuse(LoadError::Length, both(size, header.total_bytes) + " bytes",
                  offsetof(FileHeader, total_bytes));
  }
  return {};
}

// Verifies the checksum of a copy whose checksum field may be overwritten; it is put back.
Expected<void, Error> check_checksum(Bytes bytes, const FileHeader& header) {
  seal(bytes);
  FileHeader sealed;
  std::memcpy(&sealed, bytes.data(), sizeof(sealed));
  std::memcpy(bytes.data(), &header, sizeof(header));
  if (sealed.checksum != header.checksum) {
    return refuse(LoadError::Checksum, "the file was damaged or changed after it was compiled",
                  offsetof(FileHeader, checksum));
  }
  return {};
}

Expected<void, Error> check_header(const FileHeader& header) {
  if (header.features != 0) {
    return refuse(LoadError::Feature, "unknown feature bits are set",
                  offsetof(FileHeader, features));
  }
  if (header.language != kLanguageVersion) {
    return refuse(LoadError::Feature,
                  "language version: " + both(header.language, kLanguageVersion),
                  offsetof(FileHeader, language));
  }
  if (std::any_of(header.reserved.begin(), header.reserved.end(),
                  [](U8 byte) { return byte != 0; })) {
    return refuse(LoadError::Reserved, "the header's reserved bytes are not zero",
                  offsetof(FileHeader, reserved));
  }
  if (header.num_registers > limits::kMaxRegisters) {
    return refuse(LoadError::Limit, "more registers than a function can have",
                  offsetof(FileHeader, num_registers));
  }
  return {};
}

// Walks the section table once. Every size is compared with what is left of the file, so that
// nothing can overflow.
class SectionReader {
 public:
  explicit SectionReader(std::span<const std::byte> bytes) : bytes_(bytes), end_(kTableEnd) {}

  static Expected<void, Error> check_table(const FileHeader& header, std::size_t size) {
    if (header.num_sections != kNumSections) {
      return refuse(LoadError::Sections,
                    "number of sections: " + both(header.num_sections, kNumSections),
                    offsetof(FileHeader, num_sections));
    }
    if (size < kTableEnd)
      return refuse(LoadError::Sections, "the file ends within the section table", size);
    return {};
  }

  template <class Record>
  Expected<void, Error> read(Section section, std::span<const Record>& records) {
    const SectionRow& row = kSections[static_cast<std::size_t>(section)];
    const std::size_t at =
        sizeof(FileHeader) + static_cast<std::size_t>(section) * sizeof(SectionEntry);
    SectionEntry entry;
    std::memcpy(&entry, bytes_.data() + at, sizeof(entry));
    VERDICT_TRY(check_entry(entry, row, at));
    const auto offset = static_cast<std::size_t>(entry.offset);
    const std::size_t count = static_cast<std::size_t>(entry.size) / sizeof(Record);
    records = {reinterpret_cast<const Record*>(bytes_.data() + offset), count};
    return advance(offset, static_cast<std::size_t>(entry.size), row);
  }

  Expected<void, Error> finish() const {
    if (end_ == bytes_.size()) return {};
    return refuse(LoadError::Sections, "bytes behind the last section", end_);
  }

 private:
  static constexpr std::size_t kTableEnd = sizeof(FileHeader) + kNumSections * sizeof(SectionEntry);

  Expected<void, Error> check_entry(const SectionEntry& entry, const SectionRow& row,
                                    std::size_t at) const {
    const std::string name = "section `" + std::string(row.spelling) + "`: ";
    if (entry.number != row.number)
      return refuse(LoadError::Sections, name + both(entry.number, row.number), at);
    if (entry.reserved != 0)
      return refuse(LoadError::Reserved, name + "reserved bits are not zero", at);
    if (entry.offset != end_)
      return refuse(LoadError::Sections, name + "offset: " + both(entry.offset, end_), at);
    if (entry.size > bytes_.size() - end_)
      return refuse(LoadError::Sections, name + "it ends behind the file", at);
    if (entry.size % row.record_bytes != 0) {
      return refuse(LoadError::Sections, name + "its size is no multiple of a record's", at);
    }
    if (entry.size / row.record_bytes > limits::kMaxTableRecords) {
      return refuse(LoadError::Limit, name + "too many records", at);
    }
    return {};
  }

  Expected<void, Error> advance(std::size_t offset, std::size_t size, const SectionRow& row) {
    end_ = offset + size;
    for (; end_ % kSectionAlignment != 0; ++end_) {
      if (end_ >= bytes_.size()) {
        return refuse(LoadError::Sections,
                      "the padding of `" + std::string(row.spelling) + "` is cut off", end_);
      }
      if (bytes_[end_] != std::byte{0})
        return refuse(LoadError::Reserved, "padding is not zero", end_);
    }
    return {};
  }

  std::span<const std::byte> bytes_;
  std::size_t end_;
};

Expected<void, Error> read_sections(std::span<const std::byte> bytes, ProgramView& view) {
  VERDICT_TRY(SectionReader::check_table(view.header, bytes.size()));
  SectionReader reader(bytes);
#define VERDICT_SECTION(number, name, record, spelling) \
  VERDICT_TRY(reader.read(Section::name, view.name));
#include "vm/program/sections.def"
  return reader.finish();
}

Expected<ProgramView, Error> read_file(Bytes bytes, const LoadLimits& limits) {
  VERDICT_TRY(check_size(bytes.size(), limits));
  ProgramView view;
  std::memcpy(&view.header, bytes.data(), sizeof(view.header));
  VERDICT_TRY(check_identity(view.header, bytes.size()));
  VERDICT_TRY(check_checksum(bytes, view.header));
  VERDICT_TRY(check_header(view.header));
  VERDICT_TRY(read_sections(bytes, view));
  return view;
}

Expected<void, Error> verify_tables(const ProgramView& view) {
  VERDICT_TRY(verify_strings(view));
  VERDICT_TRY(verify_constants(view));
  VERDICT_TRY(verify_attribute_tables(view));
  VERDICT_TRY(verify_provider_tables(view));
  VERDICT_TRY(verify_route_tables(view));
  if (view.Index.empty()) return {};
  return refuse(LoadError::Feature, "the index section is reserved and must be empty");
}

Expected<void, Error> check_budget(const WorkReport& report, const LoadLimits& limits) {
  const auto check = [&](std::string_view call, const std::string& about,
                         Steps steps) -> Expected<void, Error> {
    if (steps <= limits.max_steps) return {};
    return refuse(LoadError::Budget, std::string(call) + about + " can take " +
                                         std::to_string(steps) + " steps, allowed are " +
                                         std::to_string(limits.max_steps));
  };
  VERDICT_TRY(check("reading the settings of the providers", {}, report.work.start));
  VERDICT_TRY(check("binding the claims of ", report.bind, report.work.bind));
  VERDICT_TRY(check("a decision on ", report.decision, report.work.decision));
  return check("asking for the missing attributes of ", report.details, report.work.details);
}

}  // namespace

Expected<std::shared_ptr<const Program>, Error> Program::load(std::span<const std::byte> bytes,
                                                              const LoadLimits& limits) noexcept {
  try {
    VERDICT_TRY(check_size(bytes.size(), limits));
    std::shared_ptr<Program> program(new Program);
    program->bytes_.reset(new std::byte[bytes.size()]);
    program->num_bytes_ = bytes.size();
    std::memcpy(program->bytes_.get(), bytes.data(), bytes.size());
    auto view = read_file({program->bytes_.get(), bytes.size()}, limits);
    if (!view) return Unexpected(std::move(view).error());
    program->view_ = *view;
    VERDICT_TRY(verify_tables(program->view_));
    auto patterns = compile_patterns(program->view_);
    if (!patterns) return Unexpected(std::move(patterns).error());
    program->patterns_ = std::move(patterns).value();
    program->view_.patterns = &program->patterns_;
    VERDICT_TRY(verify_rules(program->view_));
    const auto paths = verify_code(program->view_);
    if (!paths) return Unexpected(paths.error());
    VERDICT_TRY(program->set_work(*paths, limits));
    program->default_lists_ = DefaultLists(program->view_);
    return std::shared_ptr<const Program>(std::move(program));
  } catch (const std::bad_alloc&) {
    return refuse(LoadError::Memory, {});
  }
}

Expected<void, Error> Program::set_work(const std::vector<PathCost>& paths,
                                        const LoadLimits& limits) {
  std::vector<Steps> steps;
  for (const PathCost& path : paths) {
    longest_paths_.push_back(path.instructions);
    steps.push_back(path.steps);
  }
  const WorkReport report = measure_work(view_, steps);
  work_ = report.work;
  return check_budget(report, limits);
}

Work work_of(const Program& program) noexcept { return program.work(); }

Expected<std::shared_ptr<const Program>, Error> load_program(std::span<const std::byte> bytes,
                                                             const LoadLimits& limits) noexcept {
  return Program::load(bytes, limits);
}

std::uint64_t offset_of(const ProgramView& view, Section section, std::size_t index) {
  const auto* begin = reinterpret_cast<const unsigned char*>(view.StringOffsets.data());
  const unsigned char* at = begin;
  switch (section) {
#define VERDICT_SECTION(number, name, record, spelling)                    \
  case Section::name:                                                      \
    at = reinterpret_cast<const unsigned char*>(view.name.data() + index); \
    break;
#include "vm/program/sections.def"
  }
  return sizeof(FileHeader) + kNumSections * sizeof(SectionEntry) +
         static_cast<std::uint64_t>(at - begin);
}

}  // namespace verdict
