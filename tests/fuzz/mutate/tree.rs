//! Changes of JSON that leave it JSON: fields, rows, types, numbers, order, depth.

use serde_json::Value;

use super::{MOST, Twist, odd};

/// JSON with its keys in any order, and more than once.
#[derive(Clone, Debug)]
pub struct Node {
    shape: Shape,
    /// What a leaf is, as JSON writes it.
    raw: String,
    /// What is inside, with its key where it has one.
    items: Vec<(String, Node)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Leaf,
    List,
    Map,
    /// Several values, one a line.
    Lines,
}

impl Node {
    /// Reads one value, or one a line; none for what is no JSON, or no more than a leaf.
    pub fn read(text: &[u8]) -> Option<Self> {
        if let Ok(value) = serde_json::from_slice::<Value>(text) {
            return Some(Self::of(&value)).filter(|node| node.shape != Shape::Leaf);
        }
        let lines: Result<Vec<Value>, _> =
            serde_json::Deserializer::from_slice(text).into_iter().collect();
        let items = lines.ok()?.iter().map(|line| (String::new(), Self::of(line))).collect();
        Some(Self { shape: Shape::Lines, raw: String::new(), items })
    }

    fn of(value: &Value) -> Self {
        let items: Vec<(String, Self)> = match value {
            Value::Array(rows) => rows.iter().map(|row| (String::new(), Self::of(row))).collect(),
            Value::Object(fields) => {
                let key = |key: &String| Value::from(key.as_str()).to_string();
                fields.iter().map(|(name, field)| (key(name), Self::of(field))).collect()
            }
            leaf => return Self::leaf(&leaf.to_string()),
        };
        let shape = if value.is_array() { Shape::List } else { Shape::Map };
        Self { shape, raw: String::new(), items }
    }

    fn leaf(raw: &str) -> Self {
        Self { shape: Shape::Leaf, raw: raw.to_owned(), items: Vec::new() }
    }

    fn around(shape: Shape, inner: Self) -> Self {
        Self { shape, raw: String::new(), items: vec![("\"x\"".to_owned(), inner)] }
    }

    /// As text.
    pub fn written(&self) -> Vec<u8> {
        let mut out = String::new();
        self.write(&mut out);
        out.into_bytes()
    }

    fn write(&self, out: &mut String) {
        let (open, between, close) = match self.shape {
            Shape::Leaf => return out.push_str(&self.raw),
            Shape::List => ("[", ",", "]"),
            Shape::Map => ("{", ",", "}"),
            Shape::Lines => ("", "\n", ""),
        };
        out.push_str(open);
        for (at, (key, item)) in self.items.iter().enumerate() {
            out.push_str(if at == 0 { "" } else { between });
            if self.shape == Shape::Map {
                out.push_str(key);
                out.push(':');
            }
            item.write(out);
        }
        out.push_str(close);
    }

    fn count(&self) -> usize {
        self.items.iter().map(|(_, item)| 1 + item.count()).sum()
    }

    /// The node that holds the item of this number, and the item's place in it.
    fn holder(&mut self, mut number: usize) -> Option<(&mut Self, usize)> {
        for at in 0..self.items.len() {
            if number == 0 {
                return Some((self, at));
            }
            let below = self.items[at].1.count();
            if number <= below {
                return self.items[at].1.holder(number - 1);
            }
            number -= 1 + below;
        }
        None
    }
}

/// Changes one item somewhere in the tree.
pub fn change(tree: &mut Node, twist: Twist) {
    let number = twist.at as usize % tree.count().max(1);
    let room = MOST.saturating_sub(tree.written().len());
    let Some((holder, at)) = tree.holder(number) else { return };
    let with = twist.with as usize;
    match twist.kind % 14 {
        0 => drop(holder.items.remove(at)),
        1 => holder.items.insert(at, holder.items[at].clone()),
        2 => {
            let size = holder.items[at].1.written().len() + holder.items[at].0.len() + 2;
            let times = (1 << (with % 11)).min(room / size);
            let copies = vec![holder.items[at].clone(); times];
            holder.items.splice(at..at, copies);
        }
        3..=5 => holder.items[at].1 = Node::leaf(odd::JSON[with % odd::JSON.len()]),
        6 => requote(&mut holder.items[at].1),
        7 => nest(&mut holder.items[at].1, with),
        8 => {
            let other = with % holder.items.len();
            let value = holder.items[other].1.clone();
            let here = std::mem::replace(&mut holder.items[at].1, value);
            holder.items[other].1 = here;
        }
        9 => {
            let other = holder.items[with % holder.items.len()].0.clone();
            let named = odd::KEYS.get(with % 16).map(|key| (*key).to_owned());
            holder.items[at].0 = named.unwrap_or(other);
        }
        10 => {
            let middle = with % holder.items.len();
            holder.items.rotate_left(middle);
        }
        11 => {
            let odd = Node::leaf(odd::JSON[with % odd::JSON.len()]);
            holder.items.insert(at + with % 2, (holder.items[at].0.clone(), odd));
        }
        12 => renumber(&mut holder.items[at].1, with),
        _ => lengthen(&mut holder.items[at].1, with, room),
    }
}

/// A number becomes text and the reverse, and what is neither becomes the text of itself.
fn requote(node: &mut Node) {
    let raw = String::from_utf8_lossy(&node.written()).into_owned();
    let inner = raw.strip_prefix('"').and_then(|raw| raw.strip_suffix('"'));
    let bare = inner.filter(|inner| serde_json::from_str::<Value>(inner).is_ok());
    let other = bare.map_or_else(|| Value::from(raw.as_str()).to_string(), str::to_owned);
    *node = Node::leaf(&other);
}

fn nest(node: &mut Node, with: usize) {
    let shape = if with.is_multiple_of(2) { Shape::List } else { Shape::Map };
    // Deep enough for any reader that calls itself; dropped by one that does so too.
    for _ in 0..1 + (with % 5) * 60 {
        let inner = std::mem::replace(node, Node::leaf("null"));
        *node = Node::around(shape, inner);
    }
}

/// Signs, zeros, points and exponents around what is a number.
fn renumber(node: &mut Node, with: usize) {
    const BEFORE: [&str; 6] = ["", "-", "0.", "0.000000000000", "1", "99999999999999"];
    const AFTER: [&str; 6] = ["", "0", ".5", "e5", "e-12", "00000000000000000000"];
    let quoted = node.raw.starts_with('"');
    let number = node.raw.trim_matches('"');
    if !number.starts_with(|c: char| c.is_ascii_digit() || c == '-') {
        return;
    }
    let (before, after) = (BEFORE[with % 6], AFTER[with / 6 % 6]);
    let number = format!("{before}{}{after}", number.trim_start_matches('-'));
    node.raw = if quoted { format!("\"{number}\"") } else { number };
}

/// Text of up to a megabyte, of digits or of letters that take more than a byte.
fn lengthen(node: &mut Node, with: usize, room: usize) {
    let piece = ["7", "币", "\\n", "x y. "][with % 4];
    let times = (1 << (with / 4 % 21)).min(room / piece.len());
    *node = Node::leaf(&format!("\"{}\"", piece.repeat(times)));
}
