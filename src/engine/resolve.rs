//! A person's word in place of the evidence or the trust that is missing.
//!
//! It carries out what is proposed for a row and nothing else: a phantom is closed, a size is
//! followed. What looks must prove, looks must prove here too. Not for: pins and records (that
//! is `gate`). Door: [`decide`]; [`offer`] is what it
//! would write.

use serde::{Deserialize, Serialize};

use crate::domain::evidence::{Account, Decision, Gone};
use crate::domain::ledger::{DetectedBy, Row, RowStatus};
use crate::domain::snapshot::FindingKind;

use crate::engine::book::book;
use crate::engine::cx::Cx;
use crate::engine::leg::LegState;
use crate::engine::state::Info;
use crate::engine::{gone, history, latch, quantity};

/// A decision, and who waits for its outcome.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Word {
    pub(super) ask: u64,
    pub(super) decision: Decision,
}

/// What is proposed for a row.
enum Proposal {
    /// It follows the venue's size.
    Follow,
    /// It is closed.
    Close,
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
    match proposal(cx, info, leg, &row)? {
        Proposal::Follow => quantity::decide(cx, info, leg, &row, word),
        Proposal::Close => close(cx, info, leg, &row, word),
    }
}

/// The row as a person's word would leave it now, or why there is nothing to decide yet.
pub(super) fn offer(cx: &Cx, info: &Info, leg: &LegState) -> Result<Row, String> {
    let row = leg.row.as_ref().ok_or_else(|| format!("{} is not in the ledger", leg.key))?;
    let decision = Decision { who: String::new(), reason: String::new() };
    match proposal(cx, info, leg, row)? {
        Proposal::Follow => quantity::offer(cx, info, leg, row, &Word { ask: 0, decision }),
        Proposal::Close => closed(cx, info, leg, row, &decision),
    }
}

fn proposal(cx: &Cx, info: &Info, leg: &LegState, row: &Row) -> Result<Proposal, String> {
    let key = &leg.key;
    if leg.saving {
        return Err(format!("refused: {key} is being written, try again"));
    }
    if !info.is_known() {
        return Err(format!("refused: {} is not known now, nothing is proven", info.name));
    }
    if latch::is_at_work(cx, leg) {
        return Err(format!("refused: a close of {key} is in flight"));
    }
    let differs = leg.findings.iter().any(|finding| finding.kind == FindingKind::Quantity);
    if differs && !quantity::is_another(info, leg) {
        return Ok(Proposal::Follow);
    }
    // A row that is being opened is not expected at the venue yet.
    if row.status == RowStatus::Opening || leg.proof().is_empty() {
        return Err(format!("nothing is proposed for {key}"));
    }
    Ok(Proposal::Close)
}

/// Closes a row on a person's word, or says why that is not for a person to decide.
fn close(
    cx: &mut Cx,
    info: &mut Info,
    leg: &mut LegState,
    row: &Row,
    word: &Word,
) -> Result<String, String> {
    let Decided { proof, by, priced } = decided(cx, info, leg, row, &word.decision)?;
    if let Some(hold) = info.hold.as_mut().filter(|_| !priced) {
        hold.decided += 1;
    }
    book(cx, info, leg, row, &proof, by, Some(word));
    let how = if priced { "at the price its fills name" } else { "without a price" };
    Ok(format!("closing the row of {} {how}: {}", leg.key, word.decision.reason))
}

/// The row as a person's word would close it now.
fn closed(
    cx: &Cx,
    info: &Info,
    leg: &LegState,
    row: &Row,
    decision: &Decision,
) -> Result<Row, String> {
    let Decided { proof, by, .. } = decided(cx, info, leg, row, decision)?;
    Ok(row.close(&proof, by, cx.now).row().clone())
}

/// What a person may close a row with.
struct Decided {
    proof: Gone,
    by: DetectedBy,
    priced: bool,
}

fn decided(
    cx: &Cx,
    info: &Info,
    leg: &LegState,
    row: &Row,
    decision: &Decision,
) -> Result<Decided, String> {
    let explained = gone::explain(info, leg, row);
    let seen = leg.proof();
    let proven = match &explained {
        Some(_) => gone::is_enough(cx, leg, &seen),
        None => gone::is_absent_by_looks(cx, leg),
    };
    let priced = explained.is_some();
    let account = explained.map_or_else(|| Account::Decided(decision.clone()), Account::explained);
    let gone = Gone::prove(&seen, cx.policy.confirm_interval, account).filter(|_| proven);
    let Some(gone) = gone else {
        return Err(format!("refused: looks have not proven yet that {} is gone", leg.key));
    };
    if (!priced || history::lacks_entry(leg, row)) && !leg.history.answered {
        return Err(format!("refused: {} is being asked for fills, try again", info.name));
    }
    let told = leg.replaced.zero.map(|_| DetectedBy::Stream);
    let by = leg.noticed.map(|(by, _)| by).or(told).unwrap_or(DetectedBy::Sync);
    Ok(Decided { proof: gone, by, priced })
}
