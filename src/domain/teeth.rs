//! Deliberate breakages: each turns one safeguard off, so that worlds can show that they notice.
//!
//! For: proving that the laws of a world bite. Not for: a release, in which none of them can be
//! pulled: [`broken`] is `false` there for the optimiser. Only `worlds` pulls one, for one world
//! on its own thread of execution. Door: [`broken`].

use std::cell::Cell;

macro_rules! teeth {
    ($($(#[doc = $doc:literal])+ $name:ident = $word:literal within $worlds:literal,)+) => {
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

            /// Within how many worlds, from seed 0 on, its loss is noticed: some two to four
            /// times what it took when that was last measured.
            pub const fn worlds(self) -> u64 {
                match self {
                    $(Self::$name => $worlds,)+
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
    OneLook = "one-look" within 40,
    /// Two looks of the same moment count as two.
    LooksTogether = "looks-together" within 40,
    /// What no fill explains is closed before the venue's history was asked often enough.
    UnexplainedAtOnce = "unexplained-at-once" within 20,
    /// Most rows gone at once is nothing to wait for.
    IgnoreHold = "ignore-hold" within 80,
    /// One look confirms a difference.
    SkipConfirmation = "skip-confirmation" within 20,
    /// A query that failed is an empty list.
    FailedIsEmpty = "failed-is-empty" within 40,
    /// A row that cannot be read is no position.
    MissingIsZero = "missing-is-zero" within 320,
    /// What a look says nothing of is absent.
    UnknownIsAbsent = "unknown-is-absent" within 80,
    /// A row that nothing explains is closed at a price.
    MadeUpPrice = "made-up-price" within 20,
    /// An older word about a position is believed after a newer one.
    OlderWord = "older-word" within 400,
    /// A rollback buys what it should sell.
    FlipRollback = "flip-rollback" within 250,
    /// A close sells what the row says.
    CloseByRow = "close-by-row" within 100,
    /// A close without an answer is sent again.
    ResendUnsure = "resend-unsure" within 150,
    /// Another close may begin while one is in flight.
    ForgetLatch = "forget-latch" within 120,
    /// A close on Binance may open.
    ReduceOpens = "reduce-opens" within 20,
    /// An entry is sent before its intent is committed.
    EntryUnannounced = "entry-unannounced" within 50,
    /// An entry without an answer is sent again.
    EntryTwice = "entry-twice" within 50,
    /// A stop is sent without an intent.
    StopUnannounced = "stop-unannounced" within 20,
    /// A stop is as large as the row, not as the position.
    StopByRow = "stop-by-row" within 20,
    /// A stop is on the side that opens.
    StopOpens = "stop-opens" within 20,
    /// The older stop is cancelled before the better one is placed.
    CancelFirst = "cancel-first" within 20,
    /// What the venue denies once never reached it.
    DeniedAtOnce = "denied-at-once" within 150,
    /// A take-profit protects.
    TakeProfitProtects = "take-profit-protects" within 50,
    /// The stop that a venue keeps on the position is no protection.
    IgnoreSlot = "ignore-slot" within 20,
    /// Stops stay when their position is gone.
    KeepStops = "keep-stops" within 40,
    /// A stop is a stray when one look does not find its position.
    StrayAtOnce = "stray-at-once" within 300,
    /// A trailing stop follows the price back.
    TrailBack = "trail-back" within 150,
    /// Nobody is told that a leg is naked.
    SilentNaked = "silent-naked" within 20,
    /// Whoever has no lease acts and writes all the same.
    NoLease = "no-lease" within 20,
    /// A halt is forgotten.
    ForgetHalt = "forget-halt" within 300,
    /// A position is adopted before its bot had time to write its row.
    AdoptYoung = "adopt-young" within 20,
    /// A start forgets what an earlier run left unfinished.
    ForgetUnfinished = "forget-unfinished" within 60,
    /// What an earlier run left unfinished is never settled.
    NeverSettled = "never-settled" within 60,
    /// What a ledger in trouble could not take is lost.
    LoseNotes = "lose-notes" within 300,
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
