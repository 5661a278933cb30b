// Workspaces that are large, and wrong or odd in one way: what a compiler may take the square of.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace verdict::bench {

// The JSON texts of a workspace's files; the last two may be empty.
struct WorkspaceTexts {
  std::string provider;
  std::string policies;
  std::string resources;
  std::string permissions;
};

struct OddWorkspace {
  std::string name;
  std::vector<std::size_t> sizes;
  std::function<WorkspaceTexts(std::size_t)> write;
};

// One a row of the table in README.md, in its order.
const std::vector<OddWorkspace>& odd_workspaces();

// Reads, checks and lints it, and prints what there is to say as for a person. The bytes of that.
std::size_t check(const WorkspaceTexts& texts);

}  // namespace verdict::bench
