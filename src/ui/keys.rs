//! The one table of keys: dispatch, hints and help all read it.
//!
//! For: which key does what in which context, and how it is called. Not for: doing it
//! (`update`). A chord is written with a space. Door: [`BINDINGS`], [`Keymap::find`].

use std::fmt;

use crate::ui::model::View;

/// A key of the keyboard, without its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "keys are called what they are called")]
pub enum Code {
    Char(char),
    Enter,
    Esc,
    Tab,
    BackTab,
    Backspace,
    Delete,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    F(u8),
}

/// A key press.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// Which key.
    pub code: Code,
    /// With Ctrl.
    pub ctrl: bool,
    /// With Alt.
    pub alt: bool,
}

impl Key {
    /// A plain key.
    pub const fn plain(code: Code) -> Self {
        Self { code, ctrl: false, alt: false }
    }

    /// A plain character.
    pub const fn char(c: char) -> Self {
        Self::plain(Code::Char(c))
    }

    /// A character with Ctrl.
    pub const fn ctrl(c: char) -> Self {
        Self { code: Code::Char(c), ctrl: true, alt: false }
    }

    /// Reads the spelling of the table: `j`, `C-d`, `pagedown`, `space`.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(rest) = text.strip_prefix("C-") {
            return rest.parse().ok().map(Self::ctrl);
        }
        if let Some((_, code)) = NAMED.iter().find(|(name, _)| *name == text) {
            return Some(Self::plain(*code));
        }
        text.parse().ok().map(Self::char)
    }
}

const NAMED: [(&str, Code); 16] = [
    ("space", Code::Char(' ')),
    ("enter", Code::Enter),
    ("esc", Code::Esc),
    ("tab", Code::Tab),
    ("S-tab", Code::BackTab),
    ("backspace", Code::Backspace),
    ("delete", Code::Delete),
    ("up", Code::Up),
    ("down", Code::Down),
    ("left", Code::Left),
    ("right", Code::Right),
    ("home", Code::Home),
    ("end", Code::End),
    ("pageup", Code::PageUp),
    ("pagedown", Code::PageDown),
    ("f1", Code::F(1)),
];

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.alt {
            f.write_str("A-")?;
        }
        if self.ctrl {
            f.write_str("C-")?;
        }
        match (NAMED.iter().find(|(_, code)| *code == self.code), self.code) {
            (Some((name, _)), _) => f.write_str(name),
            (None, Code::Char(c)) => write!(f, "{c}"),
            (None, Code::F(n)) => write!(f, "f{n}"),
            (None, _) => f.write_str("?"),
        }
    }
}

/// Where a binding holds. Every context falls back to `Global`, except dialogs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Context {
    /// Everywhere but in prompts and dialogs.
    Global,
    /// On a row of positions, orphans or diff.
    Table,
    /// In the list of events.
    Events,
    /// In a dialog.
    Dialog,
}

/// What a key means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the table below says what each one does")]
pub enum Action {
    Down,
    Up,
    First,
    Last,
    HalfDown,
    HalfUp,
    PageDown,
    PageUp,
    Show(View),
    ViewLast,
    GoAlert,
    Back,
    BackOrQuit,
    Cancel,
    Command,
    Filter,
    Help,
    Freeze,
    Problems,
    Recheck,
    Repaint,
    Mark,
    ClearMarks,
    Protect,
    Adopt,
    Close,
    Follow,
    Louder,
    Quieter,
    Confirm,
    PressFocused,
}

/// Under which heading help lists a binding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Moving about.
    Move,
    /// Looking.
    Look,
    /// Acting on a row.
    Act,
    /// Dialogs.
    Dialog,
}

impl Group {
    /// Every heading, in the order help shows them.
    pub const ALL: [Self; 4] = [Self::Move, Self::Look, Self::Act, Self::Dialog];

    /// The heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Move => "MOVE",
            Self::Look => "LOOK AND FIND",
            Self::Act => "ACT ON THE ROW",
            Self::Dialog => "IN A DIALOG",
        }
    }
}

/// One line of the table.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    /// Where it holds.
    pub context: Context,
    /// Keys and chords that mean it; the first is the one shown.
    pub keys: &'static [&'static str],
    /// What it means.
    pub action: Action,
    /// Heading in help.
    pub group: Group,
    /// What help says.
    pub help: &'static str,
    /// The word in the hints line; none for what hands know anyway.
    pub hint: Option<&'static str>,
}

const fn bind(
    context: Context,
    keys: &'static [&'static str],
    action: Action,
    group: Group,
    help: &'static str,
    hint: Option<&'static str>,
) -> Binding {
    Binding { context, keys, action, group, help, hint }
}

use Context as C;
use Group as G;

/// Every binding there is. Nothing dangerous lies on a key that scrolls.
#[rustfmt::skip]
pub const BINDINGS: &[Binding] = &[
    bind(C::Table,  &["x"],             Action::Close,      G::Act,  "close the position: a dialog asks y", Some("close")),
    bind(C::Table,  &["p"],             Action::Protect,    G::Act,  "protect: place the missing stop now", Some("protect")),
    bind(C::Table,  &["a"],             Action::Adopt,      G::Act,  "adopt the orphan: a dialog asks y", Some("adopt")),
    bind(C::Table,  &["space"],         Action::Mark,       G::Act,  "mark or unmark the row", Some("mark")),
    bind(C::Table,  &["U"],             Action::ClearMarks, G::Act,  "clear all marks", None),
    bind(C::Events, &["f"],             Action::Follow,     G::Look, "events: follow the newest", Some("follow")),
    bind(C::Events, &[","],             Action::Quieter,    G::Look, "events: show less severe ones too", Some("more")),
    bind(C::Events, &["."],             Action::Louder,     G::Look, "events: only more severe ones", Some("fewer")),
    bind(C::Global, &["r"],             Action::Recheck,    G::Look, "look at the account again, completely", Some("re-check")),
    bind(C::Global, &["/"],             Action::Filter,     G::Look, "filter: text !text ~fuzzy side:long age>1h a|b", Some("filter")),
    bind(C::Global, &[":"],             Action::Command,    G::Look, "command; Tab completes", Some("cmd")),
    bind(C::Global, &["z"],             Action::Freeze,     G::Look, "freeze the screen; alerts still come", Some("freeze")),
    bind(C::Global, &["!"],             Action::Problems,   G::Look, "only rows that need somebody", Some("problems")),
    bind(C::Global, &["?", "f1"],       Action::Help,       G::Look, "this help", Some("help")),
    bind(C::Global, &["C-l"],           Action::Repaint,    G::Look, "paint the whole screen again", None),
    bind(C::Global, &["j", "down"],     Action::Down,       G::Move, "next row", None),
    bind(C::Global, &["k", "up"],       Action::Up,         G::Move, "previous row", None),
    bind(C::Global, &["g g", "home"],   Action::First,      G::Move, "first row", None),
    bind(C::Global, &["G", "end"],      Action::Last,       G::Move, "last row", None),
    bind(C::Global, &["C-d"],           Action::HalfDown,   G::Move, "half a page down", None),
    bind(C::Global, &["C-u"],           Action::HalfUp,     G::Move, "half a page up", None),
    bind(C::Global, &["pagedown"],      Action::PageDown,   G::Move, "a page down", None),
    bind(C::Global, &["pageup"],        Action::PageUp,     G::Move, "a page up", None),
    bind(C::Global, &["1"],             Action::Show(View::Positions), G::Move, "positions", None),
    bind(C::Global, &["2"],             Action::Show(View::Orphans),   G::Move, "orphans: on the venue, not in the ledger", None),
    bind(C::Global, &["3"],             Action::Show(View::Diff),      G::Move, "diff: where ledger and venue differ", None),
    bind(C::Global, &["6"],             Action::Show(View::Events),    G::Move, "events", None),
    bind(C::Global, &["-"],             Action::ViewLast,   G::Move, "the view before", None),
    bind(C::Global, &["g a"],           Action::GoAlert,    G::Move, "go to the next alert", None),
    bind(C::Global, &["esc"],           Action::Back,       G::Move, "back: clears filter and marks", None),
    bind(C::Global, &["q"],             Action::BackOrQuit, G::Move, "back; at the root it asks to quit", None),
    bind(C::Global, &["C-c"],           Action::Cancel,     G::Move, "cancel; never quits", None),
    bind(C::Dialog, &["y"],             Action::Confirm,    G::Dialog, "confirm", None),
    bind(C::Dialog, &["n", "esc", "q", "C-c"], Action::Cancel, G::Dialog, "leave; nothing is sent", None),
    bind(C::Dialog, &["enter"],         Action::PressFocused, G::Dialog, "press Cancel; it never confirms", None),
];

/// What a sequence of keys leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// A binding.
    Action(Action),
    /// The beginning of a chord.
    Prefix,
    /// Nothing.
    Nothing,
}

/// The table, parsed once.
#[derive(Clone, Debug)]
pub struct Keymap {
    chords: Vec<(Context, Vec<Key>, Action)>,
}

impl Default for Keymap {
    fn default() -> Self {
        let spelled = BINDINGS.iter().flat_map(|b| b.keys.iter().map(move |keys| (b, keys)));
        let chords = spelled
            .map(|(b, keys)| {
                (b.context, keys.split(' ').filter_map(Key::parse).collect(), b.action)
            })
            .collect();
        Self { chords }
    }
}

impl Keymap {
    /// What `keys` mean in a context.
    pub fn find(&self, context: Context, keys: &[Key]) -> Found {
        let own = self.find_in(context, keys);
        if own != Found::Nothing || context == Context::Dialog {
            return own;
        }
        self.find_in(Context::Global, keys)
    }

    fn find_in(&self, context: Context, keys: &[Key]) -> Found {
        let here = || self.chords.iter().filter(move |(c, _, _)| *c == context);
        if let Some((_, _, action)) = here().find(|(_, chord, _)| chord == keys) {
            return Found::Action(*action);
        }
        if here().any(|(_, chord, _)| chord.starts_with(keys)) {
            return Found::Prefix;
        }
        Found::Nothing
    }
}

/// The bindings that complete a half-typed chord, as the flash line lists them.
pub fn endings(prefix: &[Key]) -> String {
    let spelled = prefix.iter().map(Key::to_string).collect::<Vec<_>>().join(" ") + " ";
    let mut out = spelled.clone();
    for binding in BINDINGS {
        if let Some(rest) = binding.keys.iter().find_map(|keys| keys.strip_prefix(&spelled)) {
            out.push_str(&format!("  {rest} {}", binding.help));
        }
    }
    out
}
