//! Playing a deck: the pace, and what a person wants, until the console is gone.
//!
//! Door: [`play`].

use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use crate::cli::replay::deck::Deck;
use crate::cli::replay::place::Edge;
use crate::domain::time::{Span, Time};
use crate::ui::Mailbox;
use crate::ui::reel::Wind;

/// How fast it can go; none is as fast as inputs can be told.
const SPEEDS: [Option<u32>; 8] =
    [Some(1), Some(2), Some(5), Some(10), Some(20), Some(50), Some(100), None];
/// How often a picture is shown while it plays.
const FRAME: Duration = Duration::from_millis(50);

/// Where the needle is.
#[derive(Debug)]
pub struct Player {
    deck: Deck,
    speed: usize,
    /// Since when it plays, and where it was then.
    playing: Option<(Instant, Time)>,
    /// What the last wish is answered with, where it led nowhere.
    word: Option<String>,
}

impl Player {
    /// A deck that is not playing yet.
    pub fn new(deck: Deck) -> Self {
        Self { deck, speed: 0, playing: None, word: None }
    }

    /// Shows where it stands.
    pub fn show(&mut self, mailbox: &Mailbox) {
        let mut moment = self.deck.moment(self.playing.is_some(), SPEEDS[self.speed]);
        moment.word = self.word.take();
        mailbox.put_moment(self.deck.picture(), moment.into());
    }

    /// Does what a person wants.
    pub fn wind(&mut self, wish: Wind) {
        self.word = None;
        match wish {
            Wind::Toggle if self.playing.is_some() => self.playing = None,
            Wind::Toggle => self.begin(),
            Wind::Faster => self.pace((self.speed + 1).min(SPEEDS.len() - 1)),
            Wind::Slower => self.pace(self.speed.saturating_sub(1)),
            Wind::By(steps) => {
                let from = self.deck.at();
                self.stand(from.saturating_add_signed(isize::try_from(steps).unwrap_or(0)));
                if self.deck.at() == from {
                    self.stop_at(if steps < 0 { Edge::Begin } else { Edge::End });
                }
            }
            Wind::To(place) => match self.deck.place(place) {
                Ok(place) => self.stand(place),
                Err(edge) => self.stop_at(edge),
            },
            Wind::News { back } => {
                self.playing = None;
                if !self.deck.wind_to_news(back) {
                    let which = if back { "earlier" } else { "later" };
                    self.word = Some(format!("no {which} finding or event in the recording"));
                }
            }
        }
    }

    /// Stands at an edge of the recording, and says so.
    fn stop_at(&mut self, edge: Edge) {
        let (place, word) = self.deck.edge(edge);
        self.stand(place);
        self.word = Some(word);
    }

    /// Whoever looks at one input wants it to stay.
    fn stand(&mut self, place: usize) {
        self.playing = None;
        self.deck.stand_at(place);
    }

    fn begin(&mut self) {
        self.playing = Some((Instant::now(), self.deck.now()));
    }

    fn pace(&mut self, speed: usize) {
        self.speed = speed;
        if self.playing.is_some() {
            self.begin();
        }
    }

    /// Tells what is due by now.
    fn go_on(&mut self, until: Instant) {
        let Some((since, from)) = self.playing else { return };
        let gone = u64::try_from(since.elapsed().as_millis()).unwrap_or(u64::MAX);
        let due = SPEEDS[self.speed].map(|speed| from + Span(gone.saturating_mul(speed.into())));
        loop {
            match self.deck.next_at() {
                None => return self.stop_at(Edge::End),
                Some(at) if due.is_some_and(|due| at > due) => return,
                Some(_) => {
                    self.deck.step();
                }
            }
            // However much is due, a person is heard in between.
            if Instant::now() >= until {
                return;
            }
        }
    }
}

/// Plays until nobody can want anything any more.
pub fn play(mut player: Player, wishes: &Receiver<Wind>, mailbox: &Mailbox) {
    loop {
        let wish = if player.playing.is_some() {
            match wishes.recv_timeout(FRAME) {
                Ok(wish) => Some(wish),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => return,
            }
        } else {
            match wishes.recv() {
                Ok(wish) => Some(wish),
                Err(_) => return,
            }
        };
        if let Some(wish) = wish {
            player.wind(wish);
        }
        player.go_on(Instant::now() + FRAME);
        player.show(mailbox);
    }
}

#[cfg(test)]
mod tests {
    use crate::cli::replay::deck::tests::deck;
    use crate::ui::reel::Goto;

    use super::*;

    const BEGINS: Option<&str> = Some("the recording begins here, at 1970-01-01T00:16:40.000Z");
    const ENDS: Option<&str> = Some("the recording ends here, at 1970-01-01T00:19:13.200Z");
    const ON: Wind = Wind::News { back: false };
    const BACK: Wind = Wind::News { back: true };

    /// What a wish is answered with, and where it leads.
    fn wound(player: &mut Player, wish: Wind) -> (Option<&str>, usize) {
        player.wind(wish);
        player.go_on(Instant::now() + Duration::from_secs(60));
        (player.word.as_deref(), player.deck.at())
    }

    #[test]
    fn what_leads_nowhere_says_why() {
        let mut player = Player::new(deck());
        let last = player.deck.edge(Edge::End).0;
        assert_eq!(wound(&mut player, Wind::By(-1)), (BEGINS, 0));
        assert_eq!(wound(&mut player, Wind::By(1)), (None, 1));
        assert_eq!(wound(&mut player, Wind::To(Goto::By(-86_400_000))), (BEGINS, 0));
        assert_eq!(wound(&mut player, Wind::To(Goto::Input(9_999))), (ENDS, last));
        assert_eq!(wound(&mut player, Wind::By(1)), (ENDS, last));
        assert_eq!(wound(&mut player, Wind::Toggle), (ENDS, last));
        assert!(player.playing.is_none());
        assert_eq!(wound(&mut player, Wind::By(-1)), (None, last - 1));
    }

    #[test]
    fn a_recording_that_is_played_to_its_end_says_so() {
        let mut player = Player::new(deck());
        for _ in SPEEDS {
            player.wind(Wind::Faster);
        }
        let last = player.deck.edge(Edge::End).0;
        assert_eq!(wound(&mut player, Wind::Toggle), (ENDS, last));
        let mailbox = Mailbox::new();
        player.show(&mailbox);
        assert!(player.word.is_none(), "it is said once");
    }

    #[test]
    fn where_no_finding_or_event_is_it_stays_where_it_is() {
        let later = Some("no later finding or event in the recording");
        let earlier = Some("no earlier finding or event in the recording");
        let mut player = Player::new(deck());
        player.wind(Wind::By(3));
        assert_eq!(wound(&mut player, ON), (later, 3));
        assert_eq!(wound(&mut player, BACK), (earlier, 3));
    }
}
