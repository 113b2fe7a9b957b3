//! Incidents of the wires: streams, bans, and who else is on them.

use crate::cli::demo::cast::{Role, bybit, long, short};
use crate::cli::demo::incident::{Deed, Fault, Incident, Proof, When, after, once};
use crate::domain::event::EventKind;
use crate::domain::key::Venue;

const SOLD: Role = bybit(long("SOLUSDT", "40"));
const BESIDE: Role = bybit(long("ETHUSDT", "2.5"));

/// A stream that is connected and says nothing.
pub const DEAD_STREAM: Incident = Incident {
    name: "dead-stream",
    summary: "a position is closed and the stream keeps it to itself",
    source: "user streams that answered pings for hours and told of no order; a close noticed \
             73 s late",
    goal: "the close is booked with its price by looking, without the stream",
    older: "It waits for the stream's word, which does not come, and goes on with a position \
            that is closed.",
    venue: Venue::BybitLinear,
    held: &[SOLD, BESIDE],
    before: &[],
    acts: &[
        after(
            300,
            Deed::Fault(Fault {
                kind: "stream_silent",
                endpoint: None,
                code: None,
                count: None,
                says: "the user stream says nothing any more",
            }),
        ),
        after(200, Deed::Close(&[SOLD])),
    ],
    ends: &[
        Proof::Closed(SOLD, "external"),
        Proof::MissedBy(SOLD, "sync"),
        Proof::Flat(SOLD),
        Proof::Kept(BESIDE),
    ],
    limit: 60,
};

const BANNED: Role = long("ETHUSDT", "2");
const ALSO: Role = short("SOLUSDT", "40");

/// An address that is not served.
pub const BAN: Incident = Incident {
    name: "ban",
    summary: "the address is banned and a stop disappears meanwhile",
    source: "bots that asked on into a ban until it lasted days",
    goal: "nothing is sent into the ban, and after it the stop is back",
    older: "It tries again at once and as often as it can, each try makes the ban longer, and \
            the position stays without a stop.",
    venue: Venue::BinanceUsdm,
    held: &[BANNED, ALSO],
    before: &[],
    acts: &[after(500, Deed::Ban(6000)), after(100, Deed::DropStop(BANNED))],
    ends: &[
        Proof::Told(EventKind::SyncFailed),
        Proof::Stops(BANNED, 1),
        Proof::Kept(BANNED),
        Proof::Kept(ALSO),
        Proof::IntoBan(6),
        Proof::Never(EventKind::StopRejected),
        Proof::Never(EventKind::PositionClosed),
    ],
    limit: 60,
};

const FIRST: Role = long("ETHUSDT", "2");
const SECOND: Role = long("SOLUSDT", "40");

/// Two engines, one ledger.
pub const SECOND_INSTANCE: Incident = Incident {
    name: "second-instance",
    summary: "another engine has the account, then it dies",
    source: "a second instance that was thought to be stopped sent orders; two processes opened \
             the same trade",
    goal: "one stop by the engine that acts, by this one when that is dead",
    older: "It knows of no other: both send a stop, two rest behind one position, and one is \
            left when that is closed.",
    venue: Venue::BinanceUsdm,
    held: &[FIRST, SECOND],
    before: &[Deed::RivalBegins],
    acts: &[
        after(500, Deed::DropStop(FIRST)),
        once(When::Covered(FIRST), Deed::RivalDies),
        after(100, Deed::DropStop(SECOND)),
    ],
    ends: &[
        Proof::Acts,
        Proof::Stops(FIRST, 1),
        Proof::Stops(SECOND, 1),
        Proof::Kept(FIRST),
        Proof::Kept(SECOND),
        Proof::NeverTwoStops,
    ],
    limit: 60,
};
