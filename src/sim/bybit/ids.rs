//! Ids as the venue writes them: text in the shape of a UUID, made from the exchange's own
//! numbers and read back into them.
//!
//! A conditional order and the order it becomes share one id on this venue, so both are asked
//! for with [`of_order`]. Door: [`of_order`], [`of_algo`], [`of_fill`], [`read`].

use crate::sim::orders::Order;

/// What a number counts; each kind has ids of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A plain order.
    Order,
    /// A conditional order, before and after it triggered.
    Algo,
    /// A fill, or a funding row.
    Fill,
}

const KINDS: [Kind; 3] = [Kind::Order, Kind::Algo, Kind::Fill];

impl Kind {
    const fn salt(self) -> u64 {
        match self {
            Self::Order => 0x6a09_e667_f3bc_c908,
            Self::Algo => 0xbb67_ae85_84ca_a73b,
            Self::Fill => 0x3c6e_f372_fe94_f82b,
        }
    }
}

/// The id of an order: its own, or that of the conditional order it came from.
pub fn of_order(order: &Order) -> String {
    match &order.origin {
        Some(origin) => of_algo(origin.algo),
        None => write(Kind::Order, order.id),
    }
}

/// The id of a conditional order.
pub fn of_algo(id: i64) -> String {
    write(Kind::Algo, id)
}

/// The id of a fill or of a funding row.
pub fn of_fill(id: i64) -> String {
    write(Kind::Fill, id)
}

/// The id of a plain order by its number.
pub fn of_plain(id: i64) -> String {
    write(Kind::Order, id)
}

/// What an id stands for; nothing for text this exchange never wrote.
pub fn read(text: &str) -> Option<(Kind, i64)> {
    let hex: String = text.chars().filter(|letter| *letter != '-').collect();
    if text.len() != 36 || hex.len() != 32 || !hex.is_ascii() {
        return None;
    }
    let part = |from: usize, to: usize| u64::from_str_radix(hex.get(from..to)?, 16).ok();
    let mixed = part(0, 8)? << 32 | part(20, 28)?;
    KINDS.into_iter().find_map(|kind| {
        let number = i64::from_ne_bytes((mixed ^ kind.salt()).to_ne_bytes());
        (write(kind, number) == text.to_ascii_lowercase()).then_some((kind, number))
    })
}

fn write(kind: Kind, number: i64) -> String {
    let mixed = u64::from_ne_bytes(number.to_ne_bytes()) ^ kind.salt();
    let check = scramble(mixed.wrapping_add(kind.salt()));
    format!(
        "{:08x}-{:04x}-4{:03x}-{:04x}-{:08x}{:04x}",
        mixed >> 32,
        check & 0xffff,
        check >> 16 & 0xfff,
        0x8000 | (check >> 28 & 0x3fff),
        mixed & 0xffff_ffff,
        check >> 48,
    )
}

const fn scramble(mut number: u64) -> u64 {
    number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back_and_nothing_else_is() {
        for number in [1, 8_389_765_739_700_123_456, 4_000_001_910_000_007, i64::MAX] {
            for kind in KINDS {
                let text = write(kind, number);
                assert_eq!((text.len(), text.as_bytes()[14]), (36, b'4'));
                assert_eq!(read(&text), Some((kind, number)));
            }
        }
        assert_ne!(of_plain(7), of_algo(7));
        assert_eq!(read("fd4300ae-7847-404e-b947-b46980a4d140"), None);
        assert_eq!(read("fd4300ae"), None);
    }
}
