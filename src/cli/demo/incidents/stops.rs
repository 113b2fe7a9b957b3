//! Incidents of stops: missing, left behind, or on the way to nothing.

use crate::cli::demo::cast::{Role, bybit, long, short};
use crate::cli::demo::incident::{Deed, Fault, Incident, Proof, When, after, once};
use crate::domain::event::EventKind;
use crate::domain::key::Venue;

const TRAILING: Role = long("DOGEUSDT", "40000");
const OTHER: Role = short("ETHUSDT", "2");

/// A stop that is moved after its position is gone.
pub const PROMPT: Incident = Incident {
    name: "prompt",
    summary: "a trailing position is closed and the stream is silent",
    source: "PROMPTUSDT: the stop of a closed position was moved twice with the size from the \
             table, and the close was noticed 73 s later",
    goal: "the row is closed with its evidence and no stop is left",
    older: "It takes the size from its own table, moves the stop of a position that is gone, \
            and books the close two minutes later.",
    venue: Venue::BinanceUsdm,
    held: &[TRAILING, OTHER],
    before: &[],
    acts: &[
        after(500, Deed::Jump(&[TRAILING], 8)),
        after(700, Deed::Jump(&[TRAILING], 8)),
        after(700, Deed::Jump(&[TRAILING], 8)),
        after(700, Deed::Jump(&[TRAILING], 8)),
        once(
            When::Trails(TRAILING),
            Deed::Fault(Fault {
                kind: "stream_silent",
                endpoint: None,
                code: None,
                count: None,
                says: "the user stream says nothing any more",
            }),
        ),
        after(200, Deed::Close(&[TRAILING])),
        after(500, Deed::Jump(&[TRAILING], 8)),
    ],
    ends: &[
        Proof::Closed(TRAILING, "external"),
        Proof::MissedBy(TRAILING, "sync"),
        Proof::Flat(TRAILING),
        Proof::Kept(OTHER),
    ],
    limit: 60,
};

const EIGHTY_SIX: Role = long("ADAUSDT", "86");

/// An open whose stop is refused.
pub const AVL: Incident = Incident {
    name: "avl",
    summary: "86 contracts are bought and their stop is refused",
    source: "AVLUSDT: the roll-back of an open bought a second time instead of selling, and \
             86 contracts stayed without a row and without a stop",
    goal: "86 contracts are sold again, and nothing else is traded",
    older: "It buys once more where it meant to sell, does not look again, and leaves 86 \
            contracts open that no table knows and no stop covers.",
    venue: Venue::BinanceUsdm,
    held: &[OTHER],
    before: &[],
    acts: &[
        after(
            300,
            Deed::Fault(Fault {
                kind: "refuse",
                endpoint: None,
                code: Some(-4045),
                count: Some(50),
                says: "the exchange takes no more stops",
            }),
        ),
        after(200, Deed::Open(EIGHTY_SIX)),
    ],
    ends: &[
        Proof::Told(EventKind::RollbackVerified),
        Proof::InAndOut(EIGHTY_SIX),
        Proof::Flat(EIGHTY_SIX),
        Proof::OpenRows(1),
        Proof::Kept(OTHER),
    ],
    limit: 60,
};

const COVERED: Role = bybit(long("ETHUSDT", "2.5"));
const NEIGHBOUR: Role = bybit(short("SOLUSDT", "40"));

/// A stop that somebody takes away.
pub const STOP_VANISHED: Incident = Incident {
    name: "stop-vanished",
    summary: "the stop of a position disappears",
    source: "orders that an exchange forgot or that somebody removed: some bots did not see it \
             for hours, others stacked new stops up to the limit of orders",
    goal: "the stop is back, one and not two",
    older: "It has sent a stop once and believes in it: the position stays without one until \
            somebody looks.",
    venue: Venue::BybitLinear,
    held: &[COVERED, NEIGHBOUR],
    before: &[],
    acts: &[after(500, Deed::DropStop(COVERED))],
    ends: &[
        Proof::Stops(COVERED, 1),
        Proof::Kept(COVERED),
        Proof::Kept(NEIGHBOUR),
        Proof::NeverTwoStops,
        Proof::Looks(1),
    ],
    limit: 60,
};

const FALLING: [Role; 4] =
    [long("ETHUSDT", "2"), long("SOLUSDT", "40"), long("XRPUSDT", "1500"), long("LINKUSDT", "200")];
const RISING: Role = short("BNBUSDT", "3");

/// Every price falls at once.
pub const FLASH_CRASH: Incident = Incident {
    name: "flash-crash",
    summary: "all prices fall by 6.5 % in an instant",
    source: "crashes in which stops fired all at once: rows stayed open, or were closed without \
             a price because most positions were gone together",
    goal: "4 longs are booked as stopped with their price, the short stays",
    older: "It finds four rows without a position at its next round, closes them at the last \
            price it knows, and their stops are somebody else's worry.",
    venue: Venue::BinanceUsdm,
    held: &[FALLING[0], FALLING[1], FALLING[2], FALLING[3], RISING],
    before: &[],
    acts: &[after(500, Deed::Jump(&[FALLING[0], FALLING[1], FALLING[2], FALLING[3], RISING], -65))],
    ends: &[
        Proof::Closed(FALLING[0], "stop_loss"),
        Proof::Closed(FALLING[1], "stop_loss"),
        Proof::Closed(FALLING[2], "stop_loss"),
        Proof::Closed(FALLING[3], "stop_loss"),
        Proof::Flat(FALLING[0]),
        Proof::Flat(FALLING[1]),
        Proof::Flat(FALLING[2]),
        Proof::Flat(FALLING[3]),
        Proof::Kept(RISING),
    ],
    limit: 60,
};
