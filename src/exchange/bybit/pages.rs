//! Lists that come in pages: all of them, or an honest part.
//!
//! For: following cursors to the end, and never taking a list for whole that is not.
//! Not for: what rows mean, or dropping the ones that come twice; that is the reader's.
//! Door: [`all`].

use crate::domain::sweep::Part;
use crate::exchange::bybit::budget::Lane;
use crate::exchange::bybit::call::Call;
use crate::exchange::bybit::link::Shared;
use crate::exchange::bybit::read::Page;
use crate::exchange::failure::Failure;
use crate::exchange::sign::Query;

/// Pages of one list beyond which nothing sensible is being told: two thousand positions, or two
/// years of a busy symbol.
const MOST: usize = 400;

/// A list to be read.
#[derive(Clone, Debug)]
pub struct List {
    /// Which endpoint.
    pub path: &'static str,
    /// What is asked; the same on every page.
    pub query: Query,
    /// Rows of a page.
    pub limit: usize,
    /// What for.
    pub lane: Lane,
    /// Whether key and signature are shown.
    pub signed: bool,
}

impl List {
    /// A list of the account's own.
    pub fn new(path: &'static str, query: Query, limit: usize, lane: Lane) -> Self {
        Self { path, query, limit, lane, signed: true }
    }

    fn page(&self, cursor: Option<&str>) -> Call {
        let query = self.query.clone().with("limit", self.limit);
        // Venue fact: the cursor comes percent-encoded and goes back as it came (bybit 2.1).
        let query = match cursor {
            Some(cursor) => query.with_verbatim("cursor", cursor),
            None => query,
        };
        match self.signed {
            true => Call::ask(self.path, query, self.lane),
            false => Call::public(self.path, query, self.lane),
        }
    }
}

/// Why a list is not whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A page was refused or lost.
    Unasked(Failure),
    /// A page came and says nothing that can be relied on.
    Unread(String),
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unasked(failure) => failure.fmt(f),
            Self::Unread(why) => f.write_str(why),
        }
    }
}

/// Every row of a list, in the order in which they came, and why that is not all.
///
/// The end is a page without a cursor, an empty one, or one that is not full: a cursor alone does
/// not prove that another page exists (bybit 3.0). A cursor that comes twice proves that the
/// venue goes round in circles, and then nothing is known of what it left out.
pub async fn read<T>(
    shared: &Shared,
    list: &List,
    mut take: impl FnMut(&str) -> Part<Page<T>>,
) -> (Vec<T>, Option<Fault>) {
    let mut rows = Vec::new();
    let mut cursors: Vec<String> = Vec::new();
    loop {
        let body = match shared.send(list.page(cursors.last().map(String::as_str))).await {
            Ok(body) => body,
            Err(failure) => return (rows, Some(Fault::Unasked(failure))),
        };
        let page = match take(&body) {
            Part::Whole(page) => page,
            Part::Broken(page, why) => {
                rows.extend(page.rows);
                return (rows, Some(Fault::Unread(why)));
            }
        };
        let full = page.listed >= list.limit;
        rows.extend(page.rows);
        let Some(cursor) = page.cursor.filter(|_| full) else { return (rows, None) };
        if cursors.contains(&cursor) {
            let why = "the venue gives the same cursor again: its pages go round in circles";
            return (rows, Some(Fault::Unread(why.to_owned())));
        }
        cursors.push(cursor);
        if cursors.len() >= MOST {
            let why = format!("{MOST} pages and no end");
            return (rows, Some(Fault::Unread(why)));
        }
    }
}

/// The same as one part, with a sentence that names account and endpoint.
pub async fn all<T>(
    shared: &Shared,
    list: &List,
    take: impl FnMut(&str) -> Part<Page<T>>,
) -> Part<Vec<T>> {
    match read(shared, list, take).await {
        (rows, None) => Part::Whole(rows),
        (rows, Some(why)) => Part::Broken(rows, format!("{}: {}: {why}", shared.name, list.path)),
    }
}
