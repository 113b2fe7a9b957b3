//! Playing a deck: the pace, and what a person wants, until the console is gone.
//!
//! Door: [`play`].

use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use crate::cli::replay::deck::Deck;
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
}

impl Player {
    /// A deck that is not playing yet.
    pub fn new(deck: Deck) -> Self {
        Self { deck, speed: 0, playing: None }
    }

    /// Shows where it stands.
    pub fn show(&mut self, mailbox: &Mailbox) {
        let moment = self.deck.moment(self.playing.is_some(), SPEEDS[self.speed]);
        mailbox.put_moment(self.deck.picture(), moment.into());
    }

    /// Does what a person wants.
    pub fn wind(&mut self, wish: Wind) {
        match wish {
            Wind::Toggle if self.playing.is_some() => self.playing = None,
            Wind::Toggle => self.begin(),
            Wind::Faster => self.pace((self.speed + 1).min(SPEEDS.len() - 1)),
            Wind::Slower => self.pace(self.speed.saturating_sub(1)),
            Wind::By(steps) => {
                let steps = isize::try_from(steps).unwrap_or(0);
                self.stand(self.deck.at().saturating_add_signed(steps));
            }
            Wind::To(place) => self.stand(self.deck.place(place)),
            Wind::News { back } => {
                self.playing = None;
                self.deck.wind_to_news(back);
            }
        }
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
                None => return self.playing = None,
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
