// Claims of linear time, for the few things that nothing can be counted of. Header only: the tests
// of vm/ link nothing but vm/.
//
// No test asserts how long something takes: a machine may be slow, or busy. What is compared here
// is two times of one run, one input `factor` times as long as the other, each the best of several,
// and processor time of this thread, since other processes take turns with it. Both inputs are
// measured again in turns until their ratio is within the bound; only a growth that is there every
// time fails. The bound is the power of 1.5, half-way between linear and quadratic on a logarithmic
// scale: what leaves the caches costs up to three times as much a byte, and what is quadratic
// costs `factor` times as much.
#pragma once

#include <algorithm>
#include <cmath>
#include <ctime>

#include <gtest/gtest.h>

namespace verdict::testing {

inline double thread_seconds() {
  timespec now{};
  EXPECT_EQ(clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now), 0);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

template <class Work>
double seconds_of(const Work& work) {
  const double begin = thread_seconds();
  work();
  return thread_seconds() - begin;
}

// `large` does with `factor` times the input what `small` does.
template <class Small, class Large>
void expect_linear_growth(double factor, const Small& small, const Large& large) {
  constexpr int kAttempts = 20;
  constexpr double kShortest = 20e-6;  // below it the clock's own steps count
  double best_small = 1e9;
  double best_large = 1e9;
  for (int i = 0; i < kAttempts; ++i) {
    best_small = std::min(best_small, std::max(seconds_of(small), kShortest));
    best_large = std::min(best_large, seconds_of(large));
    if (best_large < best_small * std::pow(factor, 1.5)) return;
  }
  ADD_FAILURE() << best_large / best_small << " times as long for " << factor << " times as much";
}

}  // namespace verdict::testing
