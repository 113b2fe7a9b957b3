//! Incidents of the books: rows and positions that do not agree, or seem not to.

use crate::cli::demo::cast::{Role, bybit, hedged, long, short};
use crate::cli::demo::incident::{Deed, Fault, Incident, Proof, When, after, once};
use crate::domain::event::EventKind;
use crate::domain::key::Venue;

/// A contract of the crowd, with a small position.
const fn one(symbol: &'static str) -> Role {
    long(symbol, "2")
}

const CLOSED: [Role; 9] = [
    one("0001SOLUSDT"),
    one("0002SOLUSDT"),
    one("0003SOLUSDT"),
    one("0004SOLUSDT"),
    one("0005SOLUSDT"),
    one("0006SOLUSDT"),
    one("0007SOLUSDT"),
    one("0008SOLUSDT"),
    one("0009SOLUSDT"),
];

const ROWS: [Role; 30] = [
    CLOSED[0],
    CLOSED[1],
    CLOSED[2],
    CLOSED[3],
    CLOSED[4],
    CLOSED[5],
    CLOSED[6],
    CLOSED[7],
    CLOSED[8],
    one("0010SOLUSDT"),
    one("0011SOLUSDT"),
    one("0012SOLUSDT"),
    one("0013SOLUSDT"),
    one("0014SOLUSDT"),
    one("0015SOLUSDT"),
    one("0016SOLUSDT"),
    one("0017SOLUSDT"),
    one("0018SOLUSDT"),
    one("0019SOLUSDT"),
    one("0020SOLUSDT"),
    one("0021SOLUSDT"),
    one("0022SOLUSDT"),
    one("0023SOLUSDT"),
    one("0024SOLUSDT"),
    one("0025SOLUSDT"),
    one("0026SOLUSDT"),
    one("0027SOLUSDT"),
    one("0028SOLUSDT"),
    one("0029SOLUSDT"),
    one("0030SOLUSDT"),
];

const STRANGERS: [Role; 2] = [short("ARBUSDT", "200"), short("DOGEUSDT", "5400")];

/// Thirty rows, twenty-one positions that they know, two that they do not.
pub const FIRST_RESTART: Incident = Incident {
    name: "first-restart",
    summary: "30 rows, 9 of them closed meanwhile, 2 positions unknown",
    source: "the older bot's first start after its repair: the counts of its report did not add \
             up, and the two positions it added were added again by the next start",
    goal: "9 rows closed with their fills, 21 kept, 2 shown and not adopted",
    older: "It closes what it does not find without asking for a fill, and adds the two unknown \
            positions to its table, at this start and again at the next.",
    venue: Venue::BinanceUsdm,
    held: &ROWS,
    before: &[
        Deed::List("SOLUSDT", 30),
        Deed::Unknown(STRANGERS[0]),
        Deed::Unknown(STRANGERS[1]),
        Deed::Close(&CLOSED),
    ],
    acts: &[],
    ends: &[
        Proof::Closed(CLOSED[0], "external"),
        Proof::Closed(CLOSED[1], "external"),
        Proof::Closed(CLOSED[2], "external"),
        Proof::Closed(CLOSED[3], "external"),
        Proof::Closed(CLOSED[4], "external"),
        Proof::Closed(CLOSED[5], "external"),
        Proof::Closed(CLOSED[6], "external"),
        Proof::Closed(CLOSED[7], "external"),
        Proof::Closed(CLOSED[8], "external"),
        Proof::MissedBy(CLOSED[0], "startup"),
        Proof::OpenRows(21),
        Proof::Kept(ROWS[9]),
        Proof::Kept(ROWS[29]),
        Proof::Orphan(STRANGERS[0]),
        Proof::Orphan(STRANGERS[1]),
        Proof::Never(EventKind::PositionAdopted),
    ],
    limit: 60,
};

const HELD: [Role; 5] = [
    long("ETHUSDT", "2"),
    short("SOLUSDT", "40"),
    long("XRPUSDT", "1500"),
    short("LINKUSDT", "200"),
    long("BNBUSDT", "3"),
];

const FLAT: [&str; 38] = [
    "0001ADAUSDT",
    "0002ADAUSDT",
    "0003ADAUSDT",
    "0004ADAUSDT",
    "0005ADAUSDT",
    "0006ADAUSDT",
    "0007ADAUSDT",
    "0008ADAUSDT",
    "0009ADAUSDT",
    "0010ADAUSDT",
    "0011ADAUSDT",
    "0012ADAUSDT",
    "0013ADAUSDT",
    "0014ADAUSDT",
    "0015ADAUSDT",
    "0016ADAUSDT",
    "0017ADAUSDT",
    "0018ADAUSDT",
    "0019ADAUSDT",
    "0020ADAUSDT",
    "0021ADAUSDT",
    "0022ADAUSDT",
    "0023ADAUSDT",
    "0024ADAUSDT",
    "0025ADAUSDT",
    "0026ADAUSDT",
    "0027ADAUSDT",
    "0028ADAUSDT",
    "0029ADAUSDT",
    "0030ADAUSDT",
    "0031ADAUSDT",
    "0032ADAUSDT",
    "0033ADAUSDT",
    "0034ADAUSDT",
    "0035ADAUSDT",
    "0036ADAUSDT",
    "0037ADAUSDT",
    "0038ADAUSDT",
];

/// An answer with rows of positions that ended.
pub const STALE_ZERO_ROWS: Incident = Incident {
    name: "stale-zero-rows",
    summary: "the list of positions has 38 rows of size zero",
    source: "the older bot made 38 positions out of rows that a library had kept",
    goal: "38 rows of size zero become no position, and the 5 real ones stay",
    older: "It takes every row of the list for a position: 38 rows that nothing stands behind, \
            each asking for a stop.",
    venue: Venue::BinanceUsdm,
    held: &HELD,
    before: &[Deed::List("ADAUSDT", 38), Deed::WereTraded(&FLAT)],
    acts: &[after(
        500,
        Deed::Fault(Fault {
            kind: "zero_rows",
            endpoint: None,
            code: None,
            count: None,
            says: "the list of positions has rows of 38 that are closed",
        }),
    )],
    ends: &[
        Proof::Looks(3),
        Proof::Agreed(5),
        Proof::OpenRows(5),
        Proof::Kept(HELD[0]),
        Proof::Kept(HELD[1]),
        Proof::Never(EventKind::OrphanDetected),
        Proof::Never(EventKind::PositionAdopted),
        Proof::Never(EventKind::PhantomDetected),
    ],
    limit: 60,
};

/// A list without anything in it.
pub const EMPTY_ANSWER: Incident = Incident {
    name: "empty-answer",
    summary: "the exchange answers that nothing is open, and lies",
    source: "the older bot read a failed answer as an empty list; others had an exchange answer \
             with too few rows",
    goal: "nothing is closed although the list of positions is empty",
    older: "It reads the empty list as five closed positions, closes their rows, and their stops \
            are no longer watched.",
    venue: Venue::BinanceUsdm,
    held: &HELD,
    before: &[],
    acts: &[
        after(
            500,
            Deed::Fault(Fault {
                kind: "empty_list",
                endpoint: Some("GET /fapi/*/positionRisk"),
                code: None,
                count: None,
                says: "the list of positions is empty from now on",
            }),
        ),
        once(When::Looks(3), Deed::Mend),
    ],
    ends: &[
        Proof::Looks(1),
        Proof::Agreed(5),
        Proof::Kept(HELD[0]),
        Proof::Kept(HELD[1]),
        Proof::Kept(HELD[2]),
        Proof::Kept(HELD[3]),
        Proof::Kept(HELD[4]),
        Proof::Never(EventKind::PhantomClosed),
        Proof::Never(EventKind::PositionClosed),
    ],
    limit: 60,
};

const PAIR: [Role; 2] = [hedged(long("ETHUSDT", "2.5")), hedged(short("ETHUSDT", "1.2"))];
const BESIDE: Role = bybit(long("SOLUSDT", "40"));

/// Two legs, of which the first is closed.
pub const FIRST_ROW: Incident = Incident {
    name: "first-row",
    summary: "one leg of a hedged pair is closed, the other is not",
    source: "in hedge mode the first row of the answer was empty, and a bot read the short leg \
             as flat for six days",
    goal: "the long leg's row is closed, the short leg keeps row and stop",
    older: "It knows a symbol and no leg: the empty first row is its position, and the short leg \
            stays open with nobody watching.",
    venue: Venue::BybitLinear,
    held: &[PAIR[0], PAIR[1], BESIDE],
    before: &[],
    acts: &[after(500, Deed::Close(&[PAIR[0]]))],
    ends: &[
        Proof::Closed(PAIR[0], "external"),
        Proof::Flat(PAIR[0]),
        Proof::Kept(PAIR[1]),
        Proof::Kept(BESIDE),
        Proof::Looks(1),
    ],
    limit: 60,
};
