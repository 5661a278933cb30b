// Where a step reports what it found. Every step goes on as far as it sensibly can.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "compiler/diag/diagnostic.h"

namespace verdict::compiler {

// Receives diagnostics in the order in which they are emitted.
class Consumer {
 public:
  virtual ~Consumer() = default;
  virtual void consume(Diagnostic diagnostic) = 0;
};

// Keeps them all.
class CollectingConsumer final : public Consumer {
 public:
  void consume(Diagnostic diagnostic) override { diagnostics.push_back(std::move(diagnostic)); }
  std::vector<Diagnostic> diagnostics;
};

// A diagnostic under construction; hands itself to the consumer when it is destroyed at the end of
// the statement, without the tokens that its texts may hold:
//   emitter.emit(Code::UnknownAttribute, span, {name}).label(other, "declared here").help("...");
class DiagnosticBuilder {
 public:
  DiagnosticBuilder(Consumer& consumer, Diagnostic diagnostic)
      : consumer_(&consumer), diagnostic_(std::move(diagnostic)) {}
  DiagnosticBuilder(const DiagnosticBuilder&) = delete;
  DiagnosticBuilder& operator=(const DiagnosticBuilder&) = delete;
  DiagnosticBuilder(DiagnosticBuilder&&) = delete;
  DiagnosticBuilder& operator=(DiagnosticBuilder&&) = delete;
  ~DiagnosticBuilder();

  // Text beside the underline of the primary place.
  DiagnosticBuilder& here(std::string text);
  DiagnosticBuilder& label(Span span, std::string text);
  DiagnosticBuilder& help(std::string text);
  // A help line "did you mean `replacement`?" and the edit that does it. `span` is what the edit
  // replaces.
  DiagnosticBuilder& did_you_mean(Span span, std::string replacement);
  // An edit that the help lines already speak of.
  DiagnosticBuilder& fix(Span span, std::string replacement);

 private:
  Consumer* consumer_;
  Diagnostic diagnostic_;
};

// Counts what it hands on. Not thread-safe; borrows the consumer.
class Emitter {
 public:
  explicit Emitter(Consumer& consumer) : consumer_(&consumer) {}

  DiagnosticBuilder emit(Code code, Span span, std::vector<std::string> arguments = {});

  [[nodiscard]] std::size_t num_errors() const { return num_errors_; }
  [[nodiscard]] std::size_t num_warnings() const { return num_warnings_; }
  [[nodiscard]] bool has_errors() const { return num_errors_ > 0; }

 private:
  Consumer* consumer_;
  std::size_t num_errors_ = 0;
  std::size_t num_warnings_ = 0;
};

}  // namespace verdict::compiler
