//! `holdfast worlds`: simulated worlds under faults, for whoever changes this program.
//!
//! A failure is printed with its seed and as a story that repeats it; exit 1.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::cli::args::Args;
use crate::cli::ending::{Ending, Failure, print};
use crate::cli::log;
use crate::domain::count::counted;
use crate::domain::teeth::{self, Tooth};
use crate::domain::time::Span;
use crate::worlds::bite::{Bite, bite_all};
use crate::worlds::draw::Bounds;
use crate::worlds::fleet::{Fleet, Report, sail, twice};
use crate::worlds::plan::{Bot, Deed};
use crate::worlds::shrink::shrink;
use crate::worlds::{Outcome, Plan};

/// How many worlds, unless somebody says.
const SEEDS: u64 = 1000;

/// Which worlds.
#[derive(Debug, clap::Args)]
pub struct Worlds {
    /// How many [default: 1000; for each safeguard as many as should notice]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub seeds: Option<u64>,
    /// The first seed
    #[arg(long, value_name = "S", default_value = "0")]
    pub from: u64,
    /// How many minutes of trouble a world has at most
    #[arg(long, value_name = "M", default_value = "1.5")]
    pub minutes: Decimal,
    /// How many threads [default: as many as there are cores]
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
    /// Stop after so many failures
    #[arg(long, value_name = "N", default_value = "1")]
    pub enough: NonZeroUsize,
    /// Run the world of a story file instead
    #[arg(long, value_name = "FILE")]
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
    let shown = path.display();
    let text = std::fs::read_to_string(path)
        .map_err(|why| format!("the story {shown} cannot be read: {why}"))?;
    let plan = Plan::from_story(&text).map_err(|why| format!("{shown}: {why}"))?;
    if let Some(why) = too_long(&plan) {
        return Err(format!("{shown}: {why}").into());
    }
    let outcome = twice(&plan);
    print(format_args!("{}\n", sentence(&outcome)))?;
    Ok(u8::from(outcome.breach.is_some()))
}

/// No world lasts longer, and no clock is set further.
const LONGEST: Span = Span::secs(24 * 3600);

/// What in a story is longer than any world lasts, as one sentence.
fn too_long(plan: &Plan) -> Option<String> {
    let setting = &plan.setting;
    let whole = [("its peace begins", setting.peace), ("a look is wanted every", setting.sync)];
    let deeds = plan.deeds.iter().flat_map(|timed| {
        let lasts = match &timed.deed {
            Deed::Freeze { span, .. } | Deed::Ledger { span, .. } => *span,
            Deed::Bot(Bot::Opens { after, .. }) => *after,
            Deed::Start { set_ms, .. } => Span(set_ms.unsigned_abs()),
            _ => Span(0),
        };
        [("something happens", timed.at), ("a deed takes or sets the clock by", lasts)]
    });
    let (what, span) = whole.into_iter().chain(deeds).find(|(_, span)| *span > LONGEST)?;
    Some(format!("{what} {} ms, and no world knows more than a day", span.0))
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
    wanted.threads.unwrap_or_else(cores)
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
    fn what_no_world_can_last_is_refused() {
        let story = include_str!("../../tests/worlds/budget_spent_by_two_engines.world");
        let plan = Plan::from_story(story).unwrap();
        assert_eq!(too_long(&plan), None);
        let mut endless = plan.clone();
        endless.setting.peace = Span(9_000_000_000_000_000_000);
        assert!(too_long(&endless).unwrap().starts_with("its peace begins 9000000000000000000 ms"));
        let mut set = plan;
        let start = set.deeds.iter_mut().find_map(|timed| match &mut timed.deed {
            Deed::Start { set_ms, .. } => Some(set_ms),
            _ => None,
        });
        *start.unwrap() = i64::MIN;
        assert!(too_long(&set).unwrap().contains("more than a day"));
        let wrong = Plan::from_story("# a remark\n\n{}\n").unwrap_err();
        assert!(wrong.starts_with("line 3: "), "{wrong}");
    }
}
