//! Fuzzes the door `recording`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| holdfast_fuzz::doors::enter("recording", bytes));
