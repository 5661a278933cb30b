// Runs every file of the given folders through a fuzz target, for compilers without libFuzzer. A
// folder without files is a failure: a corpus that went missing must not pass as one that found
// nothing.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

void replay(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  const std::vector<char> bytes{std::istreambuf_iterator<char>(in),
                                std::istreambuf_iterator<char>()};
  const std::vector<std::uint8_t> input(bytes.begin(), bytes.end());
  LLVMFuzzerTestOneInput(input.data(), input.size());
}

bool replay_folder(const char* folder) {
  std::error_code error;
  if (!fs::is_directory(folder, error)) return false;
  const std::vector<fs::path> files = files_in(folder);
  for (const fs::path& file : files) replay(file);
  std::printf("%s: %zu inputs\n", folder, files.size());
  return !files.empty();
}

}  // namespace

int main(int argc, char** argv) {
  bool good = argc > 1;
  for (int i = 1; i < argc; ++i) {
    if (!replay_folder(argv[i])) {
      std::fprintf(stderr, "%s: no corpus\n", argv[i]);
      good = false;
    }
  }
  return good ? 0 : 1;
}
