//! The ledger of a world as an engine reaches it: in memory or SQLite, with latencies, and in
//! trouble when the plan says so.
//!
//! For: what `store::Shelf` promises, killed at any await: nothing is committed before the wait,
//! and what is committed may never be answered. Not for: what a bot writes (that is `bots`), or
//! what a disk has after a power failure (that is `power`).
//! Door: [`Cabinet`], which every engine's [`Drawer`] opens on.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::future::BoxFuture;
use tokio::time::{Instant, sleep};

use crate::domain::journal::{Receipt, Write, WriteError};
use crate::domain::key::AccountName;
use crate::domain::lease::Fence;
use crate::domain::ledger::Books;
use crate::domain::time::Time;
use crate::sim::rng::Rng;
use crate::store::{AtOnce, Claimed, Fences, Shelf, SignOfLife, Standing, Tenure, Want};
use crate::worlds::ledger::Ledger;
use crate::worlds::plan::Trouble;
use crate::worlds::truth::Truth;

/// The one ledger of a world.
#[derive(Debug)]
pub struct Cabinet {
    kept: Kept,
    inner: Mutex<Inner>,
    truth: Arc<Truth>,
}

/// How it is kept.
#[derive(Debug)]
pub enum Kept {
    /// In memory.
    Memory(Box<Mutex<Memory>>),
    /// In a file.
    File(AtOnce),
}

#[derive(Debug)]
struct Inner {
    trouble: Option<(Trouble, Instant)>,
    rng: Rng,
}

/// A ledger in memory, with who wrote it how often and whose leases there are.
#[derive(Debug, Default)]
pub struct Memory {
    /// The books.
    pub ledger: Ledger,
    commits: u64,
    own: BTreeMap<usize, u64>,
    leases: BTreeMap<AccountName, Lease>,
}

#[derive(Clone, Debug)]
struct Lease {
    standing: Standing,
    released: bool,
}

impl Memory {
    /// Another program committed something.
    pub fn written_by_another(&mut self) {
        self.commits += 1;
    }
}

impl Cabinet {
    /// A ledger whose latencies a seed decides.
    pub fn new(kept: Kept, truth: Arc<Truth>, seed: u64) -> Self {
        let inner = Mutex::new(Inner { trouble: None, rng: Rng::new(seed) });
        Self { kept, inner, truth }
    }

    /// The same ledger in another place: its latencies and its trouble go on.
    pub fn moved(&self, kept: Kept) -> Self {
        let Inner { trouble, rng } = &*self.inner();
        let inner = Mutex::new(Inner { trouble: *trouble, rng: rng.clone() });
        Self { kept, inner, truth: Arc::clone(&self.truth) }
    }

    /// How it is kept.
    pub fn kept(&self) -> &Kept {
        &self.kept
    }

    /// It cannot be used as usual until then.
    pub fn trouble(&self, trouble: Trouble, until: Instant) {
        self.inner().trouble = Some((trouble, until));
    }

    /// Everything works again.
    pub fn mend(&self) {
        self.inner().trouble = None;
    }

    /// What is wrong now.
    pub fn troubled(&self) -> Option<Trouble> {
        let inner = self.inner();
        inner.trouble.filter(|(_, until)| Instant::now() < *until).map(|(trouble, _)| trouble)
    }

    /// What is in it now, without any trouble.
    ///
    /// # Errors
    /// One sentence when a file cannot be read.
    pub async fn books(&self) -> Result<Books, String> {
        match &self.kept {
            Kept::Memory(memory) => lock(memory).ledger.read(),
            Kept::File(file) => file.read().await,
        }
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        lock(&self.inner)
    }

    /// Before and after what is done: a moment each, or seconds.
    async fn moment(&self) {
        let slow = self.troubled() == Some(Trouble::Slow);
        let most = {
            let rng = &mut self.inner().rng;
            match (slow, rng.below(50)) {
                (true, _) => 800 + rng.below(2500),
                (false, 0) => rng.below(300),
                (false, _) => rng.below(3),
            }
        };
        sleep(Duration::from_millis(most)).await;
    }

    fn unreadable(&self) -> Result<(), String> {
        match self.troubled() {
            Some(Trouble::Locked) => Err("the ledger is locked by another program".to_owned()),
            _ => Ok(()),
        }
    }

    fn unwritable(&self) -> Result<(), String> {
        match self.troubled() {
            Some(Trouble::Full) => Err("the disk is full".to_owned()),
            Some(Trouble::Commits) => Err("the commit failed: disk I/O error".to_owned()),
            _ => self.unreadable(),
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The ledger as one engine reaches it.
#[derive(Clone, Debug)]
pub struct Drawer {
    cabinet: Arc<Cabinet>,
    engine: usize,
}

impl Drawer {
    /// The ledger for an engine.
    pub const fn new(cabinet: Arc<Cabinet>, engine: usize) -> Self {
        Self { cabinet, engine }
    }

    async fn take(&self, held: &Fences, writes: &[Write]) -> Result<Receipt, WriteError> {
        self.cabinet.moment().await;
        self.cabinet.unwritable().map_err(WriteError::Unavailable)?;
        let result = match &self.cabinet.kept {
            Kept::Memory(memory) => self.commit(&mut lock(memory), held, writes),
            Kept::File(file) => file.write_held(held, writes).await,
        };
        if result.is_ok() {
            for write in writes {
                if let Write::Intend(intent) = write {
                    self.cabinet.truth.intended(intent.kind, &intent.client_id);
                }
            }
        }
        self.cabinet.moment().await;
        result
    }

    fn commit(
        &self,
        memory: &mut Memory,
        held: &Fences,
        writes: &[Write],
    ) -> Result<Receipt, WriteError> {
        for write in writes {
            let account = match write {
                Write::Settle { client_id, .. } => {
                    memory.ledger.intents.get(client_id).map(|(intent, _)| &intent.key.account)
                }
                Write::Undo { repair, .. } => {
                    let made = memory.ledger.repairs.iter().find(|known| known.id == *repair);
                    made.map(|known| &known.key.account)
                }
                write => write.account(),
            };
            let Some(account) = account else { continue };
            let lease = memory.leases.get(account).filter(|lease| !lease.released);
            let fence = lease.map(|lease| lease.standing.fence);
            if fence.is_none() || fence.as_ref() != held.get(account) {
                return Err(WriteError::Fenced(format!("another has that of {account}")));
            }
        }
        let receipt = memory.ledger.write(writes)?;
        memory.commits += 1;
        *memory.own.entry(self.engine).or_default() += 1;
        Ok(receipt)
    }

    fn claimed(
        &self,
        memory: &mut Memory,
        holder: &str,
        (account, want): (AccountName, Want),
        until: Time,
    ) -> (AccountName, Tenure) {
        let known = memory.leases.get(&account).cloned();
        let fence = match (&want, &known) {
            (Want::Renew(fence), Some(lease)) => {
                (!lease.released && lease.standing.fence == *fence).then_some(*fence)
            }
            (Want::Renew(_), None) => None,
            (Want::Take { .. }, None) => Some(Fence(1)),
            (Want::Take { abandoned }, Some(lease)) => {
                let free = lease.released || abandoned.as_ref() == Some(&lease.standing);
                free.then(|| Fence(lease.standing.fence.0 + 1))
            }
        };
        let tenure = match (fence, known) {
            (None, Some(lease)) => Tenure::Taken(lease.standing),
            (None, None) => Tenure::Taken(Standing {
                fence: Fence(0),
                until: String::new(),
                holder: "nobody".to_owned(),
            }),
            (Some(fence), _) => {
                let (until, holder) = (until.to_string(), holder.to_owned());
                let standing = Standing { fence, until, holder };
                memory.leases.insert(account.clone(), Lease { standing, released: false });
                Tenure::Held(fence)
            }
        };
        (account, tenure)
    }
}

impl Shelf for Drawer {
    fn read(&self) -> BoxFuture<'_, Result<Books, String>> {
        Box::pin(async {
            self.cabinet.moment().await;
            self.cabinet.unreadable()?;
            let books = self.cabinet.books().await;
            self.cabinet.moment().await;
            books
        })
    }

    fn write_held<'a>(
        &'a self,
        held: &'a Fences,
        writes: &'a [Write],
    ) -> BoxFuture<'a, Result<Receipt, WriteError>> {
        Box::pin(self.take(held, writes))
    }

    fn foreign_version(&self) -> BoxFuture<'_, Result<i64, String>> {
        Box::pin(async {
            self.cabinet.unreadable()?;
            match &self.cabinet.kept {
                Kept::Memory(memory) => {
                    let memory = lock(memory);
                    let own = memory.own.get(&self.engine).copied().unwrap_or_default();
                    Ok(i64::try_from(memory.commits - own).unwrap_or(i64::MAX))
                }
                Kept::File(file) => file.foreign_version().await,
            }
        })
    }

    fn claim<'a>(
        &'a self,
        holder: &'a str,
        wants: Vec<(AccountName, Want)>,
        now: Time,
        until: Time,
    ) -> BoxFuture<'a, Claimed> {
        Box::pin(async move {
            let begun = Instant::now();
            self.cabinet.moment().await;
            self.cabinet.unwritable()?;
            // Beside a file there is a sign of life, which prolongs it without the ledger.
            let alone = matches!(self.cabinet.kept, Kept::Memory(_));
            let ttl = Duration::from_millis(until.since(now).millis());
            let over = alone.then(|| begun + ttl);
            let claimed = match &self.cabinet.kept {
                Kept::Memory(memory) => {
                    let mut memory = lock(memory);
                    let mine = |want| self.claimed(&mut memory, holder, want, until);
                    Ok(wants.into_iter().map(mine).collect())
                }
                Kept::File(file) => file.claim(holder, wants, now, until).await,
            };
            for (account, tenure) in claimed.iter().flatten() {
                if matches!(tenure, Tenure::Held(_)) {
                    self.cabinet.truth.holds(account, self.engine, over);
                }
            }
            self.cabinet.moment().await;
            claimed
        })
    }

    fn release(&self, held: Fences, now: Time) -> BoxFuture<'_, Result<(), String>> {
        Box::pin(async move {
            self.cabinet.moment().await;
            self.cabinet.unwritable()?;
            match &self.cabinet.kept {
                Kept::Memory(memory) => {
                    let mut memory = lock(memory);
                    for (account, fence) in held {
                        let lease = memory.leases.get_mut(&account);
                        let own = lease.filter(|lease| lease.standing.fence == fence);
                        own.into_iter().for_each(|lease| lease.released = true);
                    }
                    Ok(())
                }
                Kept::File(file) => file.release(held, now).await,
            }
        })
    }

    fn sign_of_life(&self, account: &AccountName) -> Option<Arc<dyn SignOfLife>> {
        match &self.cabinet.kept {
            Kept::Memory(_) => None,
            Kept::File(file) => file.sign_of_life(account),
        }
    }
}
