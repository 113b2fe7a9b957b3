//! The fence: a transaction about an account happens only while its lease has the number under
//! which this process holds it.
//!
//! The check is the first statement of the transaction, so that nobody can come between; it has
//! one text however many accounts there are, so that it is prepared once. What has no account of
//! its own (`Settle`, `Undo`) takes that of the intent or repair it is about. Events have none:
//! that a lease is lost can always be written.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use crate::domain::journal::Write;
use crate::domain::key::AccountName;
use crate::domain::lease::Fence;
use crate::store::batch::Trip;

/// The leases that a process holds.
pub type Fences = BTreeMap<AccountName, Fence>;

/// How a refusal by the fence begins; it tells it from one by a row that moved on.
pub(in crate::store) const FENCED: &str = "lease: ";

/// Refuses the transaction unless every account it is about is held under its number.
pub(super) fn fence(trip: &mut Trip, held: &Fences, writes: &[Write]) {
    let (mut accounts, mut intents, mut repairs) =
        (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for write in writes {
        accounts.extend(write.account().map(AccountName::as_str));
        match write {
            Write::Settle { client_id, .. } => {
                intents.insert(client_id.as_str());
            }
            Write::Undo { repair, .. } => {
                repairs.insert(repair.0.as_str());
            }
            _ => {}
        }
    }
    // What the same transaction intends is not in the table yet, and counted already.
    let held: serde_json::Value =
        held.iter().map(|(account, fence)| (account.to_string(), json!(fence.0))).collect();
    if !accounts.is_empty() {
        trip.sql(OF_ACCOUNTS).text(json!(accounts)).text(&held);
    }
    if !intents.is_empty() {
        trip.sql(OF_INTENTS).text(json!(intents)).text(&held);
    }
    if !repairs.is_empty() {
        trip.sql(OF_REPAIRS).text(json!(repairs)).text(&held);
    }
}

const OF_ACCOUNTS: &str = "
    INSERT INTO refusal
    SELECT 'lease: ' || coalesce(l.holder || ' has that of ', 'nobody has that of ') || a.value
    FROM json_each(?) a LEFT JOIN leases l ON l.account = a.value
    WHERE NOT EXISTS (
        SELECT 1 FROM json_each(?) h
        WHERE h.key = a.value AND h.value = l.fence AND l.released_at IS NULL);";

const OF_INTENTS: &str = "
    INSERT INTO refusal
    SELECT 'lease: ' || coalesce(l.holder || ' has that of ', 'nobody has that of ') || i.account
    FROM json_each(?) a JOIN intents i ON i.client_id = a.value
        LEFT JOIN leases l ON l.account = i.account
    WHERE NOT EXISTS (
        SELECT 1 FROM json_each(?) h
        WHERE h.key = i.account AND h.value = l.fence AND l.released_at IS NULL);";

const OF_REPAIRS: &str = "
    INSERT INTO refusal
    SELECT 'lease: ' || coalesce(l.holder || ' has that of ', 'nobody has that of ') || p.account
    FROM json_each(?) a JOIN repairs r ON r.id = a.value JOIN positions p ON p.id = r.position_id
        LEFT JOIN leases l ON l.account = p.account
    WHERE NOT EXISTS (
        SELECT 1 FROM json_each(?) h
        WHERE h.key = p.account AND h.value = l.fence AND l.released_at IS NULL);";
