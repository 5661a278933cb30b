// The operator new that counts, and fails when told to. Every form is replaced, because the
// sanitizers bring forms of their own that would otherwise go round the counter.
#include "tests/support/counting_new.h"

#include <cstdlib>
#include <new>

namespace verdict::testing {
namespace {

thread_local std::size_t num_allocations = 0;

// What a FailingAllocation asks for.
struct Failure {
  enum class Stage : std::uint8_t { None, Waiting, Failing, Over };

  Stage stage = Stage::None;
  FailingAllocation::Then then = FailingAllocation::Then::OneOnly;
  std::size_t num_before = 0;
};
thread_local Failure failure;

bool must_fail() noexcept {
  using Stage = Failure::Stage;
  if (failure.stage == Stage::Waiting && failure.num_before-- == 0) {
    failure.stage = failure.then == FailingAllocation::Then::OneOnly ? Stage::Over : Stage::Failing;
    return true;
  }
  return failure.stage == Stage::Failing;
}

void* count_and_allocate(std::size_t size) noexcept {
  ++num_allocations;
  if (must_fail()) return nullptr;
  return std::malloc(size == 0 ? 1 : size);
}

void* count_and_allocate(std::size_t size, std::align_val_t alignment) noexcept {
  ++num_allocations;
  if (must_fail()) return nullptr;
  const auto step = static_cast<std::size_t>(alignment);
  return std::aligned_alloc(step, (size + step - 1) / step * step);
}

void* or_throw(void* memory) {
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

}  // namespace

std::size_t allocations_so_far() { return num_allocations; }

FailingAllocation::FailingAllocation(std::size_t before, Then then) {
  failure = {Failure::Stage::Waiting, then, before};
}

FailingAllocation::~FailingAllocation() { failure = {}; }

bool FailingAllocation::has_failed() {
  return failure.stage == Failure::Stage::Failing || failure.stage == Failure::Stage::Over;
}

}  // namespace verdict::testing

using verdict::testing::count_and_allocate;
using verdict::testing::or_throw;

void* operator new(std::size_t size) { return or_throw(count_and_allocate(size)); }
void* operator new[](std::size_t size) { return or_throw(count_and_allocate(size)); }
void* operator new(std::size_t size, std::align_val_t alignment) {
  return or_throw(count_and_allocate(size, alignment));
}
void* operator new[](std::size_t size, std::align_val_t alignment) {
  return or_throw(count_and_allocate(size, alignment));
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  return count_and_allocate(size);
}
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept {
  return count_and_allocate(size);
}
void* operator new(std::size_t size, std::align_val_t alignment, const std::nothrow_t&) noexcept {
  return count_and_allocate(size, alignment);
}
void* operator new[](std::size_t size, std::align_val_t alignment, const std::nothrow_t&) noexcept {
  return count_and_allocate(size, alignment);
}

void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, const std::nothrow_t&) noexcept { std::free(memory); }
void operator delete[](void* memory, const std::nothrow_t&) noexcept { std::free(memory); }
