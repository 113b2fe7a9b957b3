//! The config: what is read, what is refused and in which words, and that no secret is shown.

#![allow(clippy::unwrap_used)] // a test that cannot set its scene has failed

mod settings {
    mod accounts;
    mod grammar;
    mod places;
    mod secrets;
    mod show;
    pub mod support;
}
