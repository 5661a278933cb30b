// Objects that one thread at a time works with, kept for the next one without a lock.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <memory>
#include <utility>

namespace verdict {

// INVARIANT: what stands in a slot belongs to the pool, what was taken to its taker. Thread-safe.
template <class T>
class ContextPool {
 public:
  ContextPool() = default;
  ~ContextPool() {
    for (std::atomic<T*>& slot : slots_) delete slot.load();
  }
  ContextPool(const ContextPool&) = delete;
  ContextPool& operator=(const ContextPool&) = delete;
  ContextPool(ContextPool&&) = delete;
  ContextPool& operator=(ContextPool&&) = delete;

  // Null if none is there.
  std::unique_ptr<T> take() noexcept {
    for (std::atomic<T*>& slot : slots_) {
      if (T* object = slot.exchange(nullptr, std::memory_order_acq_rel)) {
        return std::unique_ptr<T>(object);
      }
    }
    return nullptr;
  }

  // Keeps it, or destroys it where all slots are taken.
  void give(std::unique_ptr<T> object) noexcept {
    for (std::atomic<T*>& slot : slots_) {
      T* empty = nullptr;
      if (slot.compare_exchange_strong(empty, object.get(), std::memory_order_acq_rel)) {
        static_cast<void>(object.release());
        return;
      }
    }
  }

 private:
  static constexpr std::size_t kSlots = 8;  // more threads than that make contexts anew

  std::array<std::atomic<T*>, kSlots> slots_{};
};

}  // namespace verdict
