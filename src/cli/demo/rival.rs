//! Another engine on the same ledger, as a second instance is: a real driver with its own links.
//!
//! For: incidents in which two want the same accounts. Not for: a screen, or a state directory's
//! lock; it stands for a process with a state directory of its own. Door: [`Rival::begin`].

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

use crate::cli::ending::Failure;
use crate::domain::guard::Guard;
use crate::domain::lease::LeaseState;
use crate::domain::policy::Policy;
use crate::domain::snapshot::{LegView, Snapshot};
use crate::exchange::AccountSetup;
use crate::runtime::{Clock, Driver, Handle, Pictures, Setup, Stopped};
use crate::store::{Ledger, Recorder};

/// How it is called by whoever stands by.
const NAME: &str = "another holdfast";
/// It has this long to take the accounts.
const PATIENCE: Duration = Duration::from_secs(20);
/// What its recording may take.
const ROOM: u64 = 64 << 20;

/// The other engine.
#[derive(Debug)]
pub struct Rival {
    driver: JoinHandle<Stopped>,
    pictures: Pictures,
    // A driver without a handle goes on, but nobody could ever stop it.
    _handle: Handle,
}

impl Rival {
    /// Starts it on a ledger, and waits until it acts on every account.
    ///
    /// # Errors
    /// When the ledger cannot be opened, or it does not come to act.
    pub async fn begin(
        policy: Policy,
        accounts: Vec<AccountSetup>,
        ledger: &Path,
    ) -> Result<Self, Failure> {
        let books = Ledger::open(ledger).await.map_err(|error| error.to_string())?;
        let own = ledger.with_file_name("rival");
        let (show, pictures) = watch::channel(None);
        let (driver, handle) = Driver::new(Setup {
            policy,
            accounts,
            ledger: Arc::new(books),
            witness: Box::new(Recorder::create(&own.join("recordings"), ROOM)),
            publish: Box::new(move |picture| drop(show.send_replace(Some(picture)))),
            clock: Clock::start(),
            holder: NAME.to_owned(),
        });
        let rival = Self { driver: tokio::spawn(driver.run()), pictures, _handle: handle };
        let acts = async {
            while !rival.pictures.borrow().as_deref().is_some_and(acts) {
                sleep(Duration::from_millis(50)).await;
            }
        };
        match timeout(PATIENCE, acts).await {
            Ok(()) => Ok(rival),
            Err(_) => Err("the other engine did not come to act".into()),
        }
    }

    /// Ends it where it stands: nothing more is sent, and nothing is given back.
    pub async fn die(self) {
        self.driver.abort();
        let _ = self.driver.await;
    }
}

/// Whether an engine has every account and every row is covered.
fn acts(picture: &Snapshot) -> bool {
    let held = |lease: &Option<LeaseState>| lease.as_ref().is_some_and(LeaseState::is_held);
    let fine = |leg: &LegView| {
        leg.row.is_none() || matches!(leg.guard.value, Guard::Covered(_) if leg.work.is_none())
    };
    picture.accounts.iter().all(|account| held(&account.lease) && account.sweeps > 0)
        && !picture.legs.is_empty()
        && picture.legs.iter().all(fine)
}
