// The tests of bench/function_examples.cc as a program without a policy engine would write them.
#pragma once

#include "bench/function_examples.h"

namespace verdict::bench::hand {

bool is_null(const HandClaims& claims);
bool boolean_equal(const HandClaims& claims);
bool string_equal(const HandClaims& claims);
bool string_in(const HandClaims& claims);
bool string_starts_with(const HandClaims& claims);
bool string_starts_with_ignore_case(const HandClaims& claims);
bool string_contains(const HandClaims& claims);
bool string_contains_ignore_case(const HandClaims& claims);
bool string_ends_with(const HandClaims& claims);
bool string_ends_with_ignore_case(const HandClaims& claims);
bool string_equal_ignore_case(const HandClaims& claims);
bool string_in_ignore_case(const HandClaims& claims);
bool string_length_between(const HandClaims& claims);
bool string_like(const HandClaims& claims);
bool string_like_ignore_case(const HandClaims& claims);
bool string_matches(const HandClaims& claims);
bool path_matches(const HandClaims& claims);
bool path_has_prefix(const HandClaims& claims);
bool number_equal(const HandClaims& claims);
bool number_in(const HandClaims& claims);
bool number_less_than(const HandClaims& claims);
bool number_less_than_or_equal(const HandClaims& claims);
bool number_greater_than(const HandClaims& claims);
bool number_greater_than_or_equal(const HandClaims& claims);
bool number_between(const HandClaims& claims);
bool number_has_bits(const HandClaims& claims);
bool enum_equal(const HandClaims& claims);
bool enum_in(const HandClaims& claims);
bool enum_at_least(const HandClaims& claims);
bool enum_at_most(const HandClaims& claims);
bool list_contains_text(const HandClaims& claims);
bool list_contains_number(const HandClaims& claims);
bool list_contains_any_text(const HandClaims& claims);
bool list_contains_any_number(const HandClaims& claims);
bool list_contains_all_text(const HandClaims& claims);
bool list_contains_all_number(const HandClaims& claims);
bool list_is_subset_of_text(const HandClaims& claims);
bool list_is_subset_of_number(const HandClaims& claims);
bool list_is_empty(const HandClaims& claims);
bool list_size_between(const HandClaims& claims);
bool timestamp_before(const HandClaims& claims);
bool timestamp_after(const HandClaims& claims);
bool timestamp_between(const HandClaims& claims);
bool timestamp_within_last(const HandClaims& claims);
bool timestamp_within_next(const HandClaims& claims);
bool time_of_day_between(const HandClaims& claims);
bool day_of_week_in(const HandClaims& claims);
bool ip_equal(const HandClaims& claims);
bool ip_is_private(const HandClaims& claims);
bool ip_is_loopback(const HandClaims& claims);
bool ip_in(const HandClaims& claims);

}  // namespace verdict::bench::hand
