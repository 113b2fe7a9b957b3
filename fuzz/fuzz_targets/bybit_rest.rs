//! Fuzzes the door `bybit_rest`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| holdfast_fuzz::doors::enter("bybit_rest", bytes));
