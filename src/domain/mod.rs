//! The nouns of holdfast: what a position, a stop, a proof and a finding are.
//!
//! For: types every other room speaks in, with the checks that make illegal states unbuildable.
//! Not for: deciding anything over time (that is `engine`) or talking to anybody (the shell).
//! Door: [`key::PositionKey`] names a leg, [`sweep::Sweep`] says what a venue showed,
//! [`snapshot::Snapshot`] is what the screen reads and [`command::Ask`] all that it can say.

#![warn(missing_docs)]

pub mod alone;
pub mod amount;
pub mod batch;
pub mod blast;
pub mod client_id;
pub mod command;
pub mod count;
pub mod crossing;
pub mod drift;
pub mod effect;
pub mod event;
pub mod evidence;
pub mod finding;
pub mod guard;
pub mod history;
pub mod input;
pub mod instrument;
pub mod journal;
pub mod key;
pub mod lease;
pub mod ledger;
pub mod naked;
pub mod opening;
pub mod order;
pub mod outcome;
pub mod plan;
pub mod policy;
pub mod position;
pub mod seen;
pub mod sender;
pub mod snapshot;
pub mod sweep;
pub mod teeth;
pub mod time;
pub mod timeline;
pub mod trail;
pub mod trust;
pub mod work;
