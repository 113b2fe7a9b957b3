//! The ledger lane: one commit at a time, in the order the core decided what is in it.
//!
//! For: writes, reads, and noticing that another program wrote. Not for: what to write.
//! Transactions that wait together are committed together, since the disk takes as long for one
//! as for many; when one of them meets a changed row, each is tried alone.
//! Door: [`Lane::open`]. Reads share the lane with writes, so books never run ahead of the
//! `Written` that tells the core of its own change.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::Shared;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinSet;
use tokio::time::{Instant, MissedTickBehavior, interval, interval_at};

use crate::domain::effect::OpId;
use crate::domain::input::Input;
use crate::domain::journal::{Receipt, Write, WriteError};
use crate::exchange::Inbox;
use crate::runtime::lease::{Leases, Terms};
use crate::runtime::validity::Validity;
use crate::store::Shelf;

/// How often another program's commit is looked for.
const POLL: Duration = Duration::from_millis(250);
/// How long a ledger that could not be read is left alone before it is tried again.
const RETRY: Duration = Duration::from_secs(1);

/// Is over when a transaction was answered, well or badly. Acts that wait for the same one leave
/// in the order they came.
pub(crate) type Answered = Shared<oneshot::Receiver<()>>;

/// How many writes are committed together at most.
const GROUP: usize = 1000;

enum Job {
    Write(Transaction),
    Read,
    Lease,
    Release(oneshot::Sender<()>),
}

struct Transaction {
    op: OpId,
    writes: Vec<Write>,
    answered: oneshot::Sender<()>,
}

/// The sending end of the lane.
pub(crate) struct Lane {
    jobs: mpsc::UnboundedSender<Job>,
}

impl Lane {
    /// Starts the worker in `tasks`; it ends when the lane is dropped.
    pub(crate) fn open(
        ledger: Arc<dyn Shelf>,
        leases: Leases,
        inbox: Inbox,
        tasks: &mut JoinSet<()>,
    ) -> Self {
        let (jobs, queue) = mpsc::unbounded_channel();
        tasks.spawn(keep(leases.terms(), leases.validity(), jobs.downgrade()));
        tasks.spawn(Worker { ledger, leases, inbox, seen: None, failed: None }.run(queue));
        Self { jobs }
    }

    /// Gives the leases back once everything before is written; nothing is sent afterwards.
    pub(crate) async fn release(&self) {
        let (done, released) = oneshot::channel();
        let _ = self.jobs.send(Job::Release(done));
        let _ = released.await;
    }

    /// Queues one transaction.
    pub(crate) fn write(&self, op: OpId, writes: Vec<Write>) -> Answered {
        let (answered, waiting) = oneshot::channel();
        // A worker that is gone drops the sender, which ends every wait for this answer.
        let _ = self.jobs.send(Job::Write(Transaction { op, writes, answered }));
        waiting.shared()
    }

    /// Queues a read.
    pub(crate) fn read(&self) {
        let _ = self.jobs.send(Job::Read);
    }
}

/// Keeps leases alive: by their files at once, by the ledger when the lane comes to it.
async fn keep(terms: Terms, validity: Validity, jobs: mpsc::WeakUnboundedSender<Job>) {
    let mut beats = interval_at(Instant::now() + terms.beat, terms.beat);
    beats.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        beats.tick().await;
        validity.beat(&terms);
        let Some(jobs) = jobs.upgrade() else { return };
        // A lane that is stuck behind the ledger renews once when it comes to it.
        if !validity.is_asked() && jobs.send(Job::Lease).is_err() {
            return;
        }
    }
}

struct Worker {
    ledger: Arc<dyn Shelf>,
    leases: Leases,
    inbox: Inbox,
    /// The data version the last books were read at.
    seen: Option<i64>,
    /// Why the last read failed, and when.
    failed: Option<(String, Instant)>,
}

impl Worker {
    async fn run(mut self, mut queue: mpsc::UnboundedReceiver<Job>) {
        let mut poll = interval(POLL);
        poll.set_missed_tick_behavior(MissedTickBehavior::Delay);
        // Books that are read under a lease are told after it.
        self.lease().await;
        loop {
            tokio::select! {
                biased;
                job = queue.recv() => match job {
                    Some(Job::Write(first)) => {
                        let (group, then) = gather(first, &mut queue);
                        if self.commit(group).await {
                            self.lease().await;
                        }
                        if let Some(job) = then {
                            self.other(job).await;
                        }
                    }
                    Some(job) => self.other(job).await,
                    None => return,
                },
                _ = poll.tick() => self.poll().await,
            }
        }
    }

    async fn other(&mut self, job: Job) {
        match job {
            Job::Write(one) => drop(self.commit(vec![one]).await),
            Job::Read => self.read().await,
            Job::Lease => self.lease().await,
            Job::Release(done) => {
                self.leases.release(&*self.ledger).await;
                let _ = done.send(());
            }
        }
    }

    /// Takes and renews leases, and tells the core how they stand.
    async fn lease(&mut self) {
        for (account, state) in self.leases.round(&*self.ledger).await {
            self.tell(Input::Lease(account, state)).await;
        }
    }

    /// Commits transactions in one go, and answers each. Says whether one of them met the lease
    /// of another process.
    async fn commit(&self, mut group: Vec<Transaction>) -> bool {
        if group.len() > 1 {
            let sizes: Vec<usize> = group.iter().map(|one| one.writes.len()).collect();
            let all: Vec<Write> = group.iter_mut().flat_map(|one| one.writes.drain(..)).collect();
            let result = self.write(&all).await;
            let mut rest = all.into_iter();
            for (one, size) in group.iter_mut().zip(sizes) {
                one.writes = rest.by_ref().take(size).collect();
            }
            if !matches!(result, Err(WriteError::Conflict(_) | WriteError::Fenced(_))) {
                let mut rows = result.as_ref().map_or(&[][..], |r| &r.rows).iter();
                for one in group {
                    let made = |w: &&Write| matches!(w, Write::Adopt(..) | Write::Open(_));
                    let made = one.writes.iter().filter(made).count();
                    let own = rows.by_ref().take(made).copied().collect();
                    let result = result.clone().map(|_| Receipt { rows: own });
                    self.answer(one, result).await;
                }
                return false;
            }
        }
        let mut fenced = false;
        for one in group {
            let result = self.write(&one.writes).await;
            fenced |= matches!(result, Err(WriteError::Fenced(_)));
            self.answer(one, result).await;
        }
        fenced
    }

    async fn answer(&self, one: Transaction, result: Result<Receipt, WriteError>) {
        self.tell(Input::Written { op: one.op, result }).await;
        let _ = one.answered.send(());
    }

    async fn write(&self, writes: &[Write]) -> Result<Receipt, WriteError> {
        let attempt =
            AssertUnwindSafe(self.ledger.write_held(self.leases.held(), writes)).catch_unwind();
        attempt.await.unwrap_or_else(|_| {
            let why = "the ledger writer broke inside; the log has the details";
            Err(WriteError::Unavailable(why.to_owned()))
        })
    }

    async fn read(&mut self) {
        let version = self.version().await;
        let attempt = AssertUnwindSafe(self.ledger.read()).catch_unwind();
        let books = attempt.await.unwrap_or_else(|_| {
            Err("the ledger reader broke inside; the log has the details".to_owned())
        });
        match (version, books) {
            (Ok(version), Ok(books)) => {
                self.seen = Some(version);
                self.failed = None;
                self.tell(Input::Books(Box::new(books))).await;
            }
            (_, Err(why)) | (Err(why), Ok(_)) => self.fail(why).await,
        }
    }

    async fn poll(&mut self) {
        if let Some((_, at)) = &self.failed {
            if at.elapsed() >= RETRY {
                self.read().await;
            }
            return;
        }
        let Some(seen) = self.seen else { return };
        match self.version().await {
            Ok(version) if version == seen => {}
            Ok(_) => self.read().await,
            Err(why) => self.fail(why).await,
        }
    }

    async fn version(&self) -> Result<i64, String> {
        let attempt = AssertUnwindSafe(self.ledger.foreign_version()).catch_unwind();
        attempt.await.unwrap_or_else(|_| {
            Err("the ledger watcher broke inside; the log has the details".to_owned())
        })
    }

    /// Tells the core once per reason that the ledger cannot be read.
    async fn fail(&mut self, why: String) {
        let news = self.failed.as_ref().is_none_or(|(known, _)| *known != why);
        self.failed = Some((why.clone(), Instant::now()));
        if news {
            tracing::warn!(%why, "the ledger cannot be read");
            self.tell(Input::BooksFailed(why)).await;
        }
    }

    async fn tell(&self, input: Input) {
        // A driver that is gone needs no answer.
        let _ = self.inbox.send(input).await;
    }
}

/// Takes what waits behind a transaction: more transactions, up to anything else.
fn gather(
    first: Transaction,
    queue: &mut mpsc::UnboundedReceiver<Job>,
) -> (Vec<Transaction>, Option<Job>) {
    let mut writes = first.writes.len();
    let mut group = vec![first];
    while writes < GROUP {
        match queue.try_recv() {
            Ok(Job::Write(next)) => {
                writes += next.writes.len();
                group.push(next);
            }
            Ok(other) => return (group, Some(other)),
            Err(_) => break,
        }
    }
    (group, None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::amount::{Price, Qty, Side};
    use crate::domain::journal::{Author, Repair, RepairId, Rule};
    use crate::domain::key::{Leg, PositionKey, Venue};
    use crate::domain::ledger::{NewRow, RowId};
    use crate::domain::time::Time;
    use crate::runtime::clock::Clock;
    use crate::runtime::lease::By;
    use crate::store::Ledger;
    use rust_decimal::Decimal;

    fn adopt(symbol: &str) -> Vec<Write> {
        let key = PositionKey::new("main", symbol, Leg::Net);
        let at = Time(1_795_000_000_000);
        let repair = Repair {
            id: RepairId(format!("r-{symbol}")),
            rule: Rule::Adopt,
            author: Author::Engine,
            key: key.clone(),
            evidence: serde_json::json!({}),
            at,
        };
        let row = NewRow {
            key,
            venue: Venue::BinanceUsdm,
            side: Side::Long,
            quantity: Qty::new(Decimal::ONE).unwrap(),
            entry_price: Price::new(Decimal::TEN).unwrap(),
            exchange_order_id: None,
            stop_loss_price: None,
            opened_at: at,
            settled: None,
            at,
        };
        vec![Write::Adopt(Box::new(row), Box::new(repair))]
    }

    fn held(ledger: &Ledger) -> Leases {
        let (terms, clock) = (Terms::default(), Clock::start());
        let by = By { holder: "a test".to_owned(), terms, clock };
        Leases::new(["main".into()], ledger, by, Validity::default())
    }

    /// Queues transactions before the worker can look, and gives their answers in order.
    async fn answers(symbols: &[&str]) -> Vec<(u64, Result<Vec<i64>, WriteError>)> {
        let dir = tempfile::tempdir().unwrap();
        let ledger = Ledger::open(&dir.path().join("ledger.db")).await.unwrap();
        let (inbox, mut inputs) = mpsc::channel(64);
        let mut tasks = JoinSet::new();
        let leases = held(&ledger);
        let lane = Lane::open(Arc::new(ledger), leases, inbox, &mut tasks);
        for (op, symbol) in (1..).zip(symbols) {
            drop(lane.write(OpId(op), adopt(symbol)));
        }
        let mut told = Vec::new();
        while told.len() < symbols.len() {
            if let Some(Input::Written { op, result }) = inputs.recv().await {
                let rows = result.map(|r| r.rows.iter().map(|row| row.0).collect());
                told.push((op.0, rows));
            }
        }
        told
    }

    #[tokio::test]
    async fn transactions_that_wait_together_get_their_own_answers_in_order() {
        let told = answers(&["BTCUSDT", "ETHUSDT", "SOLUSDT"]).await;
        assert_eq!(told, [(1, Ok(vec![1])), (2, Ok(vec![2])), (3, Ok(vec![3]))]);
    }

    #[tokio::test]
    async fn one_that_meets_a_changed_row_takes_nobody_with_it() {
        let told = answers(&["BTCUSDT", "BTCUSDT", "SOLUSDT"]).await;
        assert!(told[0].1.is_ok() && told[2].1.is_ok(), "{told:?}");
        assert!(matches!(told[1].1, Err(WriteError::Conflict(_))), "{told:?}");
    }

    #[tokio::test]
    async fn an_open_that_waits_with_others_gets_its_own_row() {
        let dir = tempfile::tempdir().unwrap();
        let ledger = Ledger::open(&dir.path().join("ledger.db")).await.unwrap();
        let (inbox, mut inputs) = mpsc::channel(64);
        let mut tasks = JoinSet::new();
        let leases = held(&ledger);
        let lane = Lane::open(Arc::new(ledger), leases, inbox, &mut tasks);
        let Some(Write::Adopt(row, _)) = adopt("BTCUSDT").pop() else { panic!("an adoption") };
        drop(lane.write(OpId(1), vec![Write::Open(row)]));
        drop(lane.write(OpId(2), adopt("ETHUSDT")));
        let Some(Input::Lease(..)) = inputs.recv().await else { panic!("first the lease") };
        for (op, id) in [(1, 1), (2, 2)] {
            let told = inputs.recv().await;
            let rows = vec![RowId(id)];
            assert_eq!(told, Some(Input::Written { op: OpId(op), result: Ok(Receipt { rows }) }));
        }
    }

    #[test]
    fn a_group_ends_at_a_read_so_that_books_never_run_ahead() {
        let transaction =
            |op| Transaction { op: OpId(op), writes: Vec::new(), answered: oneshot::channel().0 };
        let (jobs, mut queue) = mpsc::unbounded_channel();
        for job in [Job::Write(transaction(2)), Job::Read, Job::Write(transaction(3))] {
            assert!(jobs.send(job).is_ok());
        }
        let (group, then) = gather(transaction(1), &mut queue);
        let ops: Vec<u64> = group.iter().map(|one| one.op.0).collect();
        assert!(ops == [1, 2] && matches!(then, Some(Job::Read)), "{ops:?}");
        assert!(matches!(queue.try_recv(), Ok(Job::Write(last)) if last.op == OpId(3)));
    }
}
