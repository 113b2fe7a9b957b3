//! Fuzzes the door `bybit_stream`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| holdfast_fuzz::doors::enter("bybit_stream", bytes));
