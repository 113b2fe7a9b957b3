//! Who knew what, and when: the timeline of a leg, as a story expects it.

use std::sync::Arc;

use holdfast::domain::drift::{Drift, Source};
use holdfast::domain::key::PositionKey;
use holdfast::domain::timeline::{self, Line, Standing};

use super::expect::{Held, hold};
use super::table::{self, Args};
use super::verbs::{Teller, clock};

impl Teller {
    /// `drift LEG flat|SIDE QTY [found] [venue T|unknown] [stream C] [REST C] [ledger C]
    /// [first S]`: the newest change to that.
    pub fn drift(&mut self, words: &mut Args) -> Held {
        let key = words.key()?;
        let to = match words.next("flat, or a side")?.as_str() {
            "flat" => "flat".to_owned(),
            side => format!("{side} {}", words.next("quantity")?),
        };
        let now = self.world.now;
        let lines = timeline::lines(self.timeline(&key)?.as_ref(), now);
        let told = || format!("{lines:?}");
        let line = lines.iter().find(|line| line.to.text() == to).ok_or_else(told)?;
        hold(line.found == words.flag("found"), told)?;
        if let Some(at) = words.value("venue") {
            let venue = line.venue.map(clock);
            hold(venue == table::span(&at), || format!("the venue says {venue:?}"))?;
        }
        let first = words.value("first");
        for (source, cell) in Source::ALL.into_iter().zip(&line.cells) {
            if let Some(want) = words.value(source.name()) {
                let holds = cell.text == want || cell.text.split(' ').next() == Some(&want);
                hold(holds, || format!("{}: {}", source.name(), cell.text))?;
            }
        }
        first.map_or(Ok(()), |want| is_first(line, &want))
    }

    /// `drifts LEG N`: how many changes its timeline has.
    pub fn drifts(&mut self, words: &mut Args) -> Held {
        let key = words.key()?;
        let want: usize = words.read("how many", table::number)?;
        let have = self.timeline(&key)?.changes().len();
        hold(have == want, || format!("there are {have}"))
    }

    fn timeline(&self, key: &PositionKey) -> Result<Arc<Drift>, String> {
        let view = self.world.view()?;
        let live = view.legs.iter().find(|leg| leg.key == *key).map(|leg| &leg.drift);
        let over = || view.ended.iter().find(|leg| leg.key == *key).map(|leg| &leg.drift);
        live.or_else(over).cloned().ok_or(format!("nothing is known of what became of {key}"))
    }
}

fn is_first(line: &Line, want: &str) -> Held {
    let named = Source::ALL.into_iter().zip(&line.cells);
    let mut first = named.filter(|(_, cell)| cell.standing == Standing::First);
    let name = first.next().map(|(source, _)| source.name());
    hold(name == Some(want) && first.next().is_none(), || format!("the first was {name:?}"))
}
