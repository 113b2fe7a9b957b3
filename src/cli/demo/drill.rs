//! `holdfast demo --incident NAME`: one incident with a goal, and a report of how it went.
//!
//! For: wiring stage, engine, console and report. Not for: what happens (`incidents`) or whether
//! it ended well (`proof`). Door: [`drill`], [`list`].
//! With a console it stays until the operator leaves; without, it ends with its verdict.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::sync::oneshot;

use crate::cli::args::{Args, Demo};
use crate::cli::demo::incident::Incident;
use crate::cli::demo::incidents::ALL;
use crate::cli::demo::player::{Diaries, Drilled, Player, Twin};
use crate::cli::demo::report::{Found, Report};
use crate::cli::demo::{House, accounts, page, policy};
use crate::cli::drive::{OnHangUp, Running};
use crate::cli::ending::{Ending, Failure, print};
use crate::cli::table::{table, words};
use crate::domain::policy::Policy;
use crate::domain::time::Span;
use crate::runtime::{Clock, Signals};
use crate::sim::Control;
use crate::store::{Journal, Ledger};
use crate::ui::Mailbox;

/// A goal that was not reached.
const NOT_REACHED: u8 = 2;
/// An operator has this long to read the goal.
const READING: Duration = Duration::from_secs(5);

/// `holdfast demo --list`.
pub fn list(json: bool) -> Ending {
    if json {
        let all: Vec<Value> = ALL.iter().map(Incident::json).collect();
        print(format_args!("{}\n", json!(all)))?;
        return Ok(0);
    }
    let row = |incident: &Incident| vec![incident.name.to_owned(), incident.summary.to_owned()];
    let rows: Vec<Vec<String>> = ALL.iter().map(row).collect();
    print(table(&[words("INCIDENT"), words("WHAT HAPPENS")], &rows))?;
    Ok(0)
}

/// Plays one incident and reports.
pub async fn drill(args: &Args, demo: &Demo, incident: &'static Incident) -> Ending {
    let mut house = House::open(args, demo).await?;
    let stage = house.stage(demo.seed).await?;
    let control = stage.at(incident.venue);
    let policy = paced(incident);
    let own = || {
        let mut accounts = accounts(&house.sim);
        accounts.retain(|account| account.venue == incident.venue);
        accounts
    };
    let ledger = read_only(&house).await?;
    let twin = Twin { policy: policy.clone(), accounts: own() };
    let player = Player::open(incident, stage, ledger, twin).await?;
    let diary = player.diary();
    let accounts = own();
    let (mut running, mut signals) = house.engine(policy, accounts)?;
    let mailbox = running.mailbox();
    let pause = if mailbox.is_some() { READING } else { Duration::ZERO };
    note(mailbox.as_ref(), vec![format!("goal: {}", incident.goal)]);
    let drilled = Drilled { pictures: running.pictures(), handle: running.handle() };
    let (tell, over) = oneshot::channel();
    let playing = tokio::spawn(player.play(drilled, pause, tell));
    let seen = Seen { incident, diary, control, mailbox };
    let why = watch(&mut running, &mut signals, over, &seen).await;
    playing.abort();
    // What another engine of the incident had open is closed before the report is read.
    let _ = playing.await;
    running.end().await;
    let report = seen.report(&read_only(&house).await?).await?;
    drop(house.log);
    if demo.json {
        print(format_args!("{}\n", report.json()))?;
    } else {
        print(report.text(page::width()))?;
    }
    why?;
    Ok(if report.is_reached() { 0 } else { NOT_REACHED })
}

async fn read_only(house: &House) -> Result<Ledger, Failure> {
    let ledger = Ledger::open_read_only(&house.place.ledger()).await;
    ledger.map_err(|error| error.to_string().into())
}

/// The demo's policy for the incident's account, at a pace at which nobody waits long.
fn paced(incident: &Incident) -> Policy {
    let mut policy = Policy {
        sync_interval: Span::secs(2),
        orphan_grace: Span::secs(1),
        confirm_interval: Span(500),
        verify_timeout: Span::secs(5),
        ..policy()
    };
    policy.accounts.retain(|account| account.venue == incident.venue);
    policy
}

/// Waits until the incident has ended, and with a console until the operator leaves.
async fn watch(
    running: &mut Running,
    signals: &mut Signals,
    over: oneshot::Receiver<()>,
    seen: &Seen,
) -> Result<(), Failure> {
    tokio::select! {
        biased;
        why = running.until_over(signals, OnHangUp::End) => return why,
        _ = over => {}
    }
    if seen.mailbox.is_none() {
        return Ok(());
    }
    note(seen.mailbox.as_ref(), seen.standing());
    running.until_over(signals, OnHangUp::End).await
}

fn note(mailbox: Option<&Arc<Mailbox>>, forms: Vec<String>) {
    if let Some(mailbox) = mailbox {
        mailbox.note_in_forms(forms);
    }
}

/// What a report is made from.
struct Seen {
    incident: &'static Incident,
    diary: Diaries,
    control: Control,
    mailbox: Option<Arc<Mailbox>>,
}

impl Seen {
    /// The goal and how it ended, in lines of which one fits on a screen.
    fn standing(&self) -> Vec<String> {
        let found = Found {
            events: Vec::new(),
            spans: Vec::new(),
            coverage: Value::Null,
            over: Clock::start().now(),
        };
        Report::of(self.incident, &self.diary.read(), &found).standing()
    }

    async fn report(&self, ledger: &Ledger) -> Result<Report, Failure> {
        let list = |value: Value| value.as_array().cloned().unwrap_or_default();
        let found = Found {
            events: list(ledger.events_json(None).await?),
            spans: list(ledger.journal_json(Journal::NakedSpans).await?),
            coverage: self.control.tell(json!({"do": "coverage"}))?,
            over: Clock::start().now(),
        };
        Ok(Report::of(self.incident, &self.diary.read(), &found))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_incident_has_the_account_of_its_venue_and_no_other() {
        for incident in &ALL {
            let accounts = paced(incident).accounts;
            assert_eq!(accounts.len(), 1, "{}", incident.name);
            assert_eq!(accounts[0].venue, incident.venue, "{}", incident.name);
        }
    }
}
