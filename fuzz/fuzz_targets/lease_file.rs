//! Fuzzes the door `lease_file`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| holdfast_fuzz::doors::enter("lease_file", bytes));
