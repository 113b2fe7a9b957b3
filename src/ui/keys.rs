//! The one table of keys: dispatch, hints and help all read it.
//!
//! For: which key does what in which context, and how it is called. Not for: doing it
//! (`update`). A chord is written with a space. Door: [`BINDINGS`], [`Keymap::find`].

use std::fmt;

use crate::ui::model::View;

/// A key of the keyboard, without its modifiers; each is called what it is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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

/// Where a binding holds. Every context falls back to `Global`, except dialogs and replays.
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
    /// Where a recording is shown.
    Replay,
}

/// What a key means; the table below says what each one does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    Timeline,
    Mark,
    MarkRange,
    ClearMarks,
    Protect,
    EditStop,
    BreakEven,
    Tighten,
    Adopt,
    Close,
    CloseUnprotected,
    Resolve,
    Undo,
    Follow,
    Louder,
    Quieter,
    Play,
    StepOn,
    StepBack,
    NewsOn,
    NewsBack,
    Faster,
    Slower,
    Why,
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
    /// Winding a recording.
    Replay,
    /// Dialogs.
    Dialog,
}

impl Group {
    /// Every heading, in the order help shows them.
    pub const ALL: [Self; 5] = [Self::Replay, Self::Move, Self::Look, Self::Act, Self::Dialog];

    /// The heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Move => "MOVE",
            Self::Look => "LOOK AND FIND",
            Self::Act => "ACT ON THE ROW",
            Self::Replay => "WIND THE RECORDING",
            Self::Dialog => "IN A DIALOG",
        }
    }
}

/// One line of the table.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    /// Where it holds.
    pub context: Context,
    /// Keys and chords that mean it, set apart by ` | `; the first is the one shown.
    keys: &'static str,
    /// What it means.
    pub action: Action,
    /// Heading in help.
    pub group: Group,
    /// What help says.
    pub help: &'static str,
    /// The word in the hints line; empty for what hands know anyway.
    pub hint: &'static str,
}

impl Binding {
    /// Keys and chords that mean it; the first is the one shown.
    pub fn chords(&self) -> impl Iterator<Item = &'static str> {
        self.keys.split(" | ")
    }
}

type Words = &'static str;

const fn act(keys: Words, action: Action, hint: Words, help: Words) -> Binding {
    Binding { context: Context::Table, keys, action, group: Group::Act, help, hint }
}

const fn event(keys: Words, action: Action, hint: Words, help: Words) -> Binding {
    Binding { context: Context::Events, keys, action, group: Group::Look, help, hint }
}

const fn look(keys: Words, action: Action, hint: Words, help: Words) -> Binding {
    Binding { context: Context::Global, keys, action, group: Group::Look, help, hint }
}

const fn go(keys: Words, action: Action, help: Words) -> Binding {
    Binding { context: Context::Global, keys, action, group: Group::Move, help, hint: "" }
}

const fn answer(keys: Words, action: Action, help: Words) -> Binding {
    Binding { context: Context::Dialog, keys, action, group: Group::Dialog, help, hint: "" }
}

const fn wind(keys: Words, action: Action, hint: Words, help: Words) -> Binding {
    Binding { context: Context::Replay, keys, action, group: Group::Replay, help, hint }
}

use Action as A;

/// Every binding there is. Nothing dangerous lies on a key that scrolls.
pub const BINDINGS: &[Binding] = &[
    wind("P", A::Play, "play", "play, or pause"),
    wind("l | right", A::StepOn, "step", "one input on"),
    wind("h | left", A::StepBack, "back", "one input back"),
    wind("]", A::NewsOn, "next", "on to the next finding or event"),
    wind("[", A::NewsBack, "", "back to the finding or event before"),
    wind("c", A::Why, "why", "what was decided at this input and why, in whole"),
    wind(">", A::Faster, "faster", "play faster: x1 to x100, then as fast as it goes"),
    wind("<", A::Slower, "", "play slower"),
    act("x", A::Close, "close", "close the position: a dialog asks y"),
    act("p", A::Protect, "protect", "protect: place the missing stop now"),
    act("t", A::EditStop, "stop", "edit the stop, or how it trails: a line, then y"),
    act("b", A::BreakEven, "breakeven", "stop to breakeven: a dialog asks y"),
    act("T", A::Tighten, "tighten", "tighten the stop to the mark - N%: a line, then y"),
    act("a", A::Adopt, "adopt", "adopt the orphan: a dialog asks y"),
    act("R", A::Resolve, "resolve", "resolve a difference without proof: asks why, then y"),
    act("u", A::Undo, "undo", "undo the row's newest repair, or choose one: asks y"),
    act("space", A::Mark, "mark", "mark or unmark the row"),
    act("V", A::MarkRange, "", "mark a range: V, move, V; then :close-marked"),
    act("U", A::ClearMarks, "", "clear all marks"),
    act("X", A::CloseUnprotected, "unprotected", "close what no stop covers: type the count"),
    Binding {
        context: Context::Table,
        keys: "d | enter",
        action: A::Timeline,
        group: Group::Look,
        help: "timeline: who learnt what, and when",
        hint: "",
    },
    event("u", A::Undo, "undo", "undo a repair: choose one, then y"),
    event("f", A::Follow, "follow", "events: follow the newest"),
    event(",", A::Quieter, "more", "events: show less severe ones too"),
    event(".", A::Louder, "fewer", "events: only more severe ones"),
    look("r", A::Recheck, "re-check", "look at the account again, completely"),
    look("/", A::Filter, "filter", "filter: text !text ~fuzzy side:long age>1h a|b"),
    look(":", A::Command, "cmd", "command; Tab completes"),
    look("z", A::Freeze, "freeze", "freeze the screen; alerts still come"),
    look("!", A::Problems, "problems", "only rows that need somebody"),
    look("? | f1", A::Help, "help", "this help"),
    look("C-l", A::Repaint, "", "paint the whole screen again"),
    go("j | down", A::Down, "next row"),
    go("k | up", A::Up, "previous row"),
    go("g g | home", A::First, "first row"),
    go("G | end", A::Last, "last row"),
    go("C-d", A::HalfDown, "half a page down"),
    go("C-u", A::HalfUp, "half a page up"),
    go("pagedown", A::PageDown, "a page down"),
    go("pageup", A::PageUp, "a page up"),
    go("1", A::Show(View::Positions), "positions"),
    go("2", A::Show(View::Orphans), "orphans: on the venue, not in the ledger"),
    go("3", A::Show(View::Diff), "diff: where ledger and venue differ"),
    go("4", A::Show(View::Stops), "stops: wanted, live, trailing"),
    go("6", A::Show(View::Events), "events"),
    go("7", A::Show(View::Health), "health: accounts, engine, what stays if it stops"),
    go("-", A::ViewLast, "the view before"),
    go("g a", A::GoAlert, "go to the next alert"),
    go("esc", A::Back, "back: clears filter and marks"),
    go("q", A::BackOrQuit, "back; at the root it asks to quit"),
    go("C-c", A::Cancel, "cancel; never quits"),
    answer("y", A::Confirm, "confirm"),
    answer("n | esc | q | C-c", A::Cancel, "leave; nothing is sent"),
    answer("enter", A::PressFocused, "press Cancel; it never confirms"),
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
        let spelled = BINDINGS.iter().flat_map(|b| b.chords().map(move |keys| (b, keys)));
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
        let is_closed = matches!(context, Context::Dialog | Context::Replay);
        if own != Found::Nothing || is_closed {
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
        if let Some(rest) = binding.chords().find_map(|keys| keys.strip_prefix(&spelled)) {
            out.push_str(&format!("  {rest} {}", binding.help));
        }
    }
    out
}
