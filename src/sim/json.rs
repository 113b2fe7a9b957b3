//! JSON text whose keys keep the order they are written in, as the venue's frames do.
//!
//! Not a parser. Door: the `object!` macro and [`list`]; anything [`Wire`] can stand as a value.

use std::fmt::Write;

use rust_decimal::Decimal;

/// A finished piece of JSON text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Json(pub String);

/// What can stand as a value.
pub trait Wire {
    /// Appends the value's JSON text.
    fn write(&self, out: &mut String);
}

impl Wire for Json {
    fn write(&self, out: &mut String) {
        out.push_str(&self.0);
    }
}

impl Wire for str {
    fn write(&self, out: &mut String) {
        let _ = write!(out, "{}", serde_json::Value::from(self));
    }
}

impl Wire for String {
    fn write(&self, out: &mut String) {
        self.as_str().write(out);
    }
}

impl Wire for bool {
    fn write(&self, out: &mut String) {
        out.push_str(if *self { "true" } else { "false" });
    }
}

macro_rules! whole_numbers {
    ($($kind:ty),*) => { $(impl Wire for $kind {
        fn write(&self, out: &mut String) {
            let _ = write!(out, "{self}");
        }
    })* };
}
whole_numbers!(i32, i64, u32, u64, usize);

/// A decimal as a bare JSON number; prices and amounts are passed as text instead.
impl Wire for Decimal {
    fn write(&self, out: &mut String) {
        let _ = write!(out, "{self}");
    }
}

impl<T: Wire> Wire for Option<T> {
    fn write(&self, out: &mut String) {
        match self {
            Some(value) => value.write(out),
            None => out.push_str("null"),
        }
    }
}

impl<T: Wire + ?Sized> Wire for &T {
    fn write(&self, out: &mut String) {
        (*self).write(out);
    }
}

impl<T: Wire> Wire for Vec<T> {
    fn write(&self, out: &mut String) {
        out.push('[');
        for (place, value) in self.iter().enumerate() {
            if place > 0 {
                out.push(',');
            }
            value.write(out);
        }
        out.push(']');
    }
}

/// An object being written.
#[derive(Debug)]
pub struct Object(String);

impl Default for Object {
    fn default() -> Self {
        Self::new()
    }
}

impl Object {
    /// `{`
    pub fn new() -> Self {
        Self(String::from("{"))
    }

    /// One more key at the end.
    #[must_use]
    pub fn put(mut self, key: &str, value: &(impl Wire + ?Sized)) -> Self {
        if self.0.len() > 1 {
            self.0.push(',');
        }
        key.write(&mut self.0);
        self.0.push(':');
        value.write(&mut self.0);
        self
    }

    /// `}`
    pub fn end(mut self) -> Json {
        self.0.push('}');
        Json(self.0)
    }
}

/// An array of whatever the iterator gives.
pub fn list<T: Wire>(items: impl IntoIterator<Item = T>) -> Json {
    let mut out = String::new();
    items.into_iter().collect::<Vec<T>>().write(&mut out);
    Json(out)
}

/// `object! { "key": value, … }`, keys in the order written.
macro_rules! object {
    ($($key:literal : $value:expr),* $(,)?) => {
        $crate::sim::json::Object::new()$(.put($key, &$value))*.end()
    };
}
pub(crate) use object;

#[cfg(test)]
mod tests {
    #[test]
    fn keys_keep_their_order_and_text_is_escaped() {
        let made = object! { "z": 1, "a": "q\"", "n": None::<i64>, "l": vec![true, false] };
        assert_eq!(made.0, r#"{"z":1,"a":"q\"","n":null,"l":[true,false]}"#);
    }
}
