//! The lines of a recording, and the digest that seals them.
//!
//! Not for: files and frames. Door: [`Header`], [`Line`], [`Chain`]; docs/recording.md says what
//! every field means.

use ring::digest::{Context, SHA256};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::domain::effect::Effect;
use crate::domain::input::Input;
use crate::domain::time::Time;

/// What a seal's line begins with: the only line that no digest covers.
pub(super) const SEAL: &[u8] = b"{\"seal\":";

/// The first line of a part.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Header {
    pub(super) recording: String,
    pub(super) v: u32,
    pub(super) program: String,
    pub(super) part: u32,
    /// How many inputs the parts before it hold.
    #[serde(default)]
    pub(super) inputs: u64,
    /// The digest of the part before it.
    #[serde(default)]
    pub(super) after: Digest,
}

/// What the core was told.
#[derive(Debug, Serialize)]
pub(super) struct Told<'a> {
    pub(super) at: Time,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) shown: Option<u64>,
    pub(super) input: &'a Input,
}

/// What the core decided.
#[derive(Debug, Serialize)]
pub(super) struct Did<'a> {
    pub(super) did: &'a [Effect],
}

/// A seal, as it is written.
#[derive(Debug, Serialize)]
pub(super) struct Sealed {
    pub(super) seal: Seal,
}

/// What the lines since the seal before it come to.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Seal {
    /// Inputs of the run up to here.
    pub(super) inputs: u64,
    pub(super) sha256: Digest,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) end: Option<End>,
}

/// What ends with a seal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum End {
    /// The part: the run goes on in the next.
    Part,
    /// The run: the program ended in good order.
    Run,
}

/// Any line after the header, as it is read.
#[derive(Debug, Deserialize)]
pub(super) struct Line<'a> {
    pub(super) at: Option<Time>,
    pub(super) shown: Option<u64>,
    pub(super) input: Option<Input>,
    #[serde(borrow)]
    pub(super) did: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) core: Option<&'a RawValue>,
    pub(super) seal: Option<Seal>,
}

/// A SHA-256 in hexadecimal digits; of nothing, it is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Digest(pub(super) String);

/// The digest of all lines of a run so far: each seal covers the one before it.
pub(super) struct Chain(Context);

impl Chain {
    /// Goes on from the digest before.
    pub(super) fn after(digest: &Digest) -> Self {
        let mut context = Context::new(&SHA256);
        context.update(digest.0.as_bytes());
        Self(context)
    }

    /// Covers whole lines, newlines included.
    pub(super) fn cover(&mut self, lines: &[u8]) {
        self.0.update(lines);
    }

    /// The digest of everything covered; what follows goes on from it.
    pub(super) fn seal(&mut self) -> Digest {
        let context = std::mem::replace(&mut self.0, Context::new(&SHA256));
        let text = context.finish().as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
        let digest = Digest(text);
        *self = Self::after(&digest);
        digest
    }
}
