//! The doors of holdfast, for fuzzers: the same that its tests knock at, nothing written twice.

#![allow(dead_code, unused_imports, reason = "what the tests make inputs from is not needed here")]

#[path = "../../tests/fuzz/doors.rs"]
pub mod doors;
#[path = "../../tests/ui/fixture.rs"]
mod fixture;
#[path = "../../tests/ui/moment.rs"]
mod moment;
