//! The ledger, the recording and the lock, on real files.

#![allow(clippy::unwrap_used)] // a test that cannot set its scene has failed

mod store {
    mod adoption;
    mod bots;
    mod broken_recording;
    mod close;
    mod export;
    mod leases;
    mod open;
    mod protection;
    mod recording;
    mod records;
    pub mod support;
    mod together;
    mod torn;
    mod undo;
}
