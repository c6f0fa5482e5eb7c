// Histories of records that tests stand on: a schedule, files in each stage, a disposal in each of its steps, a claim.
#pragma once

#include "tests/support/histories.hpp"

namespace fedatario::tests {

inline constexpr const char* kSchedule = "schedule/trd-1";
inline constexpr const char* kFile = "file/e-0001";
inline constexpr const char* kDisposal = "disposal/d-1";
inline constexpr const char* kClaim = "claim/h-1";

// Two years of management and three of the central archive, from the administrative closing.
ledger::ScheduleRow schedule_row(const std::string& code, std::vector<ledger::Disposition> dispositions);
// Rows: conservacion (CT and MT), eliminacion (E), seleccion (S), reproduccion (MT), and of elimination too, by another
// fact: definitivo, vigencia.
ledger::ScheduleAdopted schedule();
// With the unit ddo.
History adopted_schedule();

ledger::FileOpened file_opening(const std::string& row = "eliminacion");
ledger::DocumentFiled document(const std::string& document = "doc-1");
ledger::FileClosed file_closing(std::int64_t documents = 1);
// What follows an adopted schedule. Opened on 15 January 2020; its document doc-1 is filed by "archivista"; closed on
// 29 January 2021 by "directora", so that its retention ends on 29 January 2026.
History opened_file(const std::string& code = "e-0001", const std::string& row = "eliminacion");
History filled_file(const std::string& code = "e-0001", const std::string& row = "eliminacion");
History closed_file(const std::string& code = "e-0001", const std::string& row = "eliminacion");

// Of the file e-0001, with all that it rests on. Proposed by "proponente" and published on 30 January 2026, so that the
// publication ends on 30 April 2026; approved on 4 May by "secretaria"; executed in every location on 15 July by
// "ejecutora" before "testigo"; certified by "alguien.mas".
ledger::DisposalProposed disposal_proposal(const std::vector<std::string>& files = {"e-0001"});
ledger::DisposalApproved disposal_approval();
ledger::DisposalExecuted disposal_execution(const std::vector<ledger::Location>& locations);
std::vector<ledger::Location> all_locations();
History proposed_disposal();
History published_disposal();
History approved_disposal();
History executed_disposal();

// Of a person, recorded by "receptora"; an erasure of the part 0 of the event `kPersonalEvent`, which concerns the file
// e-0001, decided by "abogada".
inline constexpr const char* kPersonalEvent = "01890a5d-ac96-774b-bcce-b302099a8057";
ledger::PersonalPart personal_part(std::string_view event = kPersonalEvent, std::int64_t part = 0);
ledger::PersonalRequested claim_request(std::optional<ledger::ClaimPetition> petition);
ledger::PersonalDecided claim_decision(ledger::ClaimDecision decision);
ledger::PersonalDecided granted_erasure();
// `file`: the record file of the event with personal data.
History requested_erasure(const std::optional<std::string>& file = "e-0001");
// The file was eliminated before.
History decided_erasure();

}  // namespace fedatario::tests
