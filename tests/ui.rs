//! The console, tested as an operator meets it: pictures, keys, pastes, bytes, terminals.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop where it stands")]

#[path = "ui/accounts.rs"]
mod accounts;
#[path = "ui/bytes.rs"]
mod bytes;
#[path = "ui/decisions.rs"]
mod decisions;
#[path = "ui/fixture.rs"]
mod fixture;
#[path = "ui/health.rs"]
mod health;
#[path = "ui/ladder.rs"]
mod ladder;
#[path = "ui/moment.rs"]
mod moment;
#[path = "ui/pictures.rs"]
mod pictures;
#[path = "ui/properties.rs"]
mod properties;
#[path = "ui/reel.rs"]
mod reel;
#[path = "ui/screen.rs"]
mod screen;
#[path = "ui/stop_edits.rs"]
mod stop_edits;
#[path = "ui/stops.rs"]
mod stops;
#[path = "ui/tables.rs"]
mod tables;
#[path = "ui/terminal.rs"]
mod terminal;
#[path = "ui/themes.rs"]
mod themes;
#[path = "ui/timelines.rs"]
mod timelines;
#[path = "ui/unknown.rs"]
mod unknown;
#[path = "ui/upper.rs"]
mod upper;
#[path = "ui/wide.rs"]
mod wide;
