//! What tells two states apart: a digest of everything in them that can still matter.
//!
//! Left out is what a core only shows and never reads again. Numbers that are only compared with
//! each other count by their order: which question is which, and what happened after what.
//! Not for: reading anything back. Door: [`of_core`], [`of_text`].

use std::fmt::{self, Debug, Display};

use ring::digest::{SHA256, digest};
use serde::ser::{self, Serialize};

/// Parts that nothing is decided by: pictures are made of them, and nothing else.
const SHOWN_ONLY: [(&str, &str); 9] = [
    ("Cx", "policy"),
    ("Cx", "events"),
    ("Cx", "answers"),
    ("Cx", "seq"),
    ("Cx", "last_op"),
    ("LegState", "drift"),
    ("Account", "past"),
    ("Info", "counters"),
    ("Info", "heard"),
];

/// Maps whose keys number what an answer is awaited for.
const AWAITED: [(&str, &str); 3] = [("Cx", "waiting"), ("Cx", "saving"), ("Cx", "noting")];

/// Numbers that are not kept as they are.
const NUMBERS: [(&str, &str, Kind); 5] = [
    ("Info", "looking", Kind::Op),
    ("Info", "activity", Kind::Revision),
    ("LegState", "touched", Kind::Revision),
    ("Waiting", "activity", Kind::Revision),
    // Whether it is the first one is all that matters.
    ("Info", "sweeps", Kind::UpToTwo),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Op,
    Revision,
    UpToTwo,
}

pub type Digest = [u8; 32];

/// The digest of a core, and the numbers of the answers that it awaits, in their order.
pub fn of_core(core: &impl Serialize) -> Result<(Digest, Vec<u64>), String> {
    let mut bytes = Bytes { all: Vec::with_capacity(16 << 10), ..Bytes::default() };
    core.serialize(&mut bytes).map_err(|why| why.0)?;
    let ops = bytes.rank(Kind::Op);
    bytes.rank(Kind::Revision);
    Ok((of_bytes(&bytes.all), ops))
}

/// The digest of what can only be shown.
pub fn of_text(value: &impl Debug) -> Digest {
    of_bytes(format!("{value:?}").as_bytes())
}

fn of_bytes(bytes: &[u8]) -> Digest {
    let mut out = [0; 32];
    out.copy_from_slice(digest(&SHA256, bytes).as_ref());
    out
}

/// Every value becomes a tag and its bytes, every list an end.
#[derive(Default)]
struct Bytes {
    all: Vec<u8>,
    /// The names of the structs around what is written, where their fields are not all alike.
    structs: Vec<&'static str>,
    /// Of the maps around it, which have awaited answers as keys.
    maps: Vec<bool>,
    /// The next map is one of those.
    awaited: bool,
    /// What the next number is.
    kind: Option<Kind>,
    /// Where numbers stand that count by their order.
    ranked: Vec<(Kind, usize, u64)>,
}

#[derive(Debug)]
pub struct Failed(String);

impl Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Failed {}

impl ser::Error for Failed {
    fn custom<T: Display>(why: T) -> Self {
        Self(why.to_string())
    }
}

type Done = Result<(), Failed>;

impl Bytes {
    fn put(&mut self, tag: u8, bytes: &[u8]) -> Done {
        self.all.push(tag);
        self.all.extend_from_slice(bytes);
        Ok(())
    }

    fn end(&mut self) -> Done {
        self.put(b'.', &[])
    }

    /// Puts ranks in the place of numbers, and gives the numbers in their order.
    fn rank(&mut self, kind: Kind) -> Vec<u64> {
        let of_kind = self.ranked.iter().filter(|(other, ..)| *other == kind);
        let mut order: Vec<u64> = of_kind.clone().map(|(.., number)| *number).collect();
        order.sort_unstable();
        order.dedup();
        for (_, at, number) in of_kind {
            let rank = order.partition_point(|other| other < number);
            self.all[*at..at + 8].copy_from_slice(&rank.to_le_bytes());
        }
        order
    }
}

macro_rules! numbers {
    ($($name:ident: $kind:ty,)+) => {
        $(fn $name(self, value: $kind) -> Done {
            self.put(b'n', &value.to_le_bytes())
        })+
    };
}

impl ser::Serializer for &mut Bytes {
    type Ok = ();
    type Error = Failed;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Self;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Self;

    numbers! {
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32,
        serialize_f32: f32, serialize_f64: f64,
    }

    fn serialize_u64(self, value: u64) -> Done {
        match self.kind.take() {
            None => self.put(b'n', &value.to_le_bytes()),
            Some(Kind::UpToTwo) => self.put(b'n', &value.min(2).to_le_bytes()),
            Some(kind) => {
                self.ranked.push((kind, self.all.len() + 1, value));
                self.put(b'n', &value.to_le_bytes())
            }
        }
    }

    fn serialize_bool(self, value: bool) -> Done {
        self.put(b'b', &[u8::from(value)])
    }

    fn serialize_char(self, value: char) -> Done {
        self.serialize_u32(u32::from(value))
    }

    fn serialize_str(self, value: &str) -> Done {
        self.serialize_bytes(value.as_bytes())
    }

    fn serialize_bytes(self, value: &[u8]) -> Done {
        self.put(b's', &value.len().to_le_bytes())?;
        self.put(b':', value)
    }

    fn serialize_none(self) -> Done {
        self.put(b'0', &[])
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Done {
        self.put(b'1', &[])?;
        value.serialize(self)
    }

    fn serialize_unit(self) -> Done {
        self.put(b'u', &[])
    }

    fn serialize_unit_struct(self, _: &'static str) -> Done {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, at: u32, _: &'static str) -> Done {
        self.put(b'v', &at.to_le_bytes())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Done {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        at: u32,
        _: &'static str,
        value: &T,
    ) -> Done {
        self.put(b'v', &at.to_le_bytes())?;
        value.serialize(self)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self, Failed> {
        self.put(b'[', &[])?;
        Ok(self)
    }

    fn serialize_tuple(self, _: usize) -> Result<Self, Failed> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self, Failed> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        at: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self, Failed> {
        self.put(b'v', &at.to_le_bytes())?;
        Ok(self)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self, Failed> {
        let awaited = std::mem::take(&mut self.awaited);
        self.maps.push(awaited);
        self.put(b'{', &[])?;
        Ok(self)
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Self, Failed> {
        let named = matches!(name, "Cx" | "Info" | "Account" | "LegState" | "Waiting");
        self.structs.push(if named { name } else { "" });
        Ok(self)
    }

    fn serialize_struct_variant(
        self,
        name: &'static str,
        at: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self, Failed> {
        self.put(b'v', &at.to_le_bytes())?;
        self.serialize_struct(name, 0)
    }
}

macro_rules! lists {
    ($($kind:ident: $item:ident,)+) => {
        $(impl ser::$kind for &mut Bytes {
            type Ok = ();
            type Error = Failed;

            fn $item<T: Serialize + ?Sized>(&mut self, value: &T) -> Done {
                value.serialize(&mut **self)
            }

            fn end(self) -> Done {
                Bytes::end(self)
            }
        })+
    };
}

lists! {
    SerializeSeq: serialize_element,
    SerializeTuple: serialize_element,
    SerializeTupleStruct: serialize_field,
    SerializeTupleVariant: serialize_field,
}

impl ser::SerializeMap for &mut Bytes {
    type Ok = ();
    type Error = Failed;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Done {
        self.kind = self.maps.last().is_some_and(|awaited| *awaited).then_some(Kind::Op);
        key.serialize(&mut **self)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Done {
        value.serialize(&mut **self)
    }

    fn end(self) -> Done {
        self.maps.pop();
        Bytes::end(self)
    }
}

macro_rules! structs {
    ($($kind:ident,)+) => {
        $(impl ser::$kind for &mut Bytes {
            type Ok = ();
            type Error = Failed;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                name: &'static str,
                value: &T,
            ) -> Done {
                let within = self.structs.last().copied().unwrap_or_default();
                if within.is_empty() {
                    return value.serialize(&mut **self);
                }
                if SHOWN_ONLY.contains(&(within, name)) {
                    return Ok(());
                }
                self.awaited = AWAITED.contains(&(within, name));
                let number = NUMBERS.iter().find(|(of, at, _)| (*of, *at) == (within, name));
                self.kind = number.map(|(.., kind)| *kind);
                value.serialize(&mut **self)?;
                (self.awaited, self.kind) = (false, None);
                Ok(())
            }

            fn end(self) -> Done {
                self.structs.pop();
                Bytes::end(self)
            }
        })+
    };
}

structs! { SerializeStruct, SerializeStructVariant, }

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    #[derive(Default, serde::Serialize)]
    struct LegState<'a> {
        touched: u64,
        drift: &'a str,
        kept: Option<Vec<u8>>,
    }

    #[derive(Default, serde::Serialize)]
    struct Cx<'a> {
        waiting: BTreeMap<u64, u64>,
        legs: Vec<LegState<'a>>,
    }

    fn of(waiting: &[(u64, u64)], touched: &[u64], drift: &str, kept: Option<Vec<u8>>) -> [u8; 32] {
        let leg = |touched: &u64| LegState { touched: *touched, drift, kept: kept.clone() };
        let (waiting, legs) =
            (waiting.iter().copied().collect(), touched.iter().map(leg).collect());
        super::of_core(&Cx { waiting, legs }).expect("a digest").0
    }

    #[test]
    fn what_is_only_shown_does_not_count() {
        assert_eq!(of(&[], &[1], "a", None), of(&[], &[1], "b", None));
        assert_ne!(of(&[], &[1], "a", None), of(&[], &[1], "a", Some(Vec::new())));
        assert_ne!(of(&[], &[1], "a", Some(vec![1])), of(&[], &[1], "a", Some(vec![1, 1])));
    }

    #[test]
    fn numbers_count_by_their_order() {
        let usual = of(&[(3, 7), (5, 8)], &[10, 11], "", None);
        assert_eq!(of(&[(4, 7), (9, 8)], &[20, 44], "", None), usual);
        assert_ne!(of(&[(4, 8), (9, 7)], &[20, 44], "", None), usual);
        assert_ne!(of(&[(4, 7), (9, 8)], &[44, 20], "", None), usual);
        assert_ne!(of(&[(4, 7), (9, 8)], &[20, 20], "", None), usual);
    }
}
