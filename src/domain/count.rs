//! Things that are counted, in words.
//!
//! For: every sentence with a number of something in it. Door: [`counted`].

use std::fmt::Display;

/// The number with what it counts: the first form for one, the second for any other number.
pub fn counted<N: Display + PartialEq + From<u8>>(count: N, one: &str, many: &str) -> String {
    let words = if count == N::from(1) { one } else { many };
    format!("{count} {words}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_is_one() {
        let looks = |count: usize| counted(count, "look agrees", "looks agree");
        assert_eq!(
            [0, 1, 2, 21].map(looks),
            ["0 looks agree", "1 look agrees", "2 looks agree", "21 looks agree"]
        );
    }
}
