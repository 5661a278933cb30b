#include "runtime/json/tree.h"

#include "runtime/json/numbers.h"
#include "vm/base/check.h"

namespace verdict {

JsonRef JsonRef::at(std::size_t index) const {
  VERDICT_DCHECK(index < size());
  JsonRef child(*tree_, node_ + 1);
  for (; index > 0; --index) child = child.next();
  return child;
}

namespace {

// The registered claims are all of three bytes: their first one tells most of them apart, and saves
// the call to compare the rest.
bool is_key(std::string_view have, std::string_view want) {
  if (have.size() != want.size()) return false;
  return want.empty() || (have.front() == want.front() && have == want);
}

}  // namespace

std::optional<JsonRef> JsonRef::find(std::string_view key) const {
  if (!is(ClaimKind::Object)) return std::nullopt;
  const JsonTreeNode* const nodes = tree_->nodes.data();
  for (const JsonTreeNode* child = node_ + 1; child < nodes + node_->end;
       child = nodes + child->end) {
    if (is_key(child->key, key)) return JsonRef(*tree_, child);
  }
  return std::nullopt;
}

std::string_view JsonRef::spelling() const {
  NumberScanner numbers(tree_->source);
  for (std::uint32_t before = node_->count; before > 0; --before) (void)numbers.next();
  return numbers.next();
}

}  // namespace verdict
