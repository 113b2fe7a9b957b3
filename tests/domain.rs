//! The nouns: what they refuse to be, and what they work out.

#![allow(clippy::expect_used, clippy::unwrap_used)]

mod domain {
    mod alone;
    mod blasts;
    mod coverage;
    mod drifts;
    mod making;
    mod others;
    mod plans;
    mod proof;
    mod seen;
    mod trails;
    mod words;
}
