//! Fuzzes the door `filter`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| holdfast_fuzz::doors::enter("filter", bytes));
