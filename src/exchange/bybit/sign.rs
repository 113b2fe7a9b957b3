//! The texts that are signed, so that what is signed is what is sent.
//!
//! For: putting together key, time and payload as bybit 2.1 and 2.3 want them.
//! Not for: keys and signatures themselves (`exchange::sign`), or sending (`rest`).
//! Door: [`request`], [`stream`].

use crate::domain::time::VenueTime;

/// What proves a request: its time, key and window as the headers name them, and the bytes of
/// the query or of the body exactly as they are sent. It holds the key and is never shown.
pub fn request(at: VenueTime, key: &str, window: &str, payload: &str) -> String {
    format!("{}{key}{window}{payload}", at.0)
}

/// What proves a stream, up to the instant at which the proof ends.
pub fn stream(expires: VenueTime) -> String {
    format!("GET/realtime{}", expires.0)
}
