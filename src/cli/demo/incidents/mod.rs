//! The incidents that can be played, in the order they are listed.
//!
//! For: naming them all. Not for: how one is played (`player`). Each tells a kind of thing that
//! happened to bots and consoles before this one, with positions of the demo's own.
//! Door: [`ALL`].

mod books;
mod stops;
mod wires;

use crate::cli::demo::incident::Incident;

/// Every incident.
pub static ALL: [Incident; 11] = [
    books::FIRST_RESTART,
    books::STALE_ZERO_ROWS,
    books::EMPTY_ANSWER,
    books::FIRST_ROW,
    stops::PROMPT,
    stops::AVL,
    stops::STOP_VANISHED,
    stops::FLASH_CRASH,
    wires::DEAD_STREAM,
    wires::BAN,
    wires::SECOND_INSTANCE,
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::format;

    #[test]
    fn names_differ_and_everything_is_said_and_fits_where_it_stands() {
        let mut names: Vec<_> = ALL.iter().map(|incident| incident.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), ALL.len());
        for one in &ALL {
            assert!(!one.ends.is_empty() && one.limit > 0, "{}", one.name);
            assert!(!one.source.is_empty() && one.older.ends_with('.'), "{}", one.name);
            assert!(format::width(one.goal) <= 72, "{}: {}", one.name, format::width(one.goal));
            assert!(format::width(one.summary) <= 60, "{}", one.name);
        }
    }

    #[test]
    fn what_is_played_with_stands_on_the_incidents_own_venue() {
        for one in &ALL {
            assert!(one.held.iter().all(|role| role.venue == one.venue), "{}", one.name);
        }
    }
}
