//! What an engine needs of the ledger, whoever keeps it.
//!
//! For: the lane and the leases, which work alike on the real file, on one that is [`AtOnce`], and
//! on one that fails on purpose. Not for: opening, exports and tools; those are [`Ledger`]'s own.
//! Door: [`Shelf`], with the [`SignOfLife`] of each account's lease.
//!
//! [`AtOnce`]: crate::store::AtOnce

use std::fmt::Debug;
use std::sync::Arc;

use futures_util::future::BoxFuture;

use crate::domain::journal::{Receipt, Write, WriteError};
use crate::domain::key::AccountName;
use crate::domain::lease::Fence;
use crate::domain::ledger::Books;
use crate::domain::time::Time;
use crate::store::{Fences, LeaseFile, Ledger, Mark, Tenure, Want};

/// What became of the leases that were wanted, or one sentence why none was touched.
pub type Claimed = Result<Vec<(AccountName, Tenure)>, String>;

/// Where the books are kept. Nothing is begun before the answer is awaited.
pub trait Shelf: Debug + Send + Sync {
    /// See [`Ledger::read`].
    fn read(&self) -> BoxFuture<'_, Result<Books, String>>;

    /// See [`Ledger::write_held`].
    fn write_held<'a>(
        &'a self,
        held: &'a Fences,
        writes: &'a [Write],
    ) -> BoxFuture<'a, Result<Receipt, WriteError>>;

    /// See [`Ledger::foreign_version`].
    fn foreign_version(&self) -> BoxFuture<'_, Result<i64, String>>;

    /// See [`Ledger::claim`].
    fn claim<'a>(
        &'a self,
        holder: &'a str,
        wants: Vec<(AccountName, Want)>,
        now: Time,
        until: Time,
    ) -> BoxFuture<'a, Claimed>;

    /// See [`Ledger::release`].
    fn release(&self, held: Fences, now: Time) -> BoxFuture<'_, Result<(), String>>;

    /// What tells of an account's holder beside the ledger; none where there can be nothing.
    fn sign_of_life(&self, account: &AccountName) -> Option<Arc<dyn SignOfLife>>;
}

/// Says of the holder of a lease that it lives, and of a dead one that it died. When the last
/// reference is dropped, the lock is free.
pub trait SignOfLife: Debug + Send + Sync {
    /// See [`LeaseFile::lock`].
    fn lock(&self) -> bool;
    /// See [`LeaseFile::unlock`].
    fn unlock(&self);
    /// See [`LeaseFile::mark`].
    fn mark(&self) -> Option<Mark>;
    /// See [`LeaseFile::renew`].
    fn renew(&self, fence: Fence) -> bool;
    /// See [`LeaseFile::proves_death`].
    fn proves_death(&self, fence: Fence) -> bool;
}

impl Shelf for Ledger {
    fn read(&self) -> BoxFuture<'_, Result<Books, String>> {
        Box::pin(Self::read(self))
    }

    fn write_held<'a>(
        &'a self,
        held: &'a Fences,
        writes: &'a [Write],
    ) -> BoxFuture<'a, Result<Receipt, WriteError>> {
        Box::pin(Self::write_held(self, held, writes))
    }

    fn foreign_version(&self) -> BoxFuture<'_, Result<i64, String>> {
        Box::pin(Self::foreign_version(self))
    }

    fn claim<'a>(
        &'a self,
        holder: &'a str,
        wants: Vec<(AccountName, Want)>,
        now: Time,
        until: Time,
    ) -> BoxFuture<'a, Claimed> {
        Box::pin(Self::claim(self, holder, wants, now, until))
    }

    fn release(&self, held: Fences, now: Time) -> BoxFuture<'_, Result<(), String>> {
        Box::pin(Self::release(self, held, now))
    }

    fn sign_of_life(&self, account: &AccountName) -> Option<Arc<dyn SignOfLife>> {
        let file = LeaseFile::beside(self.path(), account)?;
        Some(Arc::new(file))
    }
}

impl SignOfLife for LeaseFile {
    fn lock(&self) -> bool {
        Self::lock(self)
    }

    fn unlock(&self) {
        Self::unlock(self);
    }

    fn mark(&self) -> Option<Mark> {
        Self::mark(self)
    }

    fn renew(&self, fence: Fence) -> bool {
        Self::renew(self, fence)
    }

    fn proves_death(&self, fence: Fence) -> bool {
        Self::proves_death(self, fence)
    }
}
