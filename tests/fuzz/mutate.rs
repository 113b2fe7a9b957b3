//! Spoiling what is right, a little: the same changes for the same numbers, every time.
//!
//! For: bytes that are almost what a door expects. JSON is changed as a tree, so that most of
//! what comes out is JSON still; everything else, and JSON after its tree, as text.
//! Door: [`spoil`].

mod odd;
mod text;
mod tree;

use self::tree::Node;

/// One change: what kind, where, and with what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Twist {
    /// Which change.
    pub kind: u8,
    /// Where.
    pub at: u32,
    /// With what.
    pub with: u32,
}

/// What is made of a few bytes never grows beyond this.
pub const MOST: usize = 2 * 1024 * 1024;

/// A seed after a few changes.
pub fn spoil(seed: &[u8], twists: &[Twist]) -> Vec<u8> {
    let mut bytes = None;
    let mut tree = Node::read(seed);
    for twist in twists {
        // A change of the text ends the changes of the tree.
        if twist.kind >= 208 || tree.is_none() {
            let text = tree.take().map(|tree| tree.written());
            let text = text.or(bytes).unwrap_or_else(|| seed.to_vec());
            bytes = Some(text::changed(text, *twist));
        } else if let Some(tree) = &mut tree {
            tree::change(tree, *twist);
        }
    }
    let mut done = tree.map(|tree| tree.written()).or(bytes).unwrap_or_else(|| seed.to_vec());
    done.truncate(MOST);
    done
}
