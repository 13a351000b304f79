"""What is not bound, and why: everything else of the portal is, a new table too."""

from __future__ import annotations

TABLES: dict[str, str] = {
    "ledger.RowSeal": "the seals themselves: each is keyed",
    "ledger.BoundTable": "which tables are sealed; one that lacks is named",
    "cases.CaseEvent": "chained, with its head in the sealed row of the case; `recorded_at` only says what an anchor reaches",
    "cases.NumberCounter": "a number given twice is refused, and every case's number is sealed",
    "cases.Submission": "keys of submissions, for seven days",
    "cases.CodeFailure": "failed tries of today",
    "cases.ProofRound": "how far tonight's proof is; begun anew every night",
    "jobs.OutboxJob": "a queue; what a job wrote is sealed where it was written",
    "jobs.WorkerBeat": "a heartbeat",
    "messaging.Message": "a copy that goes out; what was told is in the log and in the papers",
    "messaging.Peer": "how often the mail server or the gateway did not answer",
    "messaging.KnownAddress": "digests that keep mail from strangers",
    "postbox.FailedAddress": "digests of addresses that mail does not reach",
    "search.SearchEntry": "an index, rebuilt from what is sealed",
    "search.SearchRemoval": "an index, rebuilt from what is sealed",
    "search.SearchState": "an index, rebuilt from what is sealed",
    "search.AskedQuery": "how often something was searched for",
    "search.CaseWord": "an index, rebuilt from what is sealed",
    "search.CaseFollowed": "an index, rebuilt from what is sealed",
    "messaging.MailChoice": "whether somebody wants mail",
    "publishing.Phrase": "texts to begin a draft with; what is sent is bound",
    "workbench.SavedView": "how somebody likes to see her list",
    "supervision.StepPace": "means over the log, made anew every night",
    "portal_web.SpentProof": "work already shown, for minutes",
    "portal_web.SignIn": "written at every log-in, kept for 200 days; address and session are sealed values",
    "portal_web.GuestEntry": "counters of the door, for a day",
    "records.RecordPage": "read from the record's file, which is bound, and read anew from it",
    "requests_app.RequestDraft": "not handed in yet",
    "requests_app.DraftFile": "not handed in yet",
    "polls.Participation": "a seal written beside the ballot's would tell who cast it",
    "polls.VoterMark": "a seal written beside the ballot's would tell who cast it",
    "watch.Link": "what a probe found, asked anew every night",
    "watch.Link_articles": "what a probe found, asked anew every night",
    "watch.SiteProbe": "what a probe found",
}

COLUMNS: dict[tuple[str, str], str] = {
    ("units.Account", "last_login"): "written at every log-in; nothing is decided by it",
    ("files.StoredFile", "stored_at"): "only keeps the sweep away from what was just put there",
}
