//! holdfast keeps crypto perpetual-futures positions true and protected.
//!
//! A pure core is told the time and the truth and answers with effects; a thin shell does them
//! in order; a screen shows the newest snapshot and can only ask. ARCHITECTURE.md is the map.

pub mod cli;
pub mod domain;
pub mod engine;
pub mod exchange;
pub mod runtime;
pub mod settings;
pub mod sim;
pub mod store;
pub mod ui;
pub mod worlds;
