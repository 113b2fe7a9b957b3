//! The mailbox: where the engine leaves pictures and the keyboard leaves keys.
//!
//! For: one place the screen waits at. The newest picture wins; whoever puts one never waits
//! for the screen. Not for: anything the screen says (that goes out as asks).
//! Door: [`Mailbox::put`], [`Mailbox::dumped`], [`Mailbox::note`], [`Mailbox::close`].

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use crate::domain::snapshot::Snapshot;
use crate::ui::Left;
use crate::ui::decode::Typed;
use crate::ui::reel::Moment;

/// Keys that may wait: a stuck screen does not collect them for ever.
const HEARD_MAX: usize = 4096;

/// What the keyboard and the terminal say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Heard {
    /// Something was typed.
    Typed(Typed),
    /// The terminal may have another size.
    Resized,
    /// A dump has ended: where it lies, or why there is none.
    Dumped(Result<String, String>),
    /// There is something to bear in mind, in several forms, the longest first.
    Noted(Vec<String>),
}

#[derive(Debug, Default)]
struct Slot {
    picture: Option<(Arc<Snapshot>, Instant)>,
    moment: Option<Arc<Moment>>,
    heard: Vec<Heard>,
    left: Option<Left>,
    wants_picture: bool,
}

/// What was in the mailbox.
#[derive(Debug, Default)]
pub(super) struct Post {
    /// The newest picture, and when it was put.
    pub picture: Option<(Arc<Snapshot>, Instant)>,
    /// Where the replay stood in it.
    pub moment: Option<Arc<Moment>>,
    /// What was heard, in order.
    pub heard: Vec<Heard>,
    /// Why the screen has to end.
    pub left: Option<Left>,
}

/// Where the engine leaves pictures for the screen.
#[derive(Debug, Default)]
pub struct Mailbox {
    slot: Mutex<Slot>,
    bell: Condvar,
}

impl Mailbox {
    /// An empty mailbox.
    pub fn new() -> Arc<Self> {
        Arc::new(Self::default())
    }

    /// Leaves a picture; an older one that nobody looked at is dropped. Never waits for the
    /// screen.
    pub fn put(&self, picture: Arc<Snapshot>) {
        self.leave(picture, None);
    }

    /// The same for a picture of a replay, and where that stands.
    pub fn put_moment(&self, picture: Arc<Snapshot>, moment: Arc<Moment>) {
        self.leave(picture, Some(moment));
    }

    fn leave(&self, picture: Arc<Snapshot>, moment: Option<Arc<Moment>>) {
        let mut slot = self.slot();
        slot.moment = moment;
        let old = slot.picture.replace((picture, Instant::now()));
        let wanted = slot.wants_picture;
        drop(slot);
        if wanted {
            self.bell.notify_one();
        }
        // A large picture is freed outside the lock.
        drop(old);
    }

    /// Ends the console from outside: [`crate::ui::run`] restores the terminal and returns
    /// [`Left::Stopped`].
    pub fn close(&self) {
        self.end(Left::Stopped);
    }

    /// Ends the console because its terminal is gone.
    pub fn hang_up(&self) {
        self.end(Left::HungUp);
    }

    /// Tells how a dump ended that the console asked for, as one sentence.
    pub fn dumped(&self, how: Result<String, String>) {
        self.hear(Heard::Dumped(how));
    }

    /// Leaves a sentence that stands below the tables whenever nothing else is said there.
    pub fn note(&self, text: impl Into<String>) {
        self.note_in_forms(vec![text.into()]);
    }

    /// The same in several forms, the longest first: the first that fits is shown, and of the
    /// last as much as fits.
    pub fn note_in_forms(&self, forms: Vec<String>) {
        self.hear(Heard::Noted(forms));
    }

    fn end(&self, left: Left) {
        self.slot().left.get_or_insert(left);
        self.bell.notify_one();
    }

    pub(super) fn hear(&self, heard: Heard) {
        let mut slot = self.slot();
        if slot.heard.len() < HEARD_MAX {
            slot.heard.push(heard);
        }
        drop(slot);
        self.bell.notify_one();
    }

    /// Waits until something is heard, the console has to end, `until` comes, or, when
    /// `wants_picture`, a picture is there. Pictures are handed over only when wanted.
    pub(super) fn wait(&self, until: Instant, wants_picture: bool) -> Post {
        let mut slot = self.slot();
        slot.wants_picture = wants_picture;
        loop {
            let due = Instant::now() >= until;
            let has_picture = wants_picture && slot.picture.is_some();
            if due || has_picture || !slot.heard.is_empty() || slot.left.is_some() {
                break;
            }
            let left = until.saturating_duration_since(Instant::now());
            slot = self.bell.wait_timeout(slot, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        slot.wants_picture = false;
        let picture = if wants_picture { slot.picture.take() } else { None };
        let moment = if picture.is_some() { slot.moment.take() } else { None };
        Post { picture, moment, heard: std::mem::take(&mut slot.heard), left: slot.left.clone() }
    }

    /// What was heard meanwhile, without waiting.
    pub(super) fn heard(&self) -> Vec<Heard> {
        std::mem::take(&mut self.slot().heard)
    }

    fn slot(&self) -> MutexGuard<'_, Slot> {
        self.slot.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn the_newest_picture_wins_and_waits_for_nobody() {
        let mailbox = Mailbox::new();
        for seq in 1..=3 {
            let picture = Snapshot { seq, ..crate::ui::nothing::snapshot() };
            mailbox.put(Arc::new(picture));
        }
        let post = mailbox.wait(Instant::now(), true);
        assert_eq!(post.picture.map(|(picture, _)| picture.seq), Some(3));
    }

    #[test]
    fn a_key_wakes_a_screen_that_wants_no_picture() {
        let mailbox = Mailbox::new();
        let other = mailbox.clone();
        let far = Instant::now() + Duration::from_secs(60);
        let waiting = std::thread::spawn(move || other.wait(far, false));
        mailbox.put(Arc::new(crate::ui::nothing::snapshot()));
        mailbox.hear(Heard::Resized);
        let post = waiting.join().unwrap();
        assert_eq!(post.heard, [Heard::Resized]);
        assert!(post.picture.is_none(), "a picture that was not wanted stays in the box");
    }

    #[test]
    fn the_first_reason_to_end_is_the_one_that_counts() {
        let mailbox = Mailbox::new();
        mailbox.hang_up();
        mailbox.close();
        assert_eq!(mailbox.wait(Instant::now(), false).left, Some(Left::HungUp));
    }
}
