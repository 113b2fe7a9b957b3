//! The one question a one-shot command asks before it acts.

use std::io::{self, IsTerminal, Write};

use crate::cli::ending::Failure;

/// Shows what will be done and asks, unless that was settled with `--yes`.
///
/// # Errors
/// Without a terminal to ask on, or when the answer is not yes.
pub fn agree(plan: &str, yes: bool) -> Result<(), Failure> {
    let terminal = io::stdin().is_terminal() && io::stderr().is_terminal();
    if !yes && !terminal {
        return Err("there is no terminal to ask on; add --yes if this is wanted".into());
    }
    let mut out = io::stderr().lock();
    let _ = writeln!(out, "{plan}");
    if yes {
        return Ok(());
    }
    let _ = write!(out, "Do it? [y/N] ").and_then(|()| out.flush());
    let mut line = String::new();
    io::stdin().read_line(&mut line).map_err(|error| format!("no answer: {error}"))?;
    match line.trim() {
        "y" | "Y" | "yes" => Ok(()),
        _ => Err("nothing was done".into()),
    }
}
