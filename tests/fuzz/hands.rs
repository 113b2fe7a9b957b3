//! What a person types: keys and pastes, the filter, the `:` prompt.

use std::sync::Arc;

use holdfast::domain::time::Span;
use holdfast::ui::complete::complete;
use holdfast::ui::decode::{Decoder, Typed};
use holdfast::ui::filter::{Facts, Filter};
use holdfast::ui::model::Model;
use holdfast::ui::prompt::{self, Kind, Prompt};
use holdfast::ui::update::{Event, update};

use super::promise::sentence;
use crate::fixture::NOW;
use crate::moment::moment;

/// The longest paste that is kept, with the sequence that ends it.
const PASTE_MAX: usize = 64 * 1024 + 6;

/// Bytes of a keyboard, all at once, one by one, and then used on a console.
pub fn keys(bytes: &[u8]) {
    let at_once = decoded(bytes.chunks(bytes.len().max(1)));
    let one_by_one = decoded(bytes.chunks(1));
    assert_eq!(at_once, one_by_one, "keys depend on how their bytes were cut");
    assert!(at_once.len() <= bytes.len() + 1, "more keys than bytes");
    let mut model = console();
    for (at, typed) in at_once.into_iter().take(400).enumerate() {
        let event = match typed {
            Typed::Key(key) => Event::Key(key),
            Typed::Paste(text) => {
                // A byte that is no text becomes a mark of three.
                assert!(text.len() <= PASTE_MAX * 3, "a paste of {} bytes", text.len());
                Event::Paste(text)
            }
            Typed::Focus(_) => Event::Tick,
        };
        update(&mut model, NOW + Span(at as u64), event);
    }
}

fn decoded<'a>(pieces: impl Iterator<Item = &'a [u8]>) -> Vec<Typed> {
    let (mut decoder, mut out) = (Decoder::default(), Vec::new());
    pieces.for_each(|piece| decoder.feed(piece, &mut out));
    decoder.quiet(&mut out);
    assert!(!decoder.waits(), "something unfinished is left after silence");
    out
}

fn console() -> Model {
    let mut model = Model::new("LIVE", "pts/3", 1, (120, 36));
    update(&mut model, NOW, Event::Snapshot(Arc::new(moment())));
    model
}

/// What a prompt holds once this was typed into it.
fn typed(bytes: &[u8], kind: Kind) -> String {
    let mut line = Prompt::new(kind, "");
    line.add(&String::from_utf8_lossy(bytes));
    assert!(line.text.chars().count() <= 256 && !line.text.chars().any(char::is_control));
    let text = line.text.clone();
    line.cut_word();
    line.backspace();
    assert!(text.starts_with(&line.text), "{text:?} became {:?}", line.text);
    text
}

/// A filter says what it looks for, or which word of it makes no sense.
pub fn filter(bytes: &[u8]) {
    let text = typed(bytes, Kind::Filter);
    if let Err(why) = Filter::parse_typed(&text) {
        sentence(&why);
    }
    match Filter::parse(&text) {
        Ok(None) => assert!(text.trim().is_empty(), "{text:?} looks for nothing"),
        Ok(Some(filter)) => {
            assert_eq!(filter.text, text.trim());
            assert_eq!(Filter::parse(&filter.text), Ok(Some(filter.clone())));
            for facts in facts() {
                let matches = filter.matches(&facts);
                let twice = Filter::parse(&format!("{text} {text}")).ok().flatten();
                let twice = twice.map(|twice| twice.matches(&facts));
                assert!(text.contains('|') || twice == Some(matches), "{text:?}");
            }
        }
        Err(why) => {
            sentence(&why);
            points_into(&text, &why);
        }
    }
}

/// A complaint quotes a piece of what was typed, or names the field that was.
fn points_into(text: &str, why: &str) {
    let small = text.to_lowercase();
    let quoted = why.split('"').skip(1).step_by(2);
    let mut pieces = quoted.chain(why.split_whitespace().take(1));
    assert!(
        pieces.any(|piece| small.contains(&piece.to_lowercase())),
        "{why:?} points at nothing in {text:?}"
    );
}

fn facts() -> [Facts; 2] {
    let full = Facts {
        venue: "binance".to_owned(),
        account: "main".to_owned(),
        symbol: "BTCUSDT".to_owned(),
        side: "long".to_owned(),
        protection: "NAKED 0:42".to_owned(),
        state: "naked".to_owned(),
        loudness: 3,
        age: Some(Span::secs(7200)),
        profit: Some(rust_decimal::Decimal::MIN),
        distance: Some(rust_decimal::Decimal::MAX),
        quantity: Some(rust_decimal::Decimal::ONE),
        text: "İstanbul".to_owned(),
    };
    [full, Facts::default()]
}

/// A command line is understood or explained, and its completions begin as it does.
pub fn prompt(bytes: &[u8]) {
    let text = typed(bytes, Kind::Command);
    let model = console();
    if let Err(why) = prompt::parse(&text, &model.live) {
        sentence(&why);
    }
    for line in complete(&text, &model) {
        assert!(line.to_lowercase().starts_with(&text.to_lowercase()) || text.contains(' '));
        assert!(!line.chars().any(char::is_control), "{line:?}");
    }
}
