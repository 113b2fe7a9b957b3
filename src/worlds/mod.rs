//! Worlds: the whole program in one process, on a virtual clock, against the embedded exchange,
//! with everything going wrong that a seed decides; afterwards everything has to be right.
//!
//! For: finding what no example thought of, and repeating it from its seed. Not for: users.
//! Door: [`plan::Plan`], [`draw::draw`].

pub mod chance;
pub mod draw;
mod draw_faults;
pub mod laws;
pub mod ledger;
pub mod plan;
