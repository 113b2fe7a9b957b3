//! What a venue repeats of a key or a secret goes no further: not to a log, an event, a recording.
//!
//! For: answers and messages, before anybody reads them. Not for: what we send. A stream that was
//! never told the key is let through as it comes: prices are not searched.
//! Door: [`discreet`].

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};

use crate::domain::time::{Span, Time};
use crate::exchange::account::AccountSetup;
use crate::exchange::network::{Answer, Coming, Frames, Incoming, Missing, Network, Request};

/// Shorter ones are no credentials of any venue, and stand in any text.
const SHORTEST: usize = 12;

/// The account, reached through a network that repeats none of its credentials.
pub fn discreet(mut setup: AccountSetup) -> AccountSetup {
    let all = [&setup.credentials.key, &setup.credentials.secret];
    let words = all.into_iter().filter(|word| trimmed(word).len() >= SHORTEST).cloned();
    let (words, network) = (Words(words.collect()), setup.network);
    setup.network = Arc::new(Discreet { network, words });
    setup
}

fn trimmed(word: &SecretString) -> &str {
    word.expose_secret().trim()
}

#[derive(Clone)]
struct Words(Arc<[SecretString]>);

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Words").field(&self.0.len()).finish()
    }
}

impl Words {
    fn stand_in(&self, text: &str) -> bool {
        self.0.iter().any(|word| text.contains(trimmed(word)))
    }

    /// As many asterisks as a word was long: what stands around it keeps its place.
    fn hidden<'a>(&self, text: &'a str) -> Cow<'a, str> {
        if !self.stand_in(text) {
            return Cow::Borrowed(text);
        }
        let hide = |text: String, word: &SecretString| {
            text.replace(trimmed(word), &"*".repeat(trimmed(word).len()))
        };
        Cow::Owned(self.0.iter().fold(text.to_owned(), hide))
    }

    fn hidden_in(&self, body: Vec<u8>) -> Vec<u8> {
        match std::str::from_utf8(&body).map(|text| self.hidden(text)) {
            Ok(Cow::Borrowed(_)) => body,
            Ok(Cow::Owned(text)) => text.into_bytes(),
            // No text at all: nobody quotes from it.
            Err(_) => body,
        }
    }
}

#[derive(Debug)]
struct Discreet {
    network: Arc<dyn Network>,
    words: Words,
}

impl Network for Discreet {
    fn send(&self, request: Request) -> Coming<'_, Result<Answer, Missing>> {
        let answer = self.network.send(request);
        Box::pin(async move {
            let answer = answer.await?;
            Ok(Answer { body: answer.body.map(|body| self.words.hidden_in(body)), ..answer })
        })
    }

    fn open(&self, url: &str, patience: Span) -> Coming<'_, Result<Box<dyn Frames>, String>> {
        let told = self.words.stand_in(url);
        let frames = self.network.open(url, patience);
        Box::pin(async move {
            let (frames, words) = (frames.await?, self.words.clone());
            Ok(Box::new(DiscreetFrames { frames, words, told }) as Box<dyn Frames>)
        })
    }

    fn wall(&self) -> Time {
        self.network.wall()
    }

    fn random(&self) -> u64 {
        self.network.random()
    }
}

#[derive(Debug)]
struct DiscreetFrames {
    frames: Box<dyn Frames>,
    words: Words,
    /// Whether this connection was told one of the words.
    told: bool,
}

impl Frames for DiscreetFrames {
    fn next(&mut self) -> Coming<'_, Result<Incoming, String>> {
        Box::pin(async {
            let incoming = self.frames.next().await?;
            Ok(match incoming {
                Incoming::Text(text) if self.told && self.words.stand_in(&text) => {
                    Incoming::Text(self.words.hidden(&text).into_owned().into())
                }
                other => other,
            })
        })
    }

    fn text(&mut self, text: String) -> Coming<'_, Result<(), String>> {
        self.told = self.told || self.words.stand_in(&text);
        self.frames.text(text)
    }

    fn ping(&mut self) -> Coming<'_, Result<(), String>> {
        self.frames.ping()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(all: &[&str]) -> Words {
        Words(all.iter().map(|word| SecretString::from(*word)).collect())
    }

    #[test]
    fn what_is_no_text_and_what_holds_no_word_stays_as_it_is() {
        let words = words(&["planted-key-of-a-venue"]);
        assert_eq!(words.hidden_in(b"\xff planted-key-of-a-venue".into()).len(), 24);
        assert_eq!(words.hidden_in(b"{\"code\":0}".into()), b"{\"code\":0}");
        let (said, hidden) = ("key planted-key-of-a-venue!", "key **********************!");
        assert_eq!(words.hidden_in(said.into()), hidden.as_bytes());
    }
}
