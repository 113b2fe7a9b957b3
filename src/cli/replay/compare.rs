//! What was recorded beside what comes out now: where they differ first, in one sentence.
//!
//! Door: [`decisions`], [`cores`].

use serde::Serialize;
use serde_json::Value;

use crate::domain::effect::Effect;
use crate::engine::Core;

/// So much of a value is shown.
const SHOWN: usize = 160;

/// Where the decisions on one input are not the recorded ones.
pub fn decisions(recorded: Option<&str>, now: &[Effect]) -> Option<String> {
    differs(recorded.unwrap_or("[]"), &now, "decided")
}

/// Where the core does not stand where it stood.
pub fn cores(recorded: &str, now: &Core) -> Option<String> {
    differs(recorded, now, "the core")
}

fn differs(recorded: &str, now: &impl Serialize, what: &str) -> Option<String> {
    let came_out = serde_json::to_string(now).unwrap_or_default();
    if recorded == came_out {
        return None;
    }
    let value = |text: &str| serde_json::from_str::<Value>(text).unwrap_or(Value::Null);
    let (old, new) = (value(recorded), value(&came_out));
    if old == new {
        return Some(format!(
            "{what}: the same then and now, but written otherwise in the recording"
        ));
    }
    let (path, old, new) = first(&old, &new, what.to_owned());
    Some(format!("{path}: recorded {old}, now {new}"))
}

/// The first place at which two values differ, in order, and both sides of it.
fn first(old: &Value, new: &Value, path: String) -> (String, String, String) {
    match (old, new) {
        (Value::Array(old), Value::Array(new)) => {
            for (n, (old, new)) in old.iter().zip(new).enumerate() {
                if old != new {
                    return first(old, new, format!("{path}[{n}]"));
                }
            }
            let n = old.len().min(new.len());
            (format!("{path}[{n}]"), shown(old.get(n)), shown(new.get(n)))
        }
        (Value::Object(old), Value::Object(new)) => {
            let names = old.keys().chain(new.keys().filter(|name| !old.contains_key(*name)));
            for name in names {
                let (old, new) = (old.get(name), new.get(name));
                match (old, new) {
                    _ if old == new => {}
                    (Some(old), Some(new)) => return first(old, new, format!("{path}.{name}")),
                    _ => return (format!("{path}.{name}"), shown(old), shown(new)),
                }
            }
            (path, "the same".to_owned(), "the same, written otherwise".to_owned())
        }
        _ => (path, shown(Some(old)), shown(Some(new))),
    }
}

fn shown(value: Option<&Value>) -> String {
    let Some(value) = value else { return "nothing".to_owned() };
    let text = value.to_string();
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_difference_is_named_by_its_place() {
        let told = |old: &str, new: &str| {
            differs(old, &serde_json::from_str::<Value>(new).unwrap(), "decided")
        };
        assert_eq!(told(r#"[{"a":1}]"#, r#"[{"a":1}]"#), None);
        let same = Some("decided: the same then and now, but written otherwise in the recording");
        assert_eq!(told("[ ]", "[]").as_deref(), same);
        assert_eq!(told(r#"[{"a": 1}]"#, r#"[{"a":1}]"#).as_deref(), same);
        assert_eq!(
            told(r#"[{"a":1},{"b":{"c":"x"}}]"#, r#"[{"a":1},{"b":{"c":"y"}}]"#).as_deref(),
            Some(r#"decided[1].b.c: recorded "x", now "y""#)
        );
        assert_eq!(told("[1]", "[1,2]").as_deref(), Some("decided[1]: recorded nothing, now 2"));
    }
}
