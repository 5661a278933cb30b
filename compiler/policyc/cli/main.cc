#include <csignal>
#include <cstdlib>
#include <iostream>
#include <string_view>
#include <unistd.h>

#include "compiler/policyc/cli/policyc.h"

int main(int argc, char** argv) {
  using verdict::policyc::Color;
  std::ios::sync_with_stdio(false);
  // A file that may grow no further is an error of writing it, and leaves nothing behind.
  std::signal(SIGXFSZ, SIG_IGN);
  const char* no_color = std::getenv("NO_COLOR");  // https://no-color.org: set and not empty
  const bool is_wanted = no_color == nullptr || std::string_view(no_color).empty();
  const Color color = is_wanted && isatty(STDERR_FILENO) != 0 ? Color::On : Color::Off;
  return static_cast<int>(verdict::policyc::run_policyc({argv + 1, argv + argc},
                                                        {std::cin, std::cout, std::cerr}, color));
}
