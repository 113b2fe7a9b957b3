//! Roles: every kind of text a widget may ask a colour for.
//!
//! For: the names a theme file must give a style to. Not for: what they look like (themes).
//! Door: [`Role`].

macro_rules! roles {
    ($($(#[$doc:meta])* $variant:ident = $name:literal),+ $(,)?) => {
        /// What a piece of text means; a theme says how that looks.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Role {
            $($(#[$doc])* $variant,)+
        }

        impl Role {
            /// Every role there is, in the order of their numbers.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The name in a theme file.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }
        }
    };
}

roles! {
    /// Plain text.
    Text = "text",
    /// Text that may be passed over.
    Dim = "text.dim",
    /// A number that has grown old.
    Stale = "text.stale",
    /// Frames.
    Border = "border",
    /// The frame of what has the keyboard.
    BorderFocus = "border.focus",
    /// The frame of the main table where real money is at stake.
    BorderLive = "border.live",
    /// Titles of frames and columns.
    Title = "title",
    /// The row under the cursor.
    Cursor = "cursor",
    /// A marked row.
    Marked = "marked",
    /// Profit.
    Gain = "number.gain",
    /// Loss.
    Loss = "number.loss",
    /// A key in the hints.
    HintKey = "hint.key",
    /// What the key does.
    HintText = "hint.text",
    /// The key that confirms.
    HintDanger = "hint.danger",
    /// A flash that says that something went well.
    FlashOk = "flash.ok",
    /// A flash worth reading.
    FlashWarn = "flash.warn",
    /// A flash that stays until a key.
    FlashError = "flash.error",
    /// The alert bar.
    Alert = "alert.bar",
    /// No stop behind it, or a close that failed.
    Naked = "state.naked",
    /// Something is not as it should be.
    Degraded = "state.degraded",
    /// In the ledger only.
    Phantom = "state.phantom",
    /// On the venue only.
    Orphan = "state.orphan",
    /// Covered.
    Guarded = "state.guarded",
    /// Nothing may be concluded.
    Unknown = "state.unknown",
    /// A link that works.
    LinkOk = "link.ok",
    /// A link that is slow.
    LinkSlow = "link.slow",
    /// A link that is down.
    LinkDown = "link.down",
    /// The ledger's side of a difference.
    DiffLedger = "diff.ledger",
    /// The venue's side of a difference.
    DiffVenue = "diff.venue",
}

impl Role {
    /// Reads a theme file's name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|role| role.name() == name)
    }
}
