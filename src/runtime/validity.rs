//! The last door before an act leaves: until when this process may act on an account.
//!
//! For: what the leases grant, and prolonging it by the sign of life beside the ledger. Not for:
//! taking a lease (`lease`, which also says why all this is safe). Door: [`Validity`].

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
#[cfg(test)]
use std::time::Duration;

use tokio::time::Instant;

use crate::domain::key::AccountName;
use crate::domain::lease::Fence;
use crate::runtime::lease::Terms;
use crate::store::SignOfLife;

/// A lease that is held.
#[derive(Debug)]
pub(crate) struct Tenancy {
    pub(crate) fence: Fence,
    pub(crate) until: Instant,
    pub(crate) file: Option<Arc<dyn SignOfLife>>,
}

/// Until when this process may act, account by account; shared with the last door.
#[derive(Clone, Debug, Default)]
pub(crate) struct Validity(Arc<Mutex<BTreeMap<AccountName, Tenancy>>>, Arc<AtomicBool>);

impl Validity {
    /// Whether an act may leave now.
    ///
    /// # Errors
    /// Why not, in words.
    pub(crate) fn check(&self, account: &AccountName) -> Result<(), String> {
        match self.tenancies().get(account) {
            Some(held) if Instant::now() < held.until => Ok(()),
            Some(_) => Err(format!("the lease of {account} could not be renewed in time")),
            None => Err(format!("the lease of {account} is not held by this process")),
        }
    }

    /// Prolongs by the file what is not over. Independent of the ledger, which may be stuck.
    pub(crate) fn beat(&self, terms: &Terms) {
        for held in self.tenancies().values_mut() {
            let began = Instant::now();
            let Some(file) = held.file.as_ref().filter(|_| began < held.until) else { continue };
            let marked = file.renew(held.fence);
            if marked && Instant::now() < held.until {
                held.until = held.until.max(began + terms.ttl - terms.margin);
            }
        }
    }

    /// Notes that a renewal in the ledger is asked for. Says whether one was already.
    pub(crate) fn is_asked(&self) -> bool {
        self.1.swap(true, Ordering::Relaxed)
    }

    /// Notes that the renewal that was asked for has begun.
    pub(crate) fn is_renewing(&self) {
        self.1.store(false, Ordering::Relaxed);
    }

    /// Notes a lease, or a longer one.
    pub(crate) fn hold(&self, account: AccountName, tenancy: Tenancy) {
        self.tenancies().insert(account, tenancy);
    }

    /// Notes that it is another's.
    pub(crate) fn lose(&self, account: &AccountName) {
        self.tenancies().remove(account);
    }

    /// Nothing leaves any more.
    pub(crate) fn end(&self) {
        self.tenancies().clear();
    }

    fn tenancies(&self) -> MutexGuard<'_, BTreeMap<AccountName, Tenancy>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    #[cfg(test)]
    pub(crate) fn of(account: &str, left: Duration) -> Self {
        let until = Instant::now() + left;
        let tenancy = Tenancy { fence: Fence(1), until, file: None };
        let tenancies = Mutex::new(BTreeMap::from([(account.into(), tenancy)]));
        Self(Arc::new(tenancies), Arc::default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::LeaseFile;

    const TERMS: Terms = Terms {
        ttl: Duration::from_secs(60),
        beat: Duration::from_secs(1),
        margin: Duration::from_secs(20),
    };

    /// A tenancy with a file, and so much time left.
    fn tenancy(left: Duration) -> (tempfile::TempDir, Validity) {
        let dir = tempfile::tempdir().unwrap();
        let validity = Validity::of("main", left);
        let file = LeaseFile::beside(&dir.path().join("l.db"), &"main".into()).unwrap();
        validity.tenancies().get_mut(&AccountName::from("main")).unwrap().file =
            Some(Arc::new(file));
        (dir, validity)
    }

    fn left(validity: &Validity) -> Duration {
        let tenancies = validity.tenancies();
        tenancies[&AccountName::from("main")].until.saturating_duration_since(Instant::now())
    }

    #[test]
    fn the_file_prolongs_what_is_not_over() {
        let (_dir, validity) = tenancy(Duration::from_secs(10));
        validity.beat(&TERMS);
        assert!(
            left(&validity) > Duration::from_secs(30) && validity.check(&"main".into()).is_ok()
        );
    }

    #[test]
    fn the_file_revives_nothing_that_is_over() {
        let (dir, validity) = tenancy(Duration::ZERO);
        validity.beat(&TERMS);
        assert!(validity.check(&"main".into()).is_err());
        let file = LeaseFile::beside(&dir.path().join("l.db"), &"main".into()).unwrap();
        assert_eq!(file.mark(), None, "nor does it look as if its holder lived");
    }
}
