//! Changes of text, by line, by word and by byte.

use super::{MOST, Twist, odd};

/// The same text after one change.
pub fn changed(mut text: Vec<u8>, twist: Twist) -> Vec<u8> {
    let (at, with) = (twist.at as usize, twist.with as usize);
    match twist.kind % 12 {
        0 => text.truncate(at % (text.len() + 1)),
        1 => drop(text.drain(span(&text, at, with))),
        2 => {
            let span = span(&text, at, with);
            let piece = text[span.clone()].to_vec();
            text.splice(span.end..span.end, piece);
        }
        3 => {
            if let Some(byte) = pick(&mut text, at) {
                *byte = with as u8;
            }
        }
        4 => insert(&mut text, at, odd::TEXT[with % odd::TEXT.len()].as_bytes()),
        5 => replace_word(&mut text, at, odd::TEXT[with % odd::TEXT.len()].as_bytes()),
        6 => replace_word(&mut text, at, b""),
        7 => {
            let other = words(&text).nth(with % 97).map(|word| text[word].to_vec());
            replace_word(&mut text, at, &other.unwrap_or_default());
        }
        8 => lines(&mut text, |lines| {
            lines.remove(at % lines.len());
        }),
        9 => lines(&mut text, |lines| lines.insert(with % lines.len(), lines[at % lines.len()])),
        10 => lines(&mut text, |lines| {
            let (a, b) = (at % lines.len(), with % lines.len());
            lines.swap(a, b);
        }),
        _ => {
            let piece = text[span(&text, at, with)].to_vec();
            let room = MOST.saturating_sub(text.len()) / piece.len().max(1);
            let many = piece.repeat(room.min(1 << (with % 14)));
            insert(&mut text, at, &many);
        }
    }
    text
}

/// A short piece of the text.
fn span(text: &[u8], at: usize, with: usize) -> std::ops::Range<usize> {
    let start = at % (text.len() + 1);
    start..(start + 1 + with % 24).min(text.len())
}

fn pick(text: &mut [u8], at: usize) -> Option<&mut u8> {
    let length = text.len().max(1);
    text.get_mut(at % length)
}

fn insert(text: &mut Vec<u8>, at: usize, piece: &[u8]) {
    let at = at % (text.len() + 1);
    text.splice(at..at, piece.iter().copied());
}

/// Where the words are: runs of letters, digits and what numbers are made of.
fn words(text: &[u8]) -> impl Iterator<Item = std::ops::Range<usize>> {
    let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || b"_.-%".contains(byte);
    let mut end = 0;
    std::iter::from_fn(move || {
        let start = end + text.get(end..)?.iter().position(is_word)?;
        let length = text[start..].iter().position(|byte| !is_word(byte));
        end = length.map_or(text.len(), |length| start + length);
        Some(start..end)
    })
}

fn replace_word(text: &mut Vec<u8>, at: usize, piece: &[u8]) {
    let count = words(text).count().max(1);
    let Some(word) = words(text).nth(at % count) else { return };
    text.splice(word, piece.iter().copied());
}

fn lines(text: &mut Vec<u8>, change: impl FnOnce(&mut Vec<&[u8]>)) {
    let whole = std::mem::take(text);
    let mut lines: Vec<&[u8]> = whole.split(|byte| *byte == b'\n').collect();
    change(&mut lines);
    *text = lines.join(&b'\n');
}
