//! Fuzzes the door `engine_socket`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| holdfast_fuzz::doors::enter("engine_socket", bytes));
