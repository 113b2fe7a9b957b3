//! `holdfast worlds`: simulated worlds under faults, for whoever changes this program.
//!
//! A failure is printed with its seed and as a story that repeats it; exit 1.

use std::path::Path;
use std::time::Duration;

use rust_decimal::prelude::ToPrimitive;

use crate::cli::args::{Args, Worlds};
use crate::cli::ending::{Ending, Failure, print};
use crate::cli::log;
use crate::domain::time::Span;
use crate::worlds::draw::Bounds;
use crate::worlds::fleet::{Fleet, Report, sail, twice};
use crate::worlds::{Outcome, Plan};

/// Runs them.
pub async fn worlds(args: &Args, wanted: Worlds) -> Ending {
    if std::env::var_os("HOLDFAST_LOG").is_some() {
        log::to_stderr(args.log_format);
    }
    // Worlds have runtimes of their own, which must not stand on this one's threads.
    let work = std::thread::spawn(move || match &wanted.story {
        Some(path) => story(path),
        None => fleet(&wanted),
    });
    work.join().unwrap_or_else(|_| Err("a world broke down: see the panic above".into()))
}

fn story(path: &Path) -> Ending {
    let shown = path.display();
    let text = std::fs::read_to_string(path)
        .map_err(|why| format!("the story {shown} cannot be read: {why}"))?;
    let plan = Plan::from_story(&text).map_err(|why| format!("{shown}: {why}"))?;
    let outcome = twice(&plan);
    print(format_args!("{}\n", sentence(&outcome)))?;
    Ok(u8::from(outcome.breach.is_some()))
}

fn sentence(outcome: &Outcome) -> String {
    let Outcome { breach, digest, steps, requests, lasted } = outcome;
    match breach {
        None => format!("right after {lasted}: {steps} steps, {requests} requests, {digest:016x}"),
        Some((at, law)) => format!("broken after {at}: {}", law.0),
    }
}

fn fleet(wanted: &Worlds) -> Ending {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let trouble = wanted.minutes * rust_decimal::Decimal::from(60_000);
    let trouble = trouble.to_u64().ok_or("--minutes is a number of minutes")?;
    let report = sail(Fleet {
        from: wanted.from,
        seeds: wanted.seeds,
        bounds: Bounds { trouble: Span(trouble), ..Bounds::default() },
        threads: wanted.threads.unwrap_or(cores),
        enough: wanted.enough,
    });
    tell(&report)?;
    for failure in &report.failures {
        let remarks = [format!("seed {}", failure.plan.setting.seed), sentence(&failure.outcome)];
        print(format_args!("\n{}", failure.plan.to_story(&remarks)))?;
    }
    Ok(u8::from(!report.failures.is_empty()))
}

fn tell(report: &Report) -> Result<(), Failure> {
    let Report { worlds, simulated, took, steps, requests, faults, failures } = report;
    let hours = |span: &Duration| span.as_secs() / 3600;
    // Each world runs twice: what passes in both is what this machine has simulated.
    let ratio = simulated.as_millis() * 2 / took.as_millis().max(1);
    print(format_args!(
        "{worlds} worlds, each twice: {} h {} min simulated in {:.1} s ({ratio} times real time), \
         {steps} steps, {requests} requests, {} failures\n",
        hours(simulated),
        simulated.as_secs() % 3600 / 60,
        took.as_secs_f64(),
        failures.len(),
    ))?;
    let kinds: Vec<String> = faults.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
    print(format_args!("faults: {}\n", kinds.join(", ")))
}
