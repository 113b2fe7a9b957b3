//! Who else trades an account: orders and executions that are not ours, by who sent them.
//!
//! For: one event a sender and process, one finding an account. A sender whose fills opened what
//! it then wrote to the ledger is a registered bot, and none of our business. Not for: the orders
//! themselves (`foreign`), nor for a second holdfast (`twin`). Door: [`ordered`], [`filled`].

use std::collections::{BTreeMap, VecDeque};

use serde::{Deserialize, Serialize};

use crate::domain::amount::Side;
use crate::domain::client_id::ClientId;
use crate::domain::count::counted;
use crate::domain::event::{Event, EventKind, Severity};
use crate::domain::evidence::{Fill, Origin};
use crate::domain::journal::Rule;
use crate::domain::key::{Leg, PositionKey, Symbol, VenueOrderId};
use crate::domain::ledger::Row;
use crate::domain::sender::Sender;
use crate::domain::snapshot::{AccountFinding, AccountFindingKind};
use crate::domain::time::{Time, VenueTime};

use crate::engine::cx::Cx;
use crate::engine::pairs;
use crate::engine::state::{Account, Info};
use crate::engine::timers::Timer;

/// Senders told apart; whoever comes after them is one crowd.
const SENDERS: usize = 16;
/// Senders named in the finding.
const SHOWN: usize = 4;
/// Fills of a sender that are compared with the ledger's rows.
const COMPARED: usize = 16;
/// How far a bot's clock may be behind the venue's when it writes `opened_at`.
const CLOCK_SLACK_MS: i64 = 60_000;

/// Everybody else on one account.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Writers {
    #[serde(with = "pairs")]
    all: BTreeMap<Sender, Writer>,
    /// Somebody was noted since they were weighed last.
    news: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Writer {
    count: u64,
    first: Time,
    last: Time,
    fills: VecDeque<Opening>,
    registered: bool,
    told: bool,
}

/// A fill that may have opened a row.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Opening {
    place: (Symbol, Leg),
    order: VenueOrderId,
    side: Side,
    at: VenueTime,
}

impl Writers {
    fn note(&mut self, now: Time, sender: Sender) -> &mut Writer {
        self.news = true;
        let known = self.all.contains_key(&sender);
        let sender = if known || self.all.len() < SENDERS { sender } else { Sender::Unnamed };
        let writer = self.all.entry(sender).or_insert_with(|| Writer {
            count: 0,
            first: now,
            last: now,
            fills: VecDeque::new(),
            registered: false,
            told: false,
        });
        writer.count += 1;
        writer.last = now;
        writer
    }
}

/// Notes an order of somebody else.
pub(super) fn ordered(cx: &mut Cx, info: &mut Info, id: &ClientId) {
    if id.purpose().is_none() {
        info.writers.note(cx.now, Sender::of(Some(id)));
    }
}

/// Notes an execution, unless it is ours or the venue's own.
pub(super) fn filled(cx: &mut Cx, info: &mut Info, fill: &Fill) {
    let id = fill.client_id.as_ref();
    let venue = matches!(fill.origin, Origin::Liquidation | Origin::Adl | Origin::Settlement);
    if venue || id.is_some_and(|id| id.purpose().is_some()) {
        return;
    }
    let sender = Sender::of(id);
    // A stop that the venue keeps on the position has no client id either, and may be ours.
    if sender == Sender::Unnamed && fill.origin != Origin::Plain {
        return;
    }
    let writer = info.writers.note(cx.now, sender);
    if writer.fills.len() == COMPARED {
        writer.fills.pop_front();
    }
    let side = if fill.side == Side::Long.opening() { Side::Long } else { Side::Short };
    writer.fills.push_back(Opening {
        place: (fill.symbol.clone(), fill.leg),
        order: fill.order_id.clone(),
        side,
        at: fill.at,
    });
}

/// Tells of whoever has had the time to register what it opened, and did not. `stirred`: a leg
/// was touched in this step. Without that, no row is another than it was when last compared.
pub(super) fn weigh(cx: &mut Cx, account: &mut Account, stirred: bool) {
    let Account { info, legs, .. } = account;
    let compares = std::mem::take(&mut info.writers.news) || stirred;
    for (sender, writer) in &mut info.writers.all {
        if writer.registered || writer.told && !compares {
            continue;
        }
        let row = |place: &(Symbol, Leg)| legs.get(place).and_then(|leg| leg.row.as_deref());
        let opened = |fill: &Opening| {
            row(&fill.place).is_some_and(|row| fill.opened(row) && !is_adopted(cx, &row.key))
        };
        writer.registered = compares && writer.fills.iter().any(opened);
        if writer.registered || writer.told {
            continue;
        }
        let due = writer.first + cx.policy.orphan_grace;
        if due > cx.now {
            cx.timers.by(Timer::Look(info.name.clone()), due);
            continue;
        }
        writer.told = true;
        let severity = match sender {
            Sender::Web | Sender::App => Severity::Info,
            _ => Severity::Warning,
        };
        let event = Event::about(cx.now, EventKind::ForeignOrder, severity, &info.name)
            .saying(sentence(sender, writer))
            .with(serde_json::json!({
                "writer": sender.to_string(), "count": writer.count,
                "first": writer.first.rfc3339(), "last": writer.last.rfc3339(),
            }));
        cx.tell(event);
    }
}

impl Opening {
    /// Whether this fill opened the row: it names the order, or was written after the fill.
    fn opened(&self, row: &Row) -> bool {
        let named = row.exchange_order_id.as_ref() == Some(&self.order);
        row.side == self.side
            && (named || row.opened_at.0.saturating_add(CLOCK_SLACK_MS) >= self.at.0)
    }
}

fn is_adopted(cx: &Cx, key: &PositionKey) -> bool {
    cx.repairs.iter().any(|repair| repair.rule == Rule::Adopt && repair.key == *key)
}

fn sentence(sender: &Sender, writer: &Writer) -> String {
    let who = match sender {
        Sender::Web => "a person at the venue's web page".to_owned(),
        Sender::App => "a person with the venue's app".to_owned(),
        Sender::Broker(_) | Sender::Named(_) => format!("a program that signs {sender}"),
        Sender::Unnamed => "somebody without a name".to_owned(),
    };
    let things = counted(writer.count, "order or fill", "orders and fills");
    format!("{who} trades this account too: {things}")
}

/// Whoever has been told of and is not registered, in one finding.
pub(super) fn finding(info: &Info) -> Option<AccountFinding> {
    let strangers = || info.writers.all.iter().filter(|(_, w)| w.told && !w.registered);
    let since = strangers().map(|(_, writer)| writer.first).min()?;
    let shown = strangers().take(SHOWN).map(|(sender, writer)| {
        format!("{}, last {}", sentence(sender, writer), writer.last.rfc3339())
    });
    let mut text = shown.collect::<Vec<_>>().join("; ");
    let more = strangers().count().saturating_sub(SHOWN);
    if more > 0 {
        text.push_str(&format!("; and {more} more"));
    }
    Some(AccountFinding { kind: AccountFindingKind::ForeignWriter, since, text })
}
