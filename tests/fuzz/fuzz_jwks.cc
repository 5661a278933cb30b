// F4: bytes as a key set. Every element is a key or is skipped with a reason that is fit for a log;
// every key that is not contested is found by its id, and each refuses a signature of zeros.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/json/reader.h"
#include "runtime/jwt/key_set.h"
#include "vm/base/check.h"
#include "vm/base/limits.h"

namespace verdict {
namespace {

std::size_t count_elements(JsonReader& reader, std::string_view text) {
  const auto tree = reader.read(text);
  VERDICT_CHECK(tree.has_value());
  return JsonRef(**tree).find("keys")->size();
}

void check_skipped(const KeySet::SkippedKey& key) {
  const std::string text = to_text(key);
  VERDICT_CHECK(!key.reason.empty());
  VERDICT_CHECK(std::none_of(text.begin(), text.end(),
                             [](char byte) { return static_cast<unsigned char>(byte) < 0x20U; }));
}

void check_key(const KeySet& set, const KeySet::Key& key) {
  const std::string signature(64, '\0');
  for (const AlgorithmRow& row : kAlgorithms) {
    VERDICT_CHECK(!key.key.verify(row.algorithm, "message", signature));
    if (!key.kid) continue;
    const auto found = set.find(*key.kid, row.algorithm);
    const bool is_meant = key.takes(row.algorithm) && !key.contested.contains(row.algorithm);
    VERDICT_CHECK(!is_meant || (found && (*found)->key == key.key));
    VERDICT_CHECK(!found || ((*found)->takes(row.algorithm) && (*found)->kid == key.kid &&
                             !(*found)->contested.contains(row.algorithm)));
  }
}

bool is_secret(const KeySet::Key& key) { return key.type() == KeyType::Secret; }

std::size_t count_secrets(const KeySet& set) {
  return static_cast<std::size_t>(std::count_if(set.keys().begin(), set.keys().end(), is_secret));
}

void check(JsonReader& reader, std::string_view text) {
  const auto set = KeySet::parse(reader, text, KeySet::Secrets::Allowed);
  if (!set) {
    VERDICT_CHECK(!set.error().message.empty());
    return;
  }
  const std::size_t num_elements = set->keys().size() + set->skipped().size();
  VERDICT_CHECK(num_elements == count_elements(reader, text) && num_elements <= limits::kMaxKeys);
  for (const KeySet::SkippedKey& key : set->skipped()) check_skipped(key);
  for (const KeySet::Key& key : set->keys()) check_key(*set, key);
  if (count_secrets(*set) > 0)
    VERDICT_CHECK(count_secrets(KeySet::parse(reader, text).value()) == 0);
}

}  // namespace
}  // namespace verdict

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static verdict::JsonReader reader;  // made once: its memory costs more than a set
  verdict::check(reader, text);
  return 0;
}
