//! What a stream says of the connection itself.
//!
//! For: telling acknowledgements and heartbeats from frames of topics, in both dialects.
//! Not for: topics (`events`, `decode_market`).
//! Door: [`control`].

use crate::exchange::bybit::read::{flag, word, words};
use crate::exchange::bybit::wire::Head;
use crate::exchange::failure::{name, shorten};

/// What the venue says of the connection itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Control {
    /// The answer to a request.
    Answer {
        /// What was asked: `auth`, `subscribe`, `unsubscribe`.
        op: String,
        /// The request's number; acknowledgements may lack it.
        id: Option<String>,
        /// Done, or the venue's words.
        result: Result<(), String>,
    },
    /// A heartbeat came back.
    Pong,
}

/// "Repeat auth": the connection is ours already.
const ALREADY_PROVEN: &str = "20001";

/// Reads a frame that is about the connection; none when it is not.
///
/// Venue facts: private and public streams say `success` and `ret_msg`, the trade stream and
/// some test data `retCode` and `retMsg` (bybit 2.3); a public stream answers a ping with op
/// `ping`, a private one with `pong` (bybit 4.1).
pub fn control(frame: &str) -> Option<Control> {
    let head: Head<'_> = serde_json::from_str(frame).ok()?;
    if head.topic.is_some() {
        return None;
    }
    let op = words(head.op)?.into_owned();
    if matches!(op.as_str(), "ping" | "pong") {
        return Some(Control::Pong);
    }
    let code = words(head.ret_code);
    let done = match (flag(head.success), code.as_deref()) {
        (Some(done), _) => done,
        (None, code) => matches!(code, Some("0" | ALREADY_PROVEN)),
    };
    let said = shorten(&word(head.ret_msg));
    let why = match code {
        Some(code) => format!("{} {said}", name(&code)),
        None if said.is_empty() => "it does not say why".to_owned(),
        None => said,
    };
    let id = words(head.req_id).filter(|id| !id.is_empty());
    let result = if done { Ok(()) } else { Err(why) };
    Some(Control::Answer { op, id: id.map(|id| id.into_owned()), result })
}
