//! The ledger, the recording and the lock, on real files.

mod store {
    mod adoption;
    mod bots;
    mod close;
    mod export;
    mod open;
    mod records;
    pub mod support;
    mod undo;
}
