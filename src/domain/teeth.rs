//! Deliberate breakages: each turns one safeguard off, so that worlds can show that they notice.
//!
//! For: proving that the laws of a world bite. Not for: a release, in which none of them can be
//! pulled: [`broken`] is `false` there for the optimiser. Only `worlds` pulls one, for one world
//! on its own thread of execution. Door: [`broken`].

use std::cell::Cell;

macro_rules! teeth {
    ($($(#[doc = $doc:literal])+ $name:ident = $word:literal,)+) => {
        /// A safeguard that can be turned off.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Tooth {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Tooth {
            /// Every one.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// Its name on the command line.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)+
                }
            }

            /// What is broken, in a sentence.
            pub const fn sentence(self) -> &'static str {
                match self {
                    $(Self::$name => concat!($($doc),+),)+
                }
            }
        }
    };
}

teeth! {
    /// A row is closed when one look does not find its position.
    OneLook = "one-look",
    /// Two looks of the same moment count as two.
    LooksTogether = "looks-together",
    /// What no fill explains is closed before the venue's history was asked often enough.
    UnexplainedAtOnce = "unexplained-at-once",
    /// Most rows gone at once is nothing to wait for.
    IgnoreHold = "ignore-hold",
    /// One look confirms a difference.
    SkipConfirmation = "skip-confirmation",
    /// A query that failed is an empty list.
    FailedIsEmpty = "failed-is-empty",
    /// A row that cannot be read is no position.
    MissingIsZero = "missing-is-zero",
    /// What a look says nothing of is absent.
    UnknownIsAbsent = "unknown-is-absent",
    /// A failed look and a change of a row are one step.
    FailedLookActs = "failed-look-acts",
    /// A row that nothing explains is closed at a price.
    MadeUpPrice = "made-up-price",
    /// An older word about a position is believed after a newer one.
    OlderWord = "older-word",
    /// A rollback buys what it should sell.
    FlipRollback = "flip-rollback",
    /// A close sells what the row says.
    CloseByRow = "close-by-row",
    /// A close without an answer is sent again.
    ResendUnsure = "resend-unsure",
    /// Another close may begin while one is in flight.
    ForgetLatch = "forget-latch",
    /// A close on Binance may open.
    ReduceOpens = "reduce-opens",
    /// An entry is sent before its intent is committed.
    EntryUnannounced = "entry-unannounced",
    /// An entry without an answer is sent again.
    EntryTwice = "entry-twice",
    /// A stop is sent without an intent.
    StopUnannounced = "stop-unannounced",
    /// A stop is as large as the row, not as the position.
    StopByRow = "stop-by-row",
    /// A stop is on the side that opens.
    StopOpens = "stop-opens",
    /// The older stop is cancelled before the better one is placed.
    CancelFirst = "cancel-first",
    /// What the venue denies once never reached it.
    DeniedAtOnce = "denied-at-once",
    /// A take-profit protects.
    TakeProfitProtects = "take-profit-protects",
    /// The stop that a venue keeps on the position is no protection.
    IgnoreSlot = "ignore-slot",
    /// Stops stay when their position is gone.
    KeepStops = "keep-stops",
    /// A stop is a stray when one look does not find its position.
    StrayAtOnce = "stray-at-once",
    /// A trailing stop follows the price back.
    TrailBack = "trail-back",
    /// Nobody is told that a leg is naked.
    SilentNaked = "silent-naked",
    /// Whoever has no lease acts and writes all the same.
    NoLease = "no-lease",
    /// Nobody asks at the last door whether the lease is still valid.
    NoLastDoor = "no-last-door",
    /// A halt is forgotten.
    ForgetHalt = "forget-halt",
    /// A position is adopted before its bot had time to write its row.
    AdoptYoung = "adopt-young",
    /// A start forgets what an earlier run left unfinished.
    ForgetUnfinished = "forget-unfinished",
    /// What an earlier run left unfinished is never settled.
    NeverSettled = "never-settled",
    /// What a ledger in trouble could not take is lost.
    LoseNotes = "lose-notes",
}

thread_local! {
    static PULLED: Cell<Option<Tooth>> = const { Cell::new(None) };
}

/// Whether this build can break anything at all.
pub const CAN_BREAK: bool = cfg!(debug_assertions);

/// Whether that safeguard is turned off here.
#[inline]
pub fn broken(tooth: Tooth) -> bool {
    CAN_BREAK && PULLED.with(|pulled| pulled.get() == Some(tooth))
}

/// Keeps a safeguard turned off until it is dropped.
#[derive(Debug)]
pub struct Pulled(Option<Tooth>);

/// Turns a safeguard off, or none, for whatever runs on this thread of execution.
#[must_use = "the safeguard is back once this is dropped"]
pub fn pull(tooth: Option<Tooth>) -> Pulled {
    Pulled(PULLED.with(|pulled| pulled.replace(tooth)))
}

impl Drop for Pulled {
    fn drop(&mut self) {
        PULLED.with(|pulled| pulled.set(self.0));
    }
}
