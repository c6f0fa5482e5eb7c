// Founding and opening.
#include "tests/tools/year_ledger.hpp"

namespace fedatario::tests {

YearLedger::YearLedger(const tools::Story& story, tools::KeyFiles& keys, std::filesystem::path directory,
                       rocksdb::Env* env)
    : directory_(std::move(directory)),
      env_(env),
      voice_(story, keys, [this] { return ledger_->store().head().size; }) {
  const auto founded = tools::moment(story.agenda().founded, 7, 30);
  set_time(founded);
  if (!std::filesystem::exists(directory_)) {
    const ledger::Founding founding{"libro.example", "agencia", std::string(tools::posts::kAdministrator), false};
    ledger::Ledger::found(directory_, founding, keys.get(tools::posts::kAdministrator, 1), options()).value();
  }
  reopen();
  name_ = ledger_->log().name();
}

ledger::LedgerOptions YearLedger::options() {
  const auto read = [this] { return micros_.load(); };
  ledger::LedgerOptions options;
  options.writer.clock = {read, read};
  options.env = env_;
  return options;
}

void YearLedger::reopen() {
  close();
  ledger_ = std::make_unique<ledger::Ledger>(directory_, options());
}

void YearLedger::set_time(tools::Moment moment) { micros_ = std::max(moment.seconds * 1'000'000, micros_ + 1); }

ledger::Result<ledger::Proposal> YearLedger::propose(const tools::Spoken& spoken) {
  return voice_.propose(ledger_->door(), name_, spoken);
}

}  // namespace fedatario::tests
