//! Fuzzes the door `binance_rest`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| holdfast_fuzz::doors::enter("binance_rest", bytes));
