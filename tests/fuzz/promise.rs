//! What every door promises of what it says.

/// The longest sentence that is passed on to a log, an event or a screen.
const LONGEST: usize = 600;

/// A sentence is there and stays on its line.
#[track_caller]
pub fn line(why: &str) {
    assert!(!why.trim().is_empty(), "a fault without a word");
    let odd = why.chars().find(|c| c.is_control());
    assert!(odd.is_none(), "a sentence with {odd:?} in it: {why:?}");
}

/// A sentence is there, stays on its line and is no copy of what came in.
#[track_caller]
pub fn sentence(why: &str) {
    line(why);
    let length = why.chars().count();
    assert!(length <= LONGEST, "a sentence of {length} characters: {:?}…", &start(why));
}

fn start(text: &str) -> String {
    text.chars().take(120).collect()
}

/// What is no secret in a sentence: nothing of `secret`, unless it is too short to be one.
#[track_caller]
pub fn keeps(secret: &str, why: &str) {
    let secret = secret.trim();
    assert!(secret.len() < 8 || !why.contains(secret), "{why:?} repeats the secret");
}

/// What was read, if it was; a fault is a sentence.
#[track_caller]
pub fn told<T>(read: Result<T, String>) -> Option<T> {
    if let Err(why) = &read {
        sentence(why);
    }
    read.ok()
}
