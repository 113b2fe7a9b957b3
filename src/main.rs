//! The binary: everything it can do is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    holdfast::cli::run()
}
