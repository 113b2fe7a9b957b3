//! The socket between a command and a running engine, both ways.

use holdfast::runtime::{Line, Want, read, write};

use super::promise::sentence;

/// One line: a request to the engine, and what may be an answer of one.
pub fn line(bytes: &[u8]) {
    match read(bytes) {
        Ok(want) => {
            if let Want::Ask { who, .. } = &want {
                assert!(!who.trim().is_empty() && !who.chars().any(char::is_control), "{who:?}");
                assert!(who.chars().count() <= 120, "a name of {} bytes", who.len());
            }
            let again = write(&want).expect("what was read can be written");
            assert_eq!(read(again.as_bytes()), Ok(want), "{again}");
        }
        Err(why) => sentence(&why),
    }
    if let Ok(line) = serde_json::from_slice::<Line>(bytes) {
        let again = serde_json::to_vec(&line).expect("what was read can be written");
        assert_eq!(serde_json::from_slice::<Line>(&again).ok(), Some(line));
    }
}
