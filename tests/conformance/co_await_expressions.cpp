// One pass over the code with a stack of open brackets. A full expression ends at `;`, at a brace that opens or closes
// a block, and at the end of the head of an if, for, while or switch.
#include "tests/conformance/co_await_expressions.hpp"

#include <cctype>
#include <string>

#include "tests/conformance/sources.hpp"

namespace fedatario::tests {
namespace {

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }

class Finder {
 public:
  explicit Finder(std::string_view source) : code_(code_only(source)) {}

  std::vector<int> run() {
    while (at_ < code_.size()) step();
    end_expression();
    return std::move(found_);
  }

 private:
  // A full expression as far as it was read.
  struct Expression {
    int await_line = 0;
    bool conditional = false;
  };
  // `outer` is the expression that goes on after the bracket, where the bracket holds expressions of its own.
  struct Bracket {
    char open;
    bool own_expressions;
    bool is_head;
    Expression outer;
  };

  void step() {
    const char c = code_[at_];
    if (c == '\n') ++line_;
    if (is_word(c)) {
      word();
      return;
    }
    if (c == '?') now_.conditional = true;
    if (c == ';') end_expression();
    if (c == '(' || c == '[') open(c, c == '(' && after_head_word_);
    if (c == '{') open(c, is_block());
    if (c == ')' || c == ']' || c == '}') close();
    // The word before an opening parenthesis says whether it is a head; anything between but spaces is not.
    if (!std::isspace(static_cast<unsigned char>(c))) after_head_word_ = false;
    ++at_;
  }

  void word() {
    const auto begin = at_;
    while (at_ < code_.size() && is_word(code_[at_])) ++at_;
    const auto text = std::string_view(code_).substr(begin, at_ - begin);
    if (text == "co_await") now_.await_line = line_;
    const bool continues_head = text == "constexpr" && after_head_word_;
    after_head_word_ = continues_head || text == "if" || text == "for" || text == "while" || text == "switch";
  }

  void open(char c, bool own_expressions) {
    brackets_.push_back({c, own_expressions, c == '(' && own_expressions, now_});
    if (own_expressions) now_ = {};
  }

  void close() {
    if (brackets_.empty()) return;  // unbalanced: not ours to judge
    const auto bracket = brackets_.back();
    brackets_.pop_back();
    if (!bracket.own_expressions) return;
    end_expression();
    // After a head comes a statement of its own, and so after a block that is not within an expression's brackets; a
    // lambda's body is followed by the rest of its expression.
    const bool goes_on = bracket.open == '{' && (is_within_expression() || continues_after_block());
    if (goes_on) now_ = bracket.outer;
  }

  bool is_within_expression() const { return !brackets_.empty() && !brackets_.back().own_expressions; }

  // `{ … }` followed by what only an expression has: a call, a comma, a semicolon.
  bool continues_after_block() const {
    const auto next = code_.find_first_not_of(" \t\n", at_ + 1);
    return next != std::string::npos && std::string_view("(),;.?:").find(code_[next]) != std::string_view::npos;
  }

  // Braces with a semicolon directly in them are a block; others are an initialiser, or hold nothing but blocks.
  bool is_block() const {
    int depth = 0;
    for (auto i = at_; i < code_.size(); ++i) {
      if (code_[i] == '{') ++depth;
      if (code_[i] == '}' && --depth == 0) return false;
      if (code_[i] == ';' && depth == 1) return true;
    }
    return true;
  }

  void end_expression() {
    if (now_.await_line > 0 && now_.conditional) found_.push_back(now_.await_line);
    now_ = {};
  }

  const std::string code_;
  std::size_t at_ = 0;
  int line_ = 1;
  bool after_head_word_ = false;
  Expression now_;
  std::vector<Bracket> brackets_;
  std::vector<int> found_;
};

}  // namespace

std::vector<int> awaited_conditionals(std::string_view source) { return Finder(source).run(); }

}  // namespace fedatario::tests
