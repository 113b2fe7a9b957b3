//! Just enough of Rust's grammar to read it line by line: what is code, what is a comment or a
//! literal, where words and function bodies begin and end.

/// The text with comments and the insides of literals blanked; lines and columns stay.
pub fn code(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let end = match (chars[at], chars.get(at + 1)) {
            ('/', Some('/')) => line_end(&chars, at),
            ('/', Some('*')) => comment_end(&chars, at),
            ('"', _) => {
                let end = string_end(&chars, at);
                literal(&chars[at..end], &mut out);
                at = end;
                continue;
            }
            ('r', Some('"' | '#')) if !word_before(&chars, at) => match raw_end(&chars, at + 1) {
                Some(end) => {
                    out.push(' ');
                    literal(&chars[at + 1..end], &mut out);
                    at = end;
                    continue;
                }
                None => at,
            },
            ('\'', _) => char_end(&chars, at).unwrap_or(at),
            _ => at,
        };
        if end == at {
            out.push(chars[at]);
            at += 1;
        } else {
            blank(&chars[at..end], &mut out);
            at = end;
        }
    }
    out
}

fn word_before(chars: &[char], at: usize) -> bool {
    // `br"…"` is a literal too: the `b` stays, the rest is blanked.
    let before = |back: usize| at.checked_sub(back).map(|i| chars[i]);
    match before(1) {
        Some('b') => before(2).is_some_and(is_word),
        Some(c) => is_word(c),
        None => false,
    }
}

fn line_end(chars: &[char], at: usize) -> usize {
    chars[at..].iter().position(|c| *c == '\n').map_or(chars.len(), |n| at + n)
}

fn comment_end(chars: &[char], start: usize) -> usize {
    let (mut at, mut depth) = (start, 0);
    while at < chars.len() {
        match (chars[at], chars.get(at + 1)) {
            ('/', Some('*')) => {
                depth += 1;
                at += 2;
            }
            ('*', Some('/')) => {
                depth -= 1;
                at += 2;
                if depth == 0 {
                    return at;
                }
            }
            _ => at += 1,
        }
    }
    chars.len()
}

fn string_end(chars: &[char], start: usize) -> usize {
    let mut at = start + 1;
    while at < chars.len() {
        match chars[at] {
            '\\' => at += 2,
            '"' => return at + 1,
            _ => at += 1,
        }
    }
    chars.len()
}

fn raw_end(chars: &[char], start: usize) -> Option<usize> {
    let hashes = chars[start..].iter().take_while(|c| **c == '#').count();
    let mut at = start + hashes;
    if chars.get(at) != Some(&'"') {
        return None;
    }
    loop {
        at += 1;
        if *chars.get(at)? == '"'
            && chars[at + 1..].iter().take_while(|c| **c == '#').count() >= hashes
        {
            return Some(at + 1 + hashes);
        }
    }
}

/// The end of a character literal; none for a lifetime.
fn char_end(chars: &[char], at: usize) -> Option<usize> {
    match (chars.get(at + 1)?, chars.get(at + 2)?) {
        ('\\', _) => (at + 3..chars.len()).find(|i| chars[*i] == '\'').map(|i| i + 1),
        (_, '\'') => Some(at + 3),
        _ => None,
    }
}

fn blank(chars: &[char], out: &mut String) {
    out.extend(chars.iter().map(|c| if *c == '\n' { '\n' } else { ' ' }));
}

/// Blanks a string literal but keeps its quotes.
fn literal(chars: &[char], out: &mut String) {
    let quote = |c: &char| *c == '"';
    let (first, last) = (chars.iter().position(quote), chars.iter().rposition(quote));
    out.extend(chars.iter().enumerate().map(|(at, c)| match c {
        '\n' => '\n',
        _ if Some(at) == first || Some(at) == last => '"',
        _ => ' ',
    }));
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Where `word` stands by itself: not a part of a longer name.
pub fn find_word(line: &str, word: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(found) = line[from..].find(word) {
        let (start, end) = (from + found, from + found + word.len());
        let open = !word.starts_with(is_word) || !line[..start].ends_with(is_word);
        let close = !word.ends_with(is_word) || !line[end..].starts_with(is_word);
        if open && close {
            return Some(start);
        }
        from = end;
    }
    None
}

/// Every name in a line of code.
pub fn names(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c| !is_word(c)).filter(|name| !name.is_empty())
}

/// For each line, whether it lies in a module under `#[cfg(test)]`.
pub fn tested(code: &str) -> Vec<bool> {
    let mut inside: Option<String> = None;
    let mut next = false;
    code.lines()
        .map(|line| {
            if let Some(close) = &inside {
                if line == close {
                    inside = None;
                }
                return true;
            }
            if line.trim() == "#[cfg(test)]" {
                next = true;
                return true;
            }
            if std::mem::take(&mut next) {
                if line.trim_end().ends_with('{') {
                    inside = Some(line.chars().take_while(|c| *c == ' ').chain(['}']).collect());
                }
                return true;
            }
            false
        })
        .collect()
}

/// Every function: its name, the line of its `fn`, and how many lines it takes.
pub fn functions(code: &str) -> Vec<(String, usize, usize)> {
    let mut found = Vec::new();
    let mut offset = 0;
    for (at, line) in code.split_inclusive('\n').enumerate() {
        if let Some(start) = find_word(line, "fn")
            && let Some(name) = names(&line[start + 2..]).next()
            && line[start + 2..].trim_start().starts_with(name)
        {
            let body = &code[offset + start..];
            if let Some(end) = body_end(body) {
                let lines = body[..end].matches('\n').count() + 1;
                found.push((name.to_owned(), at + 1, lines));
            }
        }
        offset += line.len();
    }
    found
}

/// The end of a function's body; none for a declaration without one.
fn body_end(code: &str) -> Option<usize> {
    let (mut brackets, mut braces) = (0_i32, 0_i32);
    for (at, c) in code.char_indices() {
        match c {
            '(' | '[' => brackets += 1,
            ')' | ']' => brackets -= 1,
            ';' if brackets == 0 && braces == 0 => return None,
            '{' => braces += 1,
            '}' => {
                braces -= 1;
                if braces <= 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{code, find_word, functions, tested};

    #[test]
    fn comments_and_literals_are_blank_and_columns_stay() {
        let text = "let a = \"x // y\"; // b\n'{' /* c /* d */\n */ r#\"e\"f\"# 'life \\u{1F}\n";
        let bare = code(text);
        assert_eq!(bare.lines().next(), Some("let a = \"      \";     "));
        assert_eq!(bare.lines().nth(2), Some("      \"   \"  'life \\u{1F}"));
        assert_eq!(bare.lines().map(str::len).sum::<usize>(), text.len() - 3);
    }

    #[test]
    fn a_word_is_not_found_inside_another() {
        assert_eq!(find_word("unwrap_or async_x async move", "async"), Some(18));
        assert_eq!(find_word("tokio_tungstenite::x", "tokio::"), None);
    }

    #[test]
    fn test_modules_are_told_from_the_rest() {
        let text = "fn a() {}\n#[cfg(test)]\nmod tests {\n    fn b() {}\n}\nfn c() {}\n";
        assert_eq!(tested(text), [false, true, true, true, true, false]);
    }

    #[test]
    fn functions_end_at_their_closing_brace() {
        let text = "trait T {\n    fn a(x: [u8; 3]);\n    fn b() -> u8 {\n        {}\n    }\n}\n";
        assert_eq!(functions(text), [("b".to_owned(), 3, 3)]);
    }
}
