//! Tells a story line by line and says where it went another way.

use std::path::Path;

use holdfast::domain::key::Venue;
use holdfast::domain::time::{Span, Time};

use super::table::{self, At, Line};
use super::verbs::Teller;
use super::world::START;

/// How long after the last line the world goes on: what was begun must not end badly.
const AFTERWARDS: Span = Span::secs(5);

/// Tells the story in a file; the error says what was expected where, and what happened.
pub fn tell(path: &Path, venue: Venue) -> Result<(), String> {
    told(path, Teller::on(venue)).map(|_| ())
}

/// Tells the story in a file to a world, and gives the world back as it is afterwards.
pub fn told(path: &Path, mut teller: Teller) -> Result<Teller, String> {
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let text = std::fs::read_to_string(path).map_err(|why| format!("{name}: {why}"))?;
    let story = table::read(&text).map_err(|why| format!("{name}: {why}"))?;
    let venue = teller.world.usual.exchange();
    if story.only.as_ref().is_some_and(|only| only != venue) {
        return Ok(teller);
    }
    let name = format!("{name} on {venue}");
    let mut here = START;
    for line in &story.lines {
        one(&mut teller, &mut here, line).map_err(|why| {
            let said = text.lines().nth(line.number - 1).unwrap_or_default().trim();
            failure(&name, line.number, said, &why, &teller)
        })?;
    }
    let end = teller.world.now + AFTERWARDS;
    let after = teller.world.run_to(end).and_then(|()| teller.world.ended());
    after.map_err(|why| failure(&name, 0, "afterwards", &why, &teller))?;
    Ok(teller)
}

fn failure(name: &str, number: usize, said: &str, why: &str, teller: &Teller) -> String {
    let keep = std::env::var("STORY_LOG").ok().and_then(|n| n.parse().ok()).unwrap_or(24);
    let skip = teller.world.log.len().saturating_sub(keep);
    let log: Vec<_> = teller.world.log.iter().skip(skip).cloned().collect();
    format!(
        "tests/scenarios/{name}:{number}: {said}\n  but {why}\n  what happened last:\n{}\n",
        log.join("\n")
    )
}

fn one(teller: &mut Teller, here: &mut Time, line: &Line) -> Result<(), String> {
    let mut words = line.words.clone();
    let usual = teller.world.usual.exchange();
    let told = line.only.as_ref().is_none_or(|only| only == usual);
    let expects = words.0.first().is_some_and(|w| w == "expect");
    if let At::Within(limit) = line.at {
        if !told {
            return Ok(());
        }
        let until = *here + limit;
        words.flag("expect");
        *here = within(teller, &words, until)?;
        teller.world.stirred.clear();
        return Ok(());
    }
    *here = match line.at {
        At::Clock(after) => START + after,
        At::After(after) => *here + after,
        At::Same | At::Within(_) => *here,
    };
    if *here < teller.world.now {
        return Err(format!("this is {} ms in the past", teller.world.now.since(*here).0));
    }
    teller.world.run_to(*here)?;
    if !told {
        return Ok(());
    }
    if expects {
        words.0.remove(0);
        teller.expect(words)?;
        teller.world.stirred.clear();
        return Ok(());
    }
    teller.tell(words)?;
    // What is due at once belongs to the line.
    teller.world.run_to(*here)
}

/// Lets things happen until the expectation holds.
fn within(teller: &mut Teller, words: &table::Args, until: Time) -> Result<Time, String> {
    loop {
        let why = match teller.expect(words.clone()) {
            Ok(()) => return Ok(teller.world.now),
            Err(why) => why,
        };
        match teller.world.next(until) {
            Some(at) => teller.world.once(at)?,
            None => return Err(format!("it never was so in time: {why}")),
        }
    }
}
