//! What the venue answers to a client's messages: auth, subscribe, unsubscribe, ping.
//!
//! Public and private streams speak different dialects. Pure; told the time and whom to believe.
//! Door: [`answer`]. Sources: bybit 2.3, 4.1, 4.3; texts the documents do not give are those seen
//! on the live stream where there are any, and say so where not.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::sim::frame::Route;
use crate::sim::json::{Json, Object, list, object};
use crate::sim::numbers::Ms;

/// Topics of the owner's stream.
const PRIVATE: [&str; 5] = ["position", "order", "execution", "execution.fast", "wallet"];
/// Categories a topic of the owner may be limited to; only linear ever has anything to say here.
const CATEGORIES: [&str; 4] = ["linear", "inverse", "spot", "option"];

/// One end of a conversation.
#[derive(Clone, Debug)]
pub struct Talker {
    /// Which stream it is connected to.
    pub route: Route,
    /// The venue's name for the connection.
    pub conn_id: String,
    /// Whether it has shown whose it is.
    pub is_proven: bool,
    /// What it gets.
    pub topics: BTreeSet<String>,
}

/// What the answers depend on.
pub struct Venue<'a> {
    /// Whether a contract can be listened to.
    pub lists: &'a dyn Fn(&str) -> bool,
    /// Whether a key signed a text: key, text, signature.
    pub proves: &'a dyn Fn(&str, &str, &str) -> bool,
    /// The time on the exchange's clock.
    pub now: Ms,
}

impl std::fmt::Debug for Venue<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Venue").field("now", &self.now).finish_non_exhaustive()
    }
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// What is sent back.
    pub text: String,
    /// Topics that begin now.
    pub fresh: Vec<String>,
}

/// A client's message.
struct Said {
    op: String,
    req_id: Option<Json>,
    args: Vec<Value>,
}

/// Reads one message, answers it and keeps what it changed.
pub fn answer(talker: &mut Talker, text: &str, venue: &Venue<'_>) -> Reply {
    let said = match read(text) {
        Ok(said) => said,
        Err(why) => return plain(verdict(talker, None, "", Err(why))),
    };
    let mut fresh = Vec::new();
    let done = match said.op.as_str() {
        "ping" => return plain(pong(talker, &said, venue.now)),
        "auth" if talker.route == Route::Private => prove(talker, &said.args, venue),
        "subscribe" => subscribe(talker, &said.args, venue).map(|begun| fresh = begun),
        "unsubscribe" => {
            let names = names(&said.args);
            talker.topics.retain(|topic| !names.contains(&topic.as_str()));
            Ok(())
        }
        _ => Err("error:invalid op".to_owned()),
    };
    let json = verdict(talker, said.req_id.as_ref(), &said.op, done);
    Reply { text: json.0, fresh }
}

fn plain(json: Json) -> Reply {
    Reply { text: json.0, fresh: Vec::new() }
}

fn read(text: &str) -> Result<Said, String> {
    let wrong = |why: &str| format!("Failed to decode incoming data:{why}");
    let value: Value = serde_json::from_str(text).map_err(|error| wrong(&error.to_string()))?;
    let Value::Object(mut fields) = value else { return Err(wrong("expect {")) };
    let op = fields.get("op").and_then(Value::as_str).unwrap_or_default().to_owned();
    let req_id = match fields.get("req_id") {
        None | Some(Value::Null) => None,
        Some(id @ (Value::String(_) | Value::Number(_))) => Some(Json(id.to_string())),
        Some(_) => return Err(wrong("req_id")),
    };
    let args = match fields.remove("args") {
        Some(Value::Array(args)) => args,
        _ => Vec::new(),
    };
    Ok(Said { op, req_id, args })
}

fn names(args: &[Value]) -> Vec<&str> {
    args.iter().filter_map(Value::as_str).collect()
}

/// An acknowledgement: on the public stream `req_id` is always there, on the private one only
/// when the client sent one.
fn verdict(talker: &Talker, req_id: Option<&Json>, op: &str, done: Result<(), String>) -> Json {
    let success = done.is_ok();
    let text = done.err().unwrap_or_default();
    if talker.route == Route::Private {
        let head = req_id.map_or_else(Object::new, |id| Object::new().put("req_id", id));
        let head = head.put("success", &success).put("ret_msg", &text).put("op", op);
        return head.put("conn_id", &talker.conn_id).end();
    }
    let none = Json(r#""""#.to_owned());
    object! {
        "success": success,
        "ret_msg": text,
        "conn_id": talker.conn_id,
        "req_id": req_id.unwrap_or(&none),
        "op": op,
    }
}

/// A pong: the public stream keeps `op` at `ping`, the private one answers with its time.
fn pong(talker: &Talker, said: &Said, now: Ms) -> Json {
    if talker.route == Route::Private {
        let head = Object::new();
        let head = match &said.req_id {
            Some(id) => head.put("req_id", id),
            None => head,
        };
        let time = list([now.to_string()]);
        return head.put("op", "pong").put("args", &time).put("conn_id", &talker.conn_id).end();
    }
    let none = Json(r#""""#.to_owned());
    object! {
        "success": true,
        "ret_msg": "pong",
        "conn_id": talker.conn_id,
        "req_id": said.req_id.as_ref().unwrap_or(&none),
        "op": "ping",
    }
}

/// Key, a time in the future, and the signature of `GET/realtime` with that time.
fn prove(talker: &mut Talker, args: &[Value], venue: &Venue<'_>) -> Result<(), String> {
    // Seen for anything unreadable in an auth request; the other two texts are of the previous
    // generation of the API, the documents of this one give none.
    let unreadable = || "Params Error".to_owned();
    let [key, expires, signature] = args else { return Err(unreadable()) };
    let key = key.as_str().ok_or_else(unreadable)?;
    let signature = signature.as_str().ok_or_else(unreadable)?;
    let expires = match expires {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    };
    let expires: Ms = expires.ok_or_else(unreadable)?;
    if expires <= venue.now {
        return Err("error:request expired".to_owned());
    }
    if !(venue.proves)(key, &format!("GET/realtime{expires}"), signature) {
        return Err("error:signature error".to_owned());
    }
    talker.is_proven = true;
    Ok(())
}

/// All of the topics, or none of them.
fn subscribe(
    talker: &mut Talker,
    args: &[Value],
    venue: &Venue<'_>,
) -> Result<Vec<String>, String> {
    let names = names(args);
    if names.is_empty() || names.len() != args.len() {
        return Err("Params Error".to_owned());
    }
    if talker.route == Route::Private {
        check_private(talker, &names)?;
    } else {
        for name in &names {
            let symbol = name.strip_prefix("tickers.");
            if !symbol.is_some_and(|symbol| (venue.lists)(symbol)) {
                return Err(format!("error:handler not found,topic:{name}"));
            }
            if talker.topics.contains(*name) {
                return Err(format!("error:already subscribed,topic:{name}"));
            }
        }
    }
    let new = names.into_iter().filter(|name| !talker.topics.contains(*name));
    let fresh: BTreeSet<String> = new.map(str::to_owned).collect();
    talker.topics.extend(fresh.iter().cloned());
    Ok(fresh.into_iter().collect())
}

fn check_private(talker: &Talker, names: &[&str]) -> Result<(), String> {
    let mut forms: BTreeMap<&str, bool> = BTreeMap::new();
    for name in names {
        let Some((topic, is_general)) = private_topic(name) else {
            return Err(format!("error:handler not found,topic:{name}"));
        };
        if !talker.is_proven {
            return Err(format!("error:topic:{name} needs auth first"));
        }
        // Documented as not allowed; the text is not.
        if forms.insert(topic, is_general).is_some_and(|before| before != is_general) {
            return Err(format!("error:all-in-one and categorised form mixed,topic:{name}"));
        }
    }
    Ok(())
}

/// The topic a name stands for, and whether it is its general form.
fn private_topic(name: &str) -> Option<(&str, bool)> {
    if PRIVATE.contains(&name) {
        return Some((name, true));
    }
    let (topic, category) = name.rsplit_once('.')?;
    let known = PRIVATE.contains(&topic) && CATEGORIES.contains(&category) && topic != "wallet";
    known.then_some((topic, false))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn talker(route: Route, is_proven: bool) -> Talker {
        Talker { route, conn_id: "c".to_owned(), is_proven, topics: BTreeSet::new() }
    }

    fn say(talker: &mut Talker, text: &str) -> Value {
        let lists = |symbol: &str| symbol == "BTCUSDT" || symbol == "ETHUSDT";
        let proves = |key: &str, text: &str, signature: &str| {
            (key, text, signature) == ("key", "GET/realtime1001", "good")
        };
        let venue = Venue { lists: &lists, proves: &proves, now: 1000 };
        serde_json::from_str(&answer(talker, text, &venue).text).unwrap()
    }

    #[test]
    fn one_bad_topic_spoils_the_whole_request() {
        let mut public = talker(Route::Public, false);
        let bad = r#"{"op":"subscribe","args":["tickers.BTCUSDT","tickers.btcusdt"]}"#;
        let text = "error:handler not found,topic:tickers.btcusdt";
        assert_eq!(
            say(&mut public, bad),
            json!({"success": false, "ret_msg": text, "conn_id": "c", "req_id": "",
                "op": "subscribe"})
        );
        assert!(public.topics.is_empty());
        let good = r#"{"req_id":"7","op":"subscribe","args":["tickers.BTCUSDT"]}"#;
        assert_eq!(say(&mut public, good)["req_id"], "7");
        let again = r#"{"op":"subscribe","args":["tickers.ETHUSDT","tickers.BTCUSDT"]}"#;
        let text = "error:already subscribed,topic:tickers.BTCUSDT";
        assert_eq!(say(&mut public, again)["ret_msg"], text);
        assert_eq!(public.topics.len(), 1);
        say(&mut public, r#"{"op":"unsubscribe","args":["tickers.BTCUSDT"]}"#);
        assert!(public.topics.is_empty());
    }

    #[test]
    fn the_two_streams_answer_a_ping_in_two_dialects() {
        let mut public = talker(Route::Public, false);
        assert_eq!(
            say(&mut public, r#"{"op":"ping"}"#),
            json!({"success": true, "ret_msg": "pong", "conn_id": "c", "req_id": "", "op": "ping"})
        );
        let mut private = talker(Route::Private, false);
        assert_eq!(
            say(&mut private, r#"{"req_id":"test","op":"ping"}"#),
            json!({"req_id": "test", "op": "pong", "args": ["1000"], "conn_id": "c"})
        );
        assert_eq!(say(&mut private, r#"{"op":"ping"}"#).get("req_id"), None);
    }

    #[test]
    fn auth_wants_a_future_and_a_true_signature() {
        let mut private = talker(Route::Private, false);
        let mut auth =
            |args: Value| say(&mut private, &json!({"op": "auth", "args": args}).to_string());
        assert_eq!(auth(json!(["key", 1000, "good"]))["ret_msg"], "error:request expired");
        assert_eq!(auth(json!(["key", 1001, "bad"]))["success"], false);
        assert_eq!(auth(json!(["key", 1001]))["ret_msg"], "Params Error");
        let ok = json!({"success": true, "ret_msg": "", "op": "auth", "conn_id": "c"});
        assert_eq!(auth(json!(["key", 1001, "good"])), ok);
        assert!(private.is_proven);
        let mut public = talker(Route::Public, false);
        let refused = say(&mut public, r#"{"op":"auth","args":["key",1001,"good"]}"#);
        assert_eq!(refused["ret_msg"], "error:invalid op");
    }

    #[test]
    fn private_topics_need_auth_and_one_form_at_a_time() {
        let mut private = talker(Route::Private, false);
        let both = r#"{"op":"subscribe","args":["wallet","order.linear"]}"#;
        let text = "error:topic:wallet needs auth first";
        assert_eq!(say(&mut private, both)["ret_msg"], text);
        private.is_proven = true;
        assert_eq!(
            say(&mut private, both),
            json!({"success": true, "ret_msg": "", "op": "subscribe", "conn_id": "c"})
        );
        let mixed = r#"{"op":"subscribe","args":["position","position.linear"]}"#;
        assert_eq!(say(&mut private, mixed)["success"], false);
        let unknown = r#"{"op":"subscribe","args":["wallet.linear"]}"#;
        let text = "error:handler not found,topic:wallet.linear";
        assert_eq!(say(&mut private, unknown)["ret_msg"], text);
        assert_eq!(private.topics.len(), 2);
        let broken = say(&mut private, "hello");
        assert!(broken["ret_msg"].as_str().unwrap().starts_with("Failed to decode"), "{broken}");
    }
}
