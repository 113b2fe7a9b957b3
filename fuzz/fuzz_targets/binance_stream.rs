//! Fuzzes the door `binance_stream`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| holdfast_fuzz::doors::enter("binance_stream", bytes));
