//! Bytes of the keyboard, turned into keys and pastes.
//!
//! For: the sequences that terminals send to a program in raw mode with bracketed paste.
//! Not for: reading them (`input`). Our own, because crossterm's reader sits in a blocking
//! read while a sequence is unfinished: it could neither end a paste that never ends nor
//! notice that the terminal is gone. Door: [`Decoder::feed`], [`Decoder::quiet`].

use crate::ui::keys::{Code, Key};

/// Something a person did at the keyboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Typed {
    /// A key.
    Key(Key),
    /// A paste, complete or given up after a second without bytes.
    Paste(String),
    /// The terminal window came to the front, or left it.
    Focus(bool),
}

const PASTE_START: &[u8] = b"\x1b[200~";
const PASTE_END: &[u8] = b"\x1b[201~";

/// A paste beyond this is cut: nothing here takes more than a line.
const PASTE_MAX: usize = 64 * 1024;

/// No sequence that we know is longer; what is, is thrown away.
const SEQUENCE_MAX: usize = 32;

/// Collects bytes until they mean something.
#[derive(Debug, Default)]
pub struct Decoder {
    pending: Vec<u8>,
    paste: Option<Vec<u8>>,
}

impl Decoder {
    /// Takes in bytes and says what they mean so far.
    pub fn feed(&mut self, bytes: &[u8], out: &mut Vec<Typed>) {
        for byte in bytes {
            self.take(*byte, out);
        }
    }

    /// Whether something unfinished waits for more bytes.
    pub fn waits(&self) -> bool {
        !self.pending.is_empty() || self.paste.is_some()
    }

    /// Whether a paste is unfinished: it is given a second, a lone Esc a few milliseconds.
    pub fn pastes(&self) -> bool {
        self.paste.is_some()
    }

    /// No byte came for a while: what is unfinished ends here.
    pub fn quiet(&mut self, out: &mut Vec<Typed>) {
        if let Some(text) = self.paste.take() {
            out.push(Typed::Paste(String::from_utf8_lossy(&text).into_owned()));
            self.pending.clear();
            return;
        }
        if self.pending.first() == Some(&0x1b) {
            out.push(Typed::Key(Key::plain(Code::Esc)));
        }
        self.pending.clear();
    }

    fn take(&mut self, byte: u8, out: &mut Vec<Typed>) {
        if let Some(text) = &mut self.paste {
            text.push(byte);
            if text.ends_with(PASTE_END) {
                text.truncate(text.len() - PASTE_END.len());
                let text = String::from_utf8_lossy(text).into_owned();
                self.paste = None;
                out.push(Typed::Paste(text));
            } else if text.len() > PASTE_MAX + PASTE_END.len() {
                // The tail is kept so that the end is still recognised.
                text.drain(PASTE_MAX / 2..text.len() - PASTE_END.len());
            }
            return;
        }
        // A second Esc means that the first stood alone.
        if byte == 0x1b && self.pending == [0x1b] {
            out.push(Typed::Key(Key::plain(Code::Esc)));
            return;
        }
        self.pending.push(byte);
        match parse(&self.pending) {
            Parsed::Unfinished if self.pending.len() < SEQUENCE_MAX => return,
            Parsed::Unfinished | Parsed::Nothing => {}
            Parsed::PasteStart => self.paste = Some(Vec::new()),
            Parsed::Typed(typed) => out.push(typed),
        }
        self.pending.clear();
    }
}

enum Parsed {
    Unfinished,
    Nothing,
    PasteStart,
    Typed(Typed),
}

fn parse(bytes: &[u8]) -> Parsed {
    match bytes {
        [0x1b] | [0x1b, b'[' | b'O'] => Parsed::Unfinished,
        [0x1b, b'[', rest @ ..] => control_sequence(bytes, rest),
        [0x1b, b'O', last] => key(match last {
            b'P'..=b'S' => Some(Code::F(last - b'P' + 1)),
            _ => letter(*last),
        }),
        [0x1b, rest @ ..] => match parse(rest) {
            Parsed::Typed(Typed::Key(key)) => Parsed::Typed(Typed::Key(Key { alt: true, ..key })),
            other => other,
        },
        [byte @ 0..=0x1f] | [byte @ 0x7f] => control(*byte),
        _ => character(bytes),
    }
}

fn key(code: Option<Code>) -> Parsed {
    code.map_or(Parsed::Nothing, |code| Parsed::Typed(Typed::Key(Key::plain(code))))
}

fn letter(last: u8) -> Option<Code> {
    Some(match last {
        b'A' => Code::Up,
        b'B' => Code::Down,
        b'C' => Code::Right,
        b'D' => Code::Left,
        b'H' => Code::Home,
        b'F' => Code::End,
        b'Z' => Code::BackTab,
        _ => return None,
    })
}

fn control_sequence(whole: &[u8], rest: &[u8]) -> Parsed {
    let Some((last, parameters)) = rest.split_last() else { return Parsed::Unfinished };
    if !(0x40..=0x7e).contains(last) {
        return Parsed::Unfinished;
    }
    if whole == PASTE_START {
        return Parsed::PasteStart;
    }
    match (last, parameters) {
        (b'I', []) => return Parsed::Typed(Typed::Focus(true)),
        (b'O', []) => return Parsed::Typed(Typed::Focus(false)),
        _ => {}
    }
    let text = std::str::from_utf8(parameters).unwrap_or_default();
    let mut numbers = text.split(';').map(|part| part.parse::<u8>().ok());
    let first = numbers.next().flatten();
    let code = match (last, first) {
        (b'~', Some(1 | 7)) => Some(Code::Home),
        (b'~', Some(3)) => Some(Code::Delete),
        (b'~', Some(4 | 8)) => Some(Code::End),
        (b'~', Some(5)) => Some(Code::PageUp),
        (b'~', Some(6)) => Some(Code::PageDown),
        (b'~', Some(n @ 11..=15)) => Some(Code::F(n - 10)),
        (b'~', _) => None,
        _ => letter(*last),
    };
    let Some(code) = code else { return Parsed::Nothing };
    // xterm: 1 plus a bit each for shift, alt, ctrl.
    let held = numbers.next().flatten().map_or(0, |n| n.saturating_sub(1));
    Parsed::Typed(Typed::Key(Key { code, alt: held & 2 != 0, ctrl: held & 4 != 0 }))
}

fn control(byte: u8) -> Parsed {
    Parsed::Typed(Typed::Key(match byte {
        b'\r' | b'\n' => Key::plain(Code::Enter),
        b'\t' => Key::plain(Code::Tab),
        0x7f | 0x08 => Key::plain(Code::Backspace),
        0x1b => Key::plain(Code::Esc),
        0 => Key::ctrl(' '),
        1..=26 => Key::ctrl(char::from(byte - 1 + b'a')),
        _ => Key::ctrl(char::from(byte + 0x40)),
    }))
}

fn character(bytes: &[u8]) -> Parsed {
    match std::str::from_utf8(bytes) {
        Ok(text) => {
            text.chars().next().map_or(Parsed::Nothing, |c| Parsed::Typed(Typed::Key(Key::char(c))))
        }
        // An error without a length means that more bytes may complete the character.
        Err(why) if why.error_len().is_none() => Parsed::Unfinished,
        Err(_) => Parsed::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(bytes: &[u8]) -> Vec<Typed> {
        let mut out = Vec::new();
        Decoder::default().feed(bytes, &mut out);
        out
    }

    fn keys(bytes: &[u8]) -> String {
        let names = decode(bytes).into_iter().map(|typed| match typed {
            Typed::Key(key) => key.to_string(),
            other => format!("{other:?}"),
        });
        names.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn arrows_come_in_both_cursor_modes() {
        assert_eq!(
            keys(b"\x1b[A\x1bOB\x1b[1;5C\x1b[H\x1b[4~\x1b[5~\x1b[6~"),
            "up down C-right home end pageup pagedown"
        );
    }

    #[test]
    fn letters_control_keys_and_other_scripts() {
        assert_eq!(
            keys("jG\u{4}\u{3}\r\t\u{7f} é語".as_bytes()),
            "j G C-d C-c enter tab backspace space é 語"
        );
    }

    #[test]
    fn a_lone_escape_is_a_key_once_nothing_follows() {
        let mut decoder = Decoder::default();
        let mut out = Vec::new();
        decoder.feed(b"\x1b", &mut out);
        assert!(out.is_empty() && decoder.waits());
        decoder.quiet(&mut out);
        assert_eq!(out, [Typed::Key(Key::plain(Code::Esc))]);
        assert!(!decoder.waits());
    }

    #[test]
    fn a_paste_is_one_event_whatever_it_holds() {
        let typed = decode(b"j\x1b[200~:close BTC\ry\x1b[Ax\x1b[201~k");
        assert_eq!(typed.len(), 3);
        assert_eq!(typed[1], Typed::Paste(":close BTC\ry\x1b[Ax".to_owned()));
    }

    #[test]
    fn a_paste_that_never_ends_gives_the_keyboard_back() {
        let mut decoder = Decoder::default();
        let mut out = Vec::new();
        decoder.feed(b"\x1b[200~half", &mut out);
        assert!(decoder.pastes() && out.is_empty());
        decoder.quiet(&mut out);
        decoder.feed(b"q", &mut out);
        assert_eq!(out, [Typed::Paste("half".to_owned()), Typed::Key(Key::char('q'))]);
    }

    #[test]
    fn an_endless_paste_does_not_take_endless_memory() {
        let mut decoder = Decoder::default();
        let mut out = Vec::new();
        decoder.feed(PASTE_START, &mut out);
        decoder.feed(&vec![b'a'; 10 * PASTE_MAX], &mut out);
        decoder.feed(PASTE_END, &mut out);
        let [Typed::Paste(text)] = out.as_slice() else { panic!("{} events", out.len()) };
        assert!(text.len() <= PASTE_MAX + PASTE_END.len());
    }

    #[test]
    fn replies_of_the_terminal_and_rubbish_are_no_keys() {
        assert!(keys(b"\x1b[?2026;2$y").is_empty());
        assert!(keys(b"\x1b[<0;1;1M").is_empty());
        assert_eq!(keys(b"\xff\xfej"), "j");
        assert_eq!(decode(b"\x1b[O"), [Typed::Focus(false)]);
    }
}
