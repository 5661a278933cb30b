// The counting operator new. Every form is replaced, because the sanitizers bring forms of their
// own that would otherwise go round the counter.
#include "tests/support/counting_new.h"

#include <cstdlib>
#include <new>

namespace verdict::testing {
namespace {

thread_local std::size_t num_allocations = 0;

void* count_and_allocate(std::size_t size) noexcept {
  ++num_allocations;
  return std::malloc(size == 0 ? 1 : size);
}

void* count_and_allocate(std::size_t size, std::align_val_t alignment) noexcept {
  ++num_allocations;
  const auto step = static_cast<std::size_t>(alignment);
  return std::aligned_alloc(step, (size + step - 1) / step * step);
}

void* or_throw(void* memory) {
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

}  // namespace

std::size_t allocations_so_far() { return num_allocations; }

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
