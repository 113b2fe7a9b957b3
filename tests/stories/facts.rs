//! What can be known of venue and ledger in a story, for whoever is to be told the same.

use holdfast::domain::amount::Price;
use holdfast::domain::input::{Input, Reply, StreamEvent};
use holdfast::domain::journal::Rule;
use holdfast::domain::key::Symbol;
use holdfast::domain::ledger::{Books, Row};
use holdfast::domain::sweep::Sweep;
use holdfast::domain::time::Time;

use holdfast::worlds::ledger::Ledger;

type Heard = Option<Vec<(Time, Fact)>>;

#[derive(Clone, Debug)]
pub enum Fact {
    /// A process begins.
    Started,
    /// The rows that the ledger holds open, as other programs wrote them.
    Rows(Vec<Row>),
    /// A venue's answer to a look.
    Looked(Sweep),
    /// A word of a user stream.
    Said(StreamEvent),
    /// Mark prices.
    Marked(Vec<(Symbol, Price)>),
}

impl Fact {
    /// Notes what an input tells, where somebody listens.
    pub fn of_input(now: Time, input: &Input, heard: &mut Heard) {
        let Some(heard) = heard else { return };
        let fact = match input {
            Input::Started(_) => Self::Started,
            Input::Stream(_, word) => Self::Said((**word).clone()),
            Input::Marks(_, marks) => Self::Marked(marks.clone()),
            _ => return,
        };
        heard.push((now, fact));
    }

    /// Notes the rows of a read, without those that the core adopted, where somebody listens.
    pub fn of_books(now: Time, books: &Books, ledger: &Ledger, heard: &mut Heard) {
        let Some(heard) = heard else { return };
        let adopted = |row: &&Row| {
            ledger.repairs.iter().any(|done| done.rule == Rule::Adopt && done.row == row.id)
        };
        let rows = books.rows.iter().filter(|row| !adopted(row)).cloned().collect();
        heard.push((now, Self::Rows(rows)));
    }

    /// Notes a look at an account, where somebody listens.
    pub fn of_reply(now: Time, reply: &Reply, heard: &mut Heard) {
        if let (Reply::Swept(sweep), Some(heard)) = (reply, heard) {
            heard.push((now, Self::Looked(sweep.clone())));
        }
    }
}
