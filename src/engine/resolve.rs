//! A person's word in place of the evidence or the trust that is missing.
//!
//! It carries out what is proposed for a row and nothing else: a phantom is closed, a size is
//! followed. What looks must prove, looks must prove here too. Not for: pins and records (that
//! is `gate`). Door: [`decide`].

use crate::domain::evidence::Decision;
use crate::domain::ledger::RowStatus;
use crate::domain::snapshot::FindingKind;

use crate::engine::cx::Cx;
use crate::engine::leg::LegState;
use crate::engine::state::Info;
use crate::engine::{gone, quantity};

/// A decision, and who waits for its outcome.
#[derive(Clone, Debug)]
pub(super) struct Word {
    pub(super) ask: u64,
    pub(super) decision: Decision,
}

/// Carries out what is proposed for a row, or says in one sentence why not.
pub(super) fn decide(
    cx: &mut Cx,
    info: &mut Info,
    leg: &mut LegState,
    revision: u64,
    word: &Word,
) -> Result<String, String> {
    let key = leg.key.clone();
    if word.decision.reason.is_empty() {
        return Err("refused: say why; the reason goes on record".to_owned());
    }
    let row = leg.row.clone().ok_or_else(|| format!("{key} is not in the ledger"))?;
    if row.revision != revision {
        let now = row.revision;
        return Err(format!(
            "refused: the row of {key} changed from revision {revision} to {now}; look again"
        ));
    }
    if leg.saving {
        return Err(format!("refused: {key} is being written, try again"));
    }
    if !info.is_known() {
        return Err(format!("refused: {} is not known now, nothing is proven", info.name));
    }
    if leg.close.as_ref().is_some_and(|close| close.failed.is_none()) {
        return Err(format!("refused: a close of {key} is in flight"));
    }
    let found = |kind: FindingKind| leg.findings.iter().any(|finding| finding.kind == kind);
    if found(FindingKind::Quantity) {
        return quantity::decide(cx, info, leg, &row, word);
    }
    // A row that is being opened is not expected at the venue yet.
    if row.status == RowStatus::Opening || leg.proof().is_empty() {
        return Err(format!("nothing is proposed for {key}"));
    }
    gone::decide(cx, info, leg, &row, word)
}
