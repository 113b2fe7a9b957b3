//! `holdfast worlds`: simulated worlds under faults, for whoever changes this program.
//!
//! A failure is printed with its seed and as a story that repeats it; exit 1.

use std::fs::File;
use std::io::Read;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::cli::args::Args;
use crate::cli::ending::{Ending, Failure, on_a_line, print};
use crate::cli::log;
use crate::domain::count::counted;
use crate::domain::teeth::{self, Tooth};
use crate::domain::time::Span;
use crate::store::refused::unread;
use crate::worlds::bite::{Bite, bite_all};
use crate::worlds::draw::Bounds;
use crate::worlds::fleet::{Fleet, Report, sail, twice};
use crate::worlds::shrink::shrink;
use crate::worlds::{Outcome, Plan};

/// How many worlds, unless somebody says.
const SEEDS: u64 = 1000;

/// More threads than this only wait for each other.
const MOST_THREADS: i64 = 64;

/// No world's trouble lasts longer: a day.
const MOST_MINUTES: Decimal = Decimal::from_parts(1440, 0, 0, false, 0);

/// A longer story was not printed by a world.
const LONGEST_STORY: u64 = 4 * 1024 * 1024;

/// Which worlds.
#[derive(Debug, clap::Args)]
pub struct Worlds {
    /// How many [default: 1000; for each safeguard as many as should notice]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub seeds: Option<u64>,
    /// The first seed
    #[arg(long, value_name = "S", default_value = "0")]
    pub from: u64,
    /// How many minutes of trouble a world has at most, a day at most
    #[arg(long, value_name = "M", default_value = "1.5", value_parser = minutes)]
    pub minutes: Decimal,
    /// How many threads, 64 at most and no more than worlds [default: as many as there are cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=MOST_THREADS))]
    pub threads: Option<u8>,
    /// Stop after so many failures
    #[arg(long, value_name = "N", default_value = "1")]
    pub enough: NonZeroUsize,
    /// Run the world of a story file instead
    #[arg(
        long,
        value_name = "FILE",
        conflicts_with_all = ["seeds", "from", "minutes", "threads", "enough", "tooth", "shrink"],
    )]
    pub story: Option<PathBuf>,
    /// Turn a safeguard off, or each in turn, and show that a world notices
    #[arg(long, value_name = "NAME|all", value_parser = teeth)]
    pub tooth: Option<Teeth>,
    /// How many worlds may be run to make a failure small
    #[arg(long, value_name = "N", default_value = "300")]
    pub shrink: usize,
}

/// Safeguards to be turned off.
pub type Teeth = std::sync::Arc<[Tooth]>;

fn teeth(text: &str) -> Result<Teeth, String> {
    let wanted = Tooth::ALL.iter().filter(|tooth| text == "all" || tooth.name() == text);
    let wanted: Teeth = wanted.copied().collect();
    if wanted.is_empty() {
        let names: Vec<&str> = Tooth::ALL.iter().map(|tooth| tooth.name()).collect();
        return Err(format!("known are all, {}", names.join(", ")));
    }
    Ok(wanted)
}

fn minutes(text: &str) -> Result<Decimal, String> {
    let minutes = text.parse::<Decimal>().ok();
    let fits = |minutes: &Decimal| *minutes > Decimal::ZERO && *minutes <= MOST_MINUTES;
    minutes.filter(fits).ok_or_else(|| {
        format!("name a number of minutes above zero and at most {MOST_MINUTES}, like 1.5")
    })
}

/// Runs them.
pub async fn worlds(args: &Args, wanted: Worlds) -> Ending {
    if std::env::var_os("HOLDFAST_LOG").is_some() {
        log::to_stderr(args.log_format);
    }
    let seeds = wanted.seeds.unwrap_or(SEEDS);
    if wanted.story.is_none() && wanted.from.checked_add(seeds).is_none() {
        let from = wanted.from;
        let none = match seeds {
            1 => "there is no seed".to_owned(),
            many => format!("there are no {many} seeds"),
        };
        return Err(format!("{none} from {from} on: name a smaller one").into());
    }
    // Worlds have runtimes of their own, which must not stand on this one's threads.
    let work = std::thread::spawn(move || match (&wanted.story, &wanted.tooth) {
        (Some(path), _) => story(path),
        (None, Some(teeth)) => bites(&wanted, teeth),
        (None, None) => fleet(&wanted),
    });
    work.join().unwrap_or_else(|_| Err("a world broke down: see the panic above".into()))
}

fn story(path: &Path) -> Ending {
    let text = text(path)?;
    let plan = Plan::from_story(&text);
    let plan = plan.map_err(|why| on_a_line(&format!("{}: {why}", path.display())))?;
    let outcome = twice(&plan);
    print(format_args!("{}\n", sentence(&outcome)))?;
    Ok(u8::from(outcome.breach.is_some()))
}

/// What a story's file holds, if it may be one: a device never ends, and a pipe may never begin.
fn text(path: &Path) -> Result<String, Failure> {
    let way = "name a story as worlds prints it";
    let refused = |why: std::io::Error| on_a_line(&unread(path, &why, way));
    let about = path.metadata().map_err(refused)?;
    let shown = path.display();
    if !about.is_file() {
        return Err(on_a_line(&format!("{shown} is not a file: {way}")).into());
    }
    let mut text = String::new();
    let file = File::open(path).map_err(refused)?;
    let long = file.take(LONGEST_STORY + 1).read_to_string(&mut text).map_err(refused)?;
    match u64::try_from(long).is_ok_and(|long| long <= LONGEST_STORY) {
        true => Ok(text),
        false => Err(on_a_line(&format!("{shown} is longer than any story: {way}")).into()),
    }
}

fn sentence(outcome: &Outcome) -> String {
    let Outcome { breach, digest, steps, requests, lasted } = outcome;
    match breach {
        None => format!(
            "right after {lasted}: {}, {}, {digest:016x}",
            counted(*steps, "step", "steps"),
            counted(*requests, "request", "requests")
        ),
        Some((at, law)) => format!("broken after {at}: {}", law.0),
    }
}

fn bounds(wanted: &Worlds) -> Result<Bounds, Failure> {
    let trouble = wanted.minutes * Decimal::from(60_000);
    let trouble = trouble.to_u64().ok_or("--minutes is a number of minutes")?;
    Ok(Bounds { trouble: Span(trouble), ..Bounds::default() })
}

fn threads(wanted: &Worlds) -> usize {
    let cores = || std::thread::available_parallelism().map_or(1, usize::from);
    let most = usize::try_from(MOST_THREADS).unwrap_or(1);
    wanted.threads.map_or_else(cores, usize::from).min(most)
}

/// Every breakage has to be noticed; how many worlds each took is told.
fn bites(wanted: &Worlds, teeth: &[Tooth]) -> Ending {
    if !teeth::CAN_BREAK {
        return Err("nothing can be broken in a release: build with --profile worlds".into());
    }
    let seeds = (wanted.from, wanted.seeds);
    let tell = |bite: &Bite| {
        let Bite { tooth, seeds, caught, unclear } = bite;
        let law = match caught {
            Some((seed, law)) => {
                format!("seed {seed}: {}", law.chars().take(90).collect::<String>())
            }
            None => "NOT CAUGHT".to_owned(),
        };
        let name = tooth.name();
        let _ = print(format_args!("{name:<20} {seeds:>6} worlds, {unclear} unclear, {law}\n"));
    };
    let bites = bite_all(teeth, seeds, bounds(wanted)?, threads(wanted), tell);
    let missed = bites.iter().filter(|bite| bite.caught.is_none()).count();
    print(format_args!("{} of {} caught\n", bites.len() - missed, bites.len()))?;
    Ok(u8::from(missed > 0))
}

fn fleet(wanted: &Worlds) -> Ending {
    let report = sail(Fleet {
        from: wanted.from,
        seeds: wanted.seeds.unwrap_or(SEEDS),
        bounds: bounds(wanted)?,
        threads: threads(wanted),
        enough: wanted.enough.get(),
    });
    tell(&report)?;
    for failure in &report.failures {
        let small = shrink(&failure.plan, &failure.outcome, wanted.shrink);
        print(format_args!("\n{}", small.plan.to_story(&small.remarks)))?;
    }
    Ok(u8::from(!report.failures.is_empty()))
}

fn tell(report: &Report) -> Result<(), Failure> {
    let Report { worlds, simulated, took, steps, requests, faults, failures } = report;
    let hours = |span: &Duration| span.as_secs() / 3600;
    // Each world runs twice: what passes in both is what this machine has simulated.
    let ratio = simulated.as_millis() * 2 / took.as_millis().max(1);
    print(format_args!(
        "{}, each twice: {} h {} min simulated in {:.1} s ({ratio} times real time), {}, {}, {}\n",
        counted(*worlds, "world", "worlds"),
        hours(simulated),
        simulated.as_secs() % 3600 / 60,
        took.as_secs_f64(),
        counted(*steps, "step", "steps"),
        counted(*requests, "request", "requests"),
        counted(failures.len(), "failure", "failures"),
    ))?;
    let kinds: Vec<String> = faults.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
    print(format_args!("faults: {}\n", kinds.join(", ")))
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[test]
    fn no_worlds_are_no_proof() {
        for wrong in [["--seeds", "0"], ["--enough", "0"]] {
            let parsed = Args::try_parse_from(["holdfast", "worlds"].iter().chain(&wrong));
            assert!(parsed.is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn no_option_is_without_bounds_or_without_effect() {
        let parsed = |options: &[&str]| {
            let parsed = Args::try_parse_from(["holdfast", "worlds"].iter().chain(options));
            parsed.map(drop).map_err(|why| why.to_string())
        };
        for minutes in ["0", "-1", "1441", "300000000000000", "79228162514264337593543950335", "x"]
        {
            let why = parsed(&[&format!("--minutes={minutes}")]).unwrap_err();
            assert!(why.contains("above zero and at most 1440"), "{why}");
        }
        for threads in ["0", "65", "99999999"] {
            let why = parsed(&["--threads", threads]).unwrap_err();
            assert!(why.contains("1..=64"), "{why}");
        }
        assert_eq!(parsed(&["--minutes", "1440", "--threads", "64"]), Ok(()));
        assert_eq!(parsed(&["--story", "x"]), Ok(()));
        for other in [
            ["--tooth", "all"],
            ["--seeds", "3"],
            ["--from", "0"],
            ["--minutes", "1"],
            ["--threads", "1"],
            ["--enough", "1"],
            ["--shrink", "1"],
        ] {
            let why = parsed(&["--story", "x", other[0], other[1]]).unwrap_err();
            assert!(why.contains("cannot be used with"), "{why}");
        }
    }

    #[test]
    fn the_longest_trouble_can_be_counted() {
        let args = Args::try_parse_from(["holdfast", "worlds", "--minutes", "1440"]).unwrap();
        let Some(crate::cli::args::Command::Worlds(wanted)) = args.command else { panic!() };
        assert_eq!(bounds(&wanted).unwrap().trouble, Span::secs(24 * 3600));
    }

    #[test]
    fn what_cannot_be_a_story_is_not_read_for_ever() {
        let dir = tempfile::tempdir().unwrap();
        let file = |name: &str, bytes: &[u8]| {
            let path = dir.path().join(name);
            std::fs::write(&path, bytes).unwrap();
            path
        };
        let whole = file("whole", b"# a remark\n");
        assert_eq!(text(&whole).unwrap(), "# a remark\n");
        let long = file("long", &vec![b'#'; 4 * 1024 * 1024 + 1]);
        let alien = file("alien", &[0xff, 0xfe]);
        for (path, said) in [
            (Path::new("/dev/zero"), "/dev/zero is not a file: "),
            (dir.path(), "is not a file: "),
            (&long, "is longer than any story: "),
            (&alien, "UTF-8"),
            (&dir.path().join("nothere"), "nothere cannot be read, it is not there: "),
        ] {
            let why = text(path).unwrap_err().0;
            assert!(why.contains(said) && !why.contains("os error"), "{why}");
            assert!(why.ends_with("name a story as worlds prints it"), "{why}");
        }
    }
}
