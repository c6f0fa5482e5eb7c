// A witness by HTTP (C2SP tlog-witness v1.0.0): add-checkpoint, its checkpoints for monitors, and what it caught.
#pragma once

#include "api/metrics.hpp"
#include "api/router.hpp"
#include "ledger/witness.hpp"

namespace fedatario::api {

// Both outlive it. No route needs a token: a log's own signature is what lets it in.
Router make_witness_router(ledger::Witness& witness, Metrics& metrics);

}  // namespace fedatario::api
