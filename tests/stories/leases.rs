//! The lease, as the shell would tell of it.

use holdfast::domain::input::Input;
use holdfast::domain::key::AccountName;
use holdfast::domain::lease::{Fence, LeaseState};
use holdfast::domain::time::Span;

use super::table::Args;
use super::verbs::Teller;
use super::world::World;

/// How a lease stands for the process.
#[derive(Clone, Copy, Debug, Default)]
pub enum Lease {
    #[default]
    Held,
    Standby,
    Lost,
}

#[derive(Debug, Default)]
pub struct Leases {
    /// How that of every account stands when a process begins.
    pub at_start: Lease,
    /// How far its process is behind with what the ledger says.
    pub behind: Span,
    fence: u64,
}

impl World {
    /// What a read of the ledger gave, once the process is with it.
    pub(super) fn hear(&mut self, input: Input) -> Result<(), String> {
        if self.leases.behind == Span(0) {
            return self.feed(input);
        }
        self.deliver(input, self.leases.behind);
        Ok(())
    }

    /// What the shell says of a lease. One that is held is held under a new number.
    pub fn tell_lease(&mut self, name: &AccountName, lease: Lease) -> Result<(), String> {
        let state = match lease {
            Lease::Held => {
                self.leases.fence += 1;
                LeaseState::Held { fence: Fence(self.leases.fence) }
            }
            Lease::Standby => LeaseState::Standby {
                holder: "otherhost, process 77".to_owned(),
                until: self.now + Span::secs(15),
            },
            Lease::Lost => LeaseState::Lost { why: "it could not be renewed".to_owned() },
        };
        self.feed(Input::Lease(name.clone(), state))
    }
}

impl Teller {
    /// `lease held|standby|lost [ACCOUNT]`: before the start that of every account.
    pub fn lease(&mut self, words: &mut Args) -> Result<(), String> {
        let lease = match words.next("held, standby or lost")?.as_str() {
            "held" => Lease::Held,
            "standby" => Lease::Standby,
            "lost" => Lease::Lost,
            other => return Err(format!("a lease is never {other}")),
        };
        if self.world.view().is_err() {
            self.world.leases.at_start = lease;
            return Ok(());
        }
        let account = words.next("account").unwrap_or_else(|_| "main".to_owned());
        self.world.tell_lease(&AccountName::from(account.as_str()), lease)
    }
}
