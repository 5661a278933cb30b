// Where a step reports what it found. Every step goes on as far as it sensibly can.
#pragma once

#include <array>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/diag/diagnostic.h"

namespace verdict::compiler {

// Receives diagnostics in the order in which they are emitted.
class Consumer {
 public:
  virtual ~Consumer() = default;
  virtual void consume(Diagnostic diagnostic) = 0;
  // So many more of a severity of which there are limits::kMaxDiagnostics already: they are not
  // made.
  virtual void leave_out(Severity severity, std::size_t number) = 0;
};

// Keeps all that is made, and counts the rest in a last one, MoreErrors or MoreWarnings.
class CollectingConsumer final : public Consumer {
 public:
  void consume(Diagnostic diagnostic) override { diagnostics.push_back(std::move(diagnostic)); }
  void leave_out(Severity severity, std::size_t number) override;
  std::vector<Diagnostic> diagnostics;  // to be rearranged only when there will be no more

 private:
  // Where the one stands that counts the rest of a severity.
  std::array<std::optional<std::size_t>, kNumSeverities> rest_;
};

// A diagnostic under construction; hands itself to the consumer when it is destroyed at the end of
// the statement, without the tokens that its texts may hold:
//   emitter.emit(Code::UnknownAttribute, span, {name}).label(other, "declared here").help("...");
// One that is left out takes the same calls and does nothing. Texts of more than some kilobytes are
// cut.
class DiagnosticBuilder {
 public:
  // `consumer` is nullptr of one that is left out.
  DiagnosticBuilder(Consumer* consumer, Diagnostic diagnostic)
      : consumer_(consumer), diagnostic_(std::move(diagnostic)) {}
  DiagnosticBuilder(const DiagnosticBuilder&) = delete;
  DiagnosticBuilder& operator=(const DiagnosticBuilder&) = delete;
  DiagnosticBuilder(DiagnosticBuilder&&) = delete;
  DiagnosticBuilder& operator=(DiagnosticBuilder&&) = delete;
  ~DiagnosticBuilder() {
    if (is_kept()) consumer_->consume(std::move(diagnostic_));
  }

  // Whether anybody will read it. What is dear to make is made only then.
  [[nodiscard]] bool is_kept() const { return consumer_ != nullptr; }

  // Text beside the underline of the primary place.
  DiagnosticBuilder& here(std::string_view text);
  DiagnosticBuilder& label(Span span, std::string_view text);
  DiagnosticBuilder& help(std::string_view text);
  // A help line "did you mean `replacement`?" and the edit that does it. `span` is what the edit
  // replaces.
  DiagnosticBuilder& did_you_mean(Span span, std::string replacement);
  // An edit that the help lines already speak of.
  DiagnosticBuilder& fix(Span span, std::string replacement);

 private:
  Consumer* consumer_;
  Diagnostic diagnostic_;
};

// Counts all errors and warnings; makes at most limits::kMaxDiagnostics of each. Not thread-safe;
// borrows the consumer.
class Emitter {
 public:
  explicit Emitter(Consumer& consumer) : consumer_(&consumer) {}

  DiagnosticBuilder emit(Code code, Span span,
                         std::initializer_list<std::string_view> arguments = {});
  // Counts one that was made elsewhere, and hands it on.
  void pass_on(Diagnostic diagnostic);
  // Counts so many at once, if none of them would be kept. Whether it did.
  bool leave_out(Code code, std::size_t number);

  [[nodiscard]] std::size_t num_errors() const { return count_of(Severity::Error); }
  [[nodiscard]] std::size_t num_warnings() const { return count_of(Severity::Warning); }
  [[nodiscard]] bool has_errors() const { return num_errors() > 0; }

 private:
  [[nodiscard]] std::size_t count_of(Severity severity) const {
    return counts_.at(static_cast<std::size_t>(severity));
  }

  Consumer* consumer_;
  std::array<std::size_t, kNumSeverities> counts_{};
};

}  // namespace verdict::compiler
