//! What a finding can be: one word each, for the screen, for `--json` and for the log.
//!
//! For: naming what differs, what is odd, and what somebody should know, in order of loudness.
//! Not for: deciding whether it is so (that is `engine`). Door: [`FindingKind`].

use serde::{Deserialize, Serialize};

macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $($(#[$word:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum $name {
            $($(#[$word])* $variant,)+
        }

        impl $name {
            /// The word on the screen and in `--json`.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }
        }
    };
}

named! {
    /// What differs between ledger and venue, or between a leg and its protection; the loudest
    /// first.
    FindingKind {
        /// Open leg without any working stop.
        Naked = "naked",
        /// Open leg whose stops cover part of it.
        Partly = "partly",
        /// What was taken back could not be proven flat.
        Unrolled = "unrolled",
        /// The venue itself is at work on it: liquidation or auto-deleveraging.
        Trouble = "trouble",
        /// In the ledger, not on the venue.
        Phantom = "phantom",
        /// On the venue, not in the ledger.
        Orphan = "orphan",
        /// Closed in the ledger, open on the venue.
        Resurrected = "resurrected",
        /// Other side.
        Side = "side",
        /// Same side, other size.
        Quantity = "quantity",
        /// A row on a leg where the venue has nothing, while another leg of it holds the position.
        WrongLeg = "wrong-leg",
        /// A second row for one position of the venue.
        Doubled = "doubled",
        /// Too small for the venue to trade.
        Dust = "dust",
        /// A stop of ours with no position behind it.
        StrayStop = "stray-stop",
        /// The venue refuses to say whether it is open.
        Unanswered = "unanswered",
        /// What could explain a difference leaves the venue's history soon, or has left it.
        Ageing = "ageing",
        /// Its instrument ends soon, or does not trade any more.
        Ending = "ending",
        /// Somebody else's orders rest on the leg.
        ForeignOrder = "foreign-order",
    }
}

impl FindingKind {
    /// Whether some of an open leg has no working stop.
    pub fn uncovers(self) -> bool {
        matches!(self, Self::Naked | Self::Partly)
    }

    /// Whether ledger and venue contradict each other, which further looks confirm.
    pub fn differs(self) -> bool {
        matches!(
            self,
            Self::Phantom
                | Self::Orphan
                | Self::Resurrected
                | Self::Side
                | Self::Quantity
                | Self::WrongLeg
                | Self::Doubled
        )
    }

    /// Whether it is only worth knowing: nothing differs and nothing is to be done.
    pub fn informs(self) -> bool {
        matches!(self, Self::Ending | Self::ForeignOrder)
    }
}

named! {
    /// What can be wrong with an account as a whole; the loudest first.
    AccountFindingKind {
        /// Another holdfast acts on it.
        SecondEngine = "second-engine",
        /// Another engine has its lease: this one only watches.
        Standby = "standby",
        /// What became of acts of an earlier run could not be learnt.
        Unfinished = "unfinished",
        /// Its position mode was switched while something was open.
        ModeSwitched = "mode-switched",
        /// Somebody else trades it.
        ForeignWriter = "foreign-writer",
    }
}

impl AccountFindingKind {
    /// Whether it is only worth knowing.
    pub fn informs(self) -> bool {
        self == Self::ForeignWriter
    }
}
