//! Worlds: the whole program in one process, on a virtual clock, against the embedded exchange,
//! with everything going wrong that a seed decides; afterwards everything has to be right.
//!
//! For: finding what no example thought of, and repeating it from its seed. Not for: users.
//! Door: [`draw::draw`] makes a [`Plan`], [`run`] lets it happen.

pub mod bite;
mod bots;
mod chance;
mod deeds;
pub mod draw;
mod draw_faults;
mod draw_rare;
mod draw_scenes;
mod engine;
pub mod fleet;
pub mod laws;
pub mod ledger;
mod operator;
mod panics;
mod peace;
pub mod plan;
mod power;
mod record;
mod shelf;
mod shown;
pub mod shrink;
mod sight;
mod sound;
mod start;
mod story;
mod truth;
mod watch;
mod wire;
mod world;

pub use plan::Plan;
pub use truth::Breach;
pub use world::{Outcome, run};
