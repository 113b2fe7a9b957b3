//! The state of the console: what is shown, where the cursor is, what is being asked.
//!
//! For: plain data and questions about it. Not for: changing it (`update`) or painting it
//! (`view`). Cursor, marks and dialogs hold keys, never row numbers. Door: [`Model`].

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::domain::journal::RepairId;
use crate::domain::key::PositionKey;
use crate::domain::snapshot::{LegView, Snapshot};
use crate::domain::time::{Span, Time};
use crate::ui::alerts::{Alert, Totals};
use crate::ui::decision::Decision;
use crate::ui::dialog::Dialog;
use crate::ui::filter::Filter;
use crate::ui::keys::{Key, Keymap};
use crate::ui::layout::{self, Regions};
use crate::ui::prompt::Prompt;
use crate::ui::reel::Moment;
use crate::ui::rows::{RowKey, Rows};
use crate::ui::wide::Wide;

/// The views, by their number keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum View {
    /// 1: what the ledger holds.
    Positions,
    /// 2: what only the venue holds.
    Orphans,
    /// 3: where the two differ.
    Diff,
    /// 4: what protects them.
    Stops,
    /// 6: what happened.
    Events,
    /// 7: how accounts and engine do, and what stays if the engine ends.
    Health,
}

impl View {
    /// Every view, in the order of the tabs.
    pub const ALL: [Self; 6] =
        [Self::Positions, Self::Orphans, Self::Diff, Self::Stops, Self::Events, Self::Health];

    /// Its key and its name on the tab line.
    pub fn tab(self) -> (char, &'static str) {
        match self {
            Self::Positions => ('1', "positions"),
            Self::Orphans => ('2', "orphans"),
            Self::Diff => ('3', "diff"),
            Self::Stops => ('4', "stops"),
            Self::Events => ('6', "events"),
            Self::Health => ('7', "health"),
        }
    }

    /// Whether its rows are legs that acts can be about.
    pub fn is_table(self) -> bool {
        self != Self::Events
    }
}

/// How long a message stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// 4 seconds.
    Ok,
    /// 8 seconds.
    Warn,
    /// Until a key.
    Error,
}

/// The message on the flash line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flash {
    /// How long it stays.
    pub level: Level,
    /// One sentence.
    pub text: String,
    /// Since when it is there.
    pub since: Time,
}

impl Flash {
    /// Whether its time is over.
    pub fn is_over(&self, now: Time) -> bool {
        let age = now.since(self.since);
        match self.level {
            Level::Ok => age >= Span::secs(4),
            Level::Warn => age >= Span::secs(8),
            Level::Error => false,
        }
    }
}

/// A picture that is held while time goes on.
#[derive(Clone, Debug)]
pub struct Frozen {
    /// When.
    pub since: Time,
    /// What is held.
    pub snapshot: Arc<Snapshot>,
}

/// The help overlay.
#[derive(Clone, Debug, Default)]
pub struct Help {
    /// What was typed to search.
    pub search: String,
    /// Which of the lines found is chosen.
    pub chosen: usize,
}

/// An ask that was sent and is not finished.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// Its number.
    pub ask: u64,
    /// On which leg.
    pub key: Option<PositionKey>,
    /// What the row shows until the engine's own word is there.
    pub word: &'static str,
    /// When it was sent.
    pub since: Time,
    /// What was last answered.
    pub said: String,
    /// Whether the engine said that it took it.
    pub accepted: bool,
}

/// Everything the screen is made from.
#[derive(Debug)]
pub struct Model {
    /// The newest picture.
    pub live: Arc<Snapshot>,
    /// Whether a picture came at all.
    pub is_connected: bool,
    /// Where the replay stands, when a recording is shown.
    pub replay: Option<Arc<Moment>>,
    /// The picture held by `z`.
    pub frozen: Option<Frozen>,
    /// Now, on the engine's clock.
    pub now: Time,
    /// `LIVE`, `DEMO`.
    pub label: String,
    /// Who asks, for the record.
    pub who: String,
    /// Which view is up, and which was before.
    pub view: View,
    /// For `-`.
    pub view_before: View,
    /// Rows, cursor and scroll of each view.
    pub rows: BTreeMap<View, Rows>,
    /// Marked legs.
    pub marks: BTreeSet<PositionKey>,
    /// Whether the row under the cursor vanished and another took its place, unseen so far.
    pub is_cursor_unseen: bool,
    /// The filter that is in force.
    pub filter: Option<Filter>,
    /// `!`: only rows that need somebody.
    pub problems_only: bool,
    /// The least severe event shown.
    pub least: crate::domain::event::Severity,
    /// The prompt, when one is open.
    pub prompt: Option<Prompt>,
    /// Lines entered before.
    pub history: Vec<String>,
    /// What is asked about more than one leg.
    pub wide: Wide,
    /// The dialog, when one is open.
    pub dialog: Option<Dialog>,
    /// The decision about the ledger, when one is open.
    pub decision: Option<Decision>,
    /// The chosen line of the list of repairs, when it is open.
    pub listing: Option<RepairId>,
    /// The leg whose timeline is open.
    pub timeline: Option<PositionKey>,
    /// The first line that is seen of what was decided and why, when that is open in whole.
    pub why: Option<usize>,
    /// The help overlay, when it is open.
    pub help: Option<Help>,
    /// The flash line.
    pub flash: Option<Flash>,
    /// What stands on the flash line while there is no flash: the goal of a drill. The longest
    /// form first.
    pub note: Vec<String>,
    /// The beginning of a chord.
    pub chord: Vec<Key>,
    /// The key before, and when, to tell a held key from a pressed one.
    pub last_key: Option<(Key, Time)>,
    /// Asks under way.
    pub pending: Vec<Pending>,
    /// The number of the next ask.
    pub next_ask: u64,
    /// Which alert `g a` went to last.
    pub alert_visited: usize,
    /// The alerts of the newest picture.
    pub alerts: Vec<Alert>,
    /// The counts of the newest picture.
    pub totals: Totals,
    /// Legs that rang the bell, and when it last rang.
    pub rung: (BTreeSet<PositionKey>, Option<Time>),
    /// Whether the terminal is in front.
    pub has_focus: bool,
    /// Columns and lines of the terminal.
    pub size: (u16, u16),
    /// Names `:theme` completes.
    pub themes: Vec<String>,
    /// The keys.
    pub keymap: Keymap,
}

impl Model {
    /// A console that has seen nothing yet. `first_ask` starts the numbers of its asks, which
    /// are unique as long as two consoles start from different ones.
    pub fn new(label: &str, who: &str, first_ask: u64, size: (u16, u16)) -> Self {
        Self {
            live: Arc::new(crate::ui::nothing::snapshot()),
            is_connected: false,
            replay: None,
            frozen: None,
            now: Time(0),
            label: label.to_owned(),
            who: who.to_owned(),
            view: View::Positions,
            view_before: View::Positions,
            rows: View::ALL.into_iter().map(|view| (view, Rows::default())).collect(),
            marks: BTreeSet::new(),
            is_cursor_unseen: false,
            filter: None,
            problems_only: false,
            least: crate::domain::event::Severity::Debug,
            prompt: None,
            history: Vec::new(),
            wide: Wide::default(),
            dialog: None,
            decision: None,
            listing: None,
            timeline: None,
            why: None,
            help: None,
            flash: None,
            note: Vec::new(),
            chord: Vec::new(),
            last_key: None,
            pending: Vec::new(),
            next_ask: first_ask,
            alert_visited: 0,
            alerts: Vec::new(),
            totals: Totals::default(),
            rung: (BTreeSet::new(), None),
            has_focus: true,
            size,
            themes: Vec::new(),
            keymap: Keymap::default(),
        }
    }

    /// The picture that tables show: the held one while frozen.
    pub fn shown(&self) -> &Arc<Snapshot> {
        self.frozen.as_ref().map_or(&self.live, |frozen| &frozen.snapshot)
    }

    /// The instant that tables show.
    pub fn shown_now(&self) -> Time {
        self.frozen.as_ref().map_or(self.now, |frozen| frozen.since)
    }

    /// Where everything goes on the screen as it is.
    pub fn regions(&self) -> Regions {
        let is_replay = self.replay.is_some();
        layout::regions(self.size.0, self.size.1, self.view, self.alerts.len(), is_replay)
    }

    /// The row under the cursor of the view that is up.
    pub fn cursor(&self) -> Option<&RowKey> {
        self.rows.get(&self.view).and_then(|rows| rows.cursor.as_ref())
    }

    /// Whether a dialog, an overlay or the prompt has the keyboard, and the view's keys wait.
    pub fn is_covered(&self) -> bool {
        let is_asked =
            self.dialog.is_some() || self.decision.is_some() || self.wide.asked.is_some();
        let is_overlaid = self.listing.is_some() || self.timeline.is_some() || self.why.is_some();
        is_asked || is_overlaid || self.prompt.is_some() || self.help.is_some()
    }

    /// The leg under the cursor: what an act is about.
    pub fn cursor_key(&self) -> Option<&PositionKey> {
        self.cursor().and_then(RowKey::leg)
    }

    /// The leg under the cursor as it is now.
    pub fn cursor_leg(&self) -> Option<&LegView> {
        leg(&self.live, self.cursor_key()?)
    }

    /// What was asked of a leg and is not answered yet.
    pub fn pending_on(&self, key: &PositionKey) -> Option<&Pending> {
        self.pending.iter().find(|p| !p.accepted && p.key.as_ref() == Some(key))
    }

    /// Whether a dialog or a decision asks something that was not painted yet.
    pub fn asks_unseen(&self) -> bool {
        self.dialog.as_ref().is_some_and(|dialog| !dialog.is_shown)
            || self.decision.as_ref().is_some_and(|decision| !decision.is_shown)
            || self.wide.asked.as_ref().is_some_and(|asked| !asked.is_shown)
    }

    /// A key ends an error; in a recording, whose clock may stand still, every message.
    pub(super) fn key_ends_flash(&mut self) {
        let is_replay = self.replay.is_some();
        self.flash = self.flash.take().filter(|flash| flash.level != Level::Error && !is_replay);
    }

    /// Puts a sentence on the flash line; an error stays until a key was pressed.
    pub fn say(&mut self, level: Level, text: impl Into<String>) {
        let is_held = self.flash.as_ref().is_some_and(|flash| flash.level == Level::Error);
        if !is_held || level == Level::Error {
            self.flash = Some(Flash { level, text: text.into(), since: self.now });
        }
    }
}

/// A leg of a snapshot, whose legs are ordered by key.
pub fn leg<'a>(snapshot: &'a Snapshot, key: &PositionKey) -> Option<&'a LegView> {
    let at = snapshot.legs.binary_search_by(|leg| leg.key.cmp(key)).ok()?;
    snapshot.legs.get(at)
}
