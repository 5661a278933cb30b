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

std::optional<JsonRef> JsonRef::find(std::string_view key) const {
  if (!is(ClaimKind::Object)) return std::nullopt;
  const JsonTreeNode* const nodes = tree_->nodes.data();
  for (const JsonTreeNode* child = node_ + 1; child < nodes + node_->end;
       child = nodes + child->end) {
    if (child->key == key) return JsonRef(*tree_, child);
  }
  return std::nullopt;
}

std::string_view JsonRef::spelling() const {
  NumberScanner numbers(tree_->source);
  for (std::uint32_t before = node_->count; before > 0; --before) (void)numbers.next();
  return numbers.next();
}

}  // namespace verdict
