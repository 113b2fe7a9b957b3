//! Which accounts are known: what may be concluded where nothing is listed.
//!
//! For: an empty list and a sum that say of whom they do not speak; unknown is never shown as
//! flat. Not for: judging a leg. Door: [`Seen::of`], [`Seen::empty`].

use crate::domain::key::AccountName;
use crate::domain::snapshot::{AccountView, Known, Snapshot};
use crate::domain::time::Time;

/// The accounts of a picture, by whether what is shown of them holds now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    known: Vec<AccountName>,
    unknown: Vec<(AccountName, Gap)>,
}

/// How long an account has not been known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gap {
    /// There was no complete look yet.
    Never,
    /// There was one, and looks fail since.
    Since(Time),
    /// There was one, and it is not believed now.
    Now,
}

impl Seen {
    /// All accounts of a picture, known where their newest look is whole.
    pub fn of(picture: &Snapshot) -> Self {
        Self::by(&picture.accounts, AccountView::is_known)
    }

    /// Accounts, known where somebody says so.
    pub fn by<'a>(
        accounts: impl IntoIterator<Item = &'a AccountView>,
        is_known: impl Fn(&AccountView) -> bool,
    ) -> Self {
        let mut seen = Self::default();
        for account in accounts {
            let name = account.name.clone();
            if is_known(account) {
                seen.known.push(name);
            } else {
                seen.unknown.push((name, Gap::of(account)));
            }
        }
        seen
    }

    /// Whether there are accounts and all of them are known.
    pub fn is_whole(&self) -> bool {
        self.unknown.is_empty() && !self.known.is_empty()
    }

    /// What an empty list says: `what` and `more` where every account is known, `what` of the
    /// known ones where only some are, and nothing of the kind where none is.
    pub fn empty(&self, what: &str, more: &str) -> String {
        match (self.known.is_empty(), self.unknown(), self.gap()) {
            (false, _, None) => format!("{what}{more}"),
            (false, _, Some(gap)) => format!("{what} in {}; {gap}", list(&self.known)),
            (true, None, _) => "nothing is known yet".to_owned(),
            (true, Some(names), _) => {
                let looked = if self.is_new() { ": no complete look" } else { "" };
                format!("nothing is known of {names} {}{looked}", self.when())
            }
        }
    }

    /// The accounts that are not known; none where all are.
    pub fn unknown(&self) -> Option<String> {
        let names = self.unknown.iter().map(|(name, _)| name);
        (!self.unknown.is_empty()).then(|| list(names))
    }

    /// Which accounts are not known, and since when; none where all are.
    pub fn gap(&self) -> Option<String> {
        let be = if self.unknown.len() > 1 { "are" } else { "is" };
        Some(format!("{} {be} not known {}", self.unknown()?, self.when()))
    }

    /// Whether none of those that are not known was ever looked at.
    fn is_new(&self) -> bool {
        self.unknown.iter().all(|(_, gap)| *gap == Gap::Never)
    }

    fn when(&self) -> String {
        match self.unknown[..] {
            _ if self.is_new() => "yet".to_owned(),
            [(_, Gap::Since(since))] => format!("since {}", since.clock()),
            _ => "now".to_owned(),
        }
    }
}

impl Gap {
    fn of(account: &AccountView) -> Self {
        match (&account.known, account.looked) {
            (_, None) => Self::Never,
            (Known::Unknown(since, _), Some(_)) => Self::Since(*since),
            (Known::Since(_), Some(_)) => Self::Now,
        }
    }
}

/// `main`, `main and alt`, `main, alt and cold`.
fn list<'a>(names: impl IntoIterator<Item = &'a AccountName>) -> String {
    let mut names: Vec<&str> = names.into_iter().map(AccountName::as_str).collect();
    let last = names.pop().unwrap_or_default();
    if names.is_empty() { last.to_owned() } else { format!("{} and {last}", names.join(", ")) }
}
