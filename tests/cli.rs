//! The real binary, from outside: exit codes, sentences, JSON, and whole stories over loopback.

#![allow(clippy::unwrap_used)]

#[path = "cli/accounts.rs"]
mod accounts;
#[path = "cli/arguments.rs"]
mod arguments;
#[path = "cli/configs.rs"]
mod configs;
#[path = "cli/consoles.rs"]
mod consoles;
#[path = "cli/demos.rs"]
mod demos;
#[path = "cli/doors.rs"]
mod doors;
#[path = "cli/drills.rs"]
mod drills;
#[path = "cli/dumps.rs"]
mod dumps;
#[path = "cli/engines.rs"]
mod engines;
#[path = "cli/faults.rs"]
mod faults;
#[path = "cli/house.rs"]
mod house;
#[path = "cli/leases.rs"]
mod leases;
#[path = "cli/ledgers.rs"]
mod ledgers;
#[path = "cli/limits.rs"]
mod limits;
#[path = "cli/opens.rs"]
mod opens;
#[path = "cli/replays.rs"]
mod replays;
#[path = "cli/scans.rs"]
mod scans;
#[path = "cli/shots.rs"]
mod shots;
#[path = "cli/terminal.rs"]
mod terminal;
#[path = "cli/through.rs"]
mod through;
#[path = "cli/undos.rs"]
mod undos;
#[path = "cli/venue.rs"]
mod venue;
