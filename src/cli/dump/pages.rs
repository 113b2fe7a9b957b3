//! The pages of a bundle that explain it: the manifest, the README, the timelines.
//!
//! Not for: gathering what they tell. Door: [`manifest`], [`readme`], [`timelines()`].

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use serde_json::{Value, json};

use crate::cli::ending::inert;
use crate::cli::replay::{timelines, unbroken};
use crate::domain::time::Time;
use crate::store::bundle::{Mark, RECORDINGS};
use crate::store::recorder;

/// What is in the bundle, for a program.
pub fn manifest(made: Time, since: Time, files: &[(String, u64)], left_out: &[String]) -> Value {
    let mark = Mark::ours();
    let files = files.iter().map(|(name, bytes)| json!({"name": name, "bytes": bytes}));
    json!({
        "bundle": mark.bundle,
        "layout": mark.layout,
        "program": mark.program,
        "recording_format": recorder::FORMAT,
        "system": format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
        "kernel": kernel(),
        "made_at": made.rfc3339(),
        "since": since.rfc3339(),
        "files": files.collect::<Vec<_>>(),
        "left_out": left_out,
    })
}

fn kernel() -> String {
    let uname = rustix::system::uname();
    format!("{} {}", uname.sysname().to_string_lossy(), uname.release().to_string_lossy())
}

/// What is in the bundle, for a person.
pub fn readme(made: Time, since: Time, name: &str, left_out: &[String]) -> String {
    let name = for_a_shell(name);
    let mut text = format!(
        "An incident of holdfast {program}, written at {made}, from {since} on.\n\n\
         Look at it:  holdfast replay {name}\n\
         Unpack it:   zstd -dc {name} | tar -x\n\n\
         timeline.txt      who learnt what became of each leg, and when\n\
         events.jsonl      what happened, one JSON object a line\n\
         positions.json    the rows of the ledger\n\
         repairs.json, naked_spans.json, intents.json, orders.json, fills.json\n\
         \x20                 the ledger's journals\n\
         config.toml       the config in force: where keys are kept, and none of them\n\
         {RECORDINGS}/       everything the engine was told; whole files, so that it may begin\n\
         \x20                 earlier\n\
         manifest.json     versions, sizes, and what was left out\n",
        program = env!("CARGO_PKG_VERSION"),
    );
    if !left_out.is_empty() {
        text.push_str("\nLeft out:\n");
        left_out.iter().for_each(|why| text.push_str(&format!("  {why}\n")));
    }
    text
}

/// A file's name as a shell takes it for one word, and a command for no option.
fn for_a_shell(name: &str) -> String {
    let name = if name.starts_with('-') { format!("./{name}") } else { name.to_owned() };
    let plain = |c: char| c.is_alphanumeric() || "._-+/:@%,=".contains(c);
    match !name.is_empty() && name.chars().all(plain) {
        true => name,
        false => format!("'{}'", name.replace('\'', r"'\''")),
    }
}

/// The timelines of every run that the parts of a recording tell of.
pub fn timelines(parts: &[PathBuf], stop: &AtomicBool) -> String {
    let mut text = "\
        When each learnt what became of a leg. The instant is the venue's own where it says one;\n\
        each source tells how long after that it knew.\n"
        .to_owned();
    for first in firsts(parts) {
        let name = first.file_name().map(|name| name.to_string_lossy().into_owned());
        text.push_str(&format!("\nfrom {} on\n\n", name.unwrap_or_default()));
        match unbroken(|| timelines::of(first, stop)) {
            Ok(told) => {
                text.push_str(&told.text);
                let damage = told.torn.filter(|_| told.is_damaged);
                damage.iter().for_each(|why| text.push_str(&format!("{}\n", inert(why))));
            }
            Err(why) => text.push_str(&format!("{}\n", inert(&why))),
        }
    }
    text
}

/// The first part of each run.
fn firsts(parts: &[PathBuf]) -> impl Iterator<Item = &PathBuf> {
    let run = |path: &PathBuf| {
        let name = path.file_name()?.to_str()?;
        Some(name.rsplit_once('-')?.0.to_owned())
    };
    let is_first = move |at: usize| at == 0 || run(&parts[at - 1]) != run(&parts[at]);
    parts.iter().enumerate().filter(move |(at, _)| is_first(*at)).map(|(_, path)| path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_commands_of_a_readme_can_be_pasted() {
        for (name, word) in [
            ("holdfast-20261121T022000.000Z.tar.zst", "holdfast-20261121T022000.000Z.tar.zst"),
            ("an incident.zst", "'an incident.zst'"),
            ("it's $HOME;.zst", r"'it'\''s $HOME;.zst'"),
            ("-x.zst", "./-x.zst"),
            ("~", "'~'"),
        ] {
            let text = readme(Time(0), Time(0), name, &[]);
            assert!(text.contains(&format!("holdfast replay {word}\n")), "{text}");
            assert!(text.contains(&format!("zstd -dc {word} | tar -x\n")), "{text}");
        }
    }
}
