//! What goes wrong on demand: each fault has a scope and lives for a count, a time, or for ever.
//!
//! Pure: told the time and the request or the frames, it says what happens to them.
//! Not here: how a verb becomes a fault (`verbs.rs`) and how a connection is cut (the shell).

use crate::sim::fate::Fate;
use crate::sim::frame::{Frame, Route};
use crate::sim::numbers::Ms;
use crate::sim::opening::Ajar;
use crate::sim::rng::Rng;

/// What goes wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The answer takes this long.
    Latency(Ms),
    /// No answer ever comes.
    Hang {
        /// Whether the request was carried out.
        executed: bool,
    },
    /// The connection is cut instead of an answer.
    Cut {
        /// Whether the request was carried out.
        executed: bool,
    },
    /// Another answer than the true one.
    Answer {
        /// HTTP status.
        status: u16,
        /// Content type.
        content_type: String,
        /// Body.
        body: String,
        /// Whether the request was carried out.
        executed: bool,
    },
    /// -1008 for everything but orders that reduce, and cancels.
    Throttle,
    /// The list is empty.
    EmptyList,
    /// Only so many rows come; where there are cursors, the rest follows on the next page.
    ShortPage(u32),
    /// The JSON ends in the middle.
    Truncate,
    /// A field is missing from every object.
    MissingField(String),
    /// Rows without size stand beside the true ones.
    ZeroRows(Option<String>),
    /// Rows of a contract are left out.
    HideRows(String),
    /// The next page's cursor is the one that was asked with.
    RepeatedCursor,
    /// Every page has a next one.
    EndlessCursor,
    /// Positions are shown as they were before a change.
    RestLag(Lag),
    /// An accepted order is not found yet.
    Invisible(Lag),
    /// Fills and income rows younger than this are not listed yet.
    HistoryLag(Ms),
    /// Frames are swallowed, the socket lives.
    StreamSilent,
    /// Frames are lost one by one.
    StreamDrop,
    /// Frames come late.
    StreamDelay(Ms),
    /// Frames come twice.
    StreamDouble,
    /// Frames of one action come in another order.
    StreamShuffle,
    /// An accepted entry ends otherwise than filled.
    Entry(Fate),
    /// A stream opens otherwise than asked.
    Opening(Ajar),
}

/// Copies of one frame at most, however many faults double it.
const MOST_COPIES: usize = 16;

/// How long something old is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lag {
    /// Milliseconds.
    For(Ms),
    /// Reads.
    Calls(u32),
}

/// One fault at work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Its number.
    pub id: u64,
    /// What goes wrong.
    pub trouble: Trouble,
    /// Method it is limited to.
    pub method: Option<String>,
    /// Path it is limited to; `*` stands for any run of characters.
    pub path: String,
    /// Event names it is limited to; none means the owner's events, `*` all streams.
    pub events: Vec<String>,
    /// How many times it still strikes.
    pub left: Option<u32>,
    /// The page of a list it is limited to.
    pub page: Option<u32>,
    /// When it began.
    pub since: Ms,
    /// When it ends.
    pub until: Option<Ms>,
}

/// Where and how often a fault strikes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// `GET /fapi/v1/order`, `/fapi/*`, or nothing for all.
    pub endpoint: Option<String>,
    /// Event names.
    pub events: Vec<String>,
    /// How many times.
    pub count: Option<u32>,
    /// Which page of a list.
    pub page: Option<u32>,
    /// From when.
    pub since: Ms,
    /// Until when.
    pub until: Option<Ms>,
}

/// All faults at work.
#[derive(Clone, Debug, Default)]
pub struct Faults {
    list: Vec<Fault>,
    last: u64,
}

impl Faults {
    /// Starts a fault; answers its number.
    pub fn add(&mut self, trouble: Trouble, scope: Scope) -> u64 {
        self.last += 1;
        let (method, path) = split_endpoint(scope.endpoint.as_deref());
        self.list.push(Fault {
            id: self.last,
            trouble,
            method,
            path,
            events: scope.events,
            left: scope.count,
            page: scope.page,
            since: scope.since,
            until: scope.until,
        });
        self.last
    }

    /// Ends one fault, or all of them; answers how many.
    pub fn clear(&mut self, id: Option<u64>) -> usize {
        let before = self.list.len();
        self.list.retain(|fault| id.is_some_and(|id| fault.id != id));
        before - self.list.len()
    }

    /// Every fault that still strikes.
    pub fn all(&self) -> &[Fault] {
        &self.list
    }

    /// What goes wrong with a request for a page, in the order the faults were started.
    pub fn for_page(&mut self, method: &str, path: &str, page: u32, now: Ms) -> Vec<Trouble> {
        self.strike(now, |fault| {
            fault.page.is_none_or(|only| only == page)
                && !fault.trouble.is_of_stream()
                && !fault.trouble.is_of_reading()
                && !matches!(fault.trouble, Trouble::Entry(_) | Trouble::Opening(_))
                && fault.covers(method, path)
        })
    }

    /// The lag that positions are shown with after a change made now.
    pub fn rest_lag(&mut self, now: Ms) -> Option<Lag> {
        let struck = self.strike(now, |fault| matches!(fault.trouble, Trouble::RestLag(_)));
        struck.into_iter().find_map(|trouble| match trouble {
            Trouble::RestLag(lag) => Some(lag),
            _ => None,
        })
    }

    /// Whether a change made now would be shown late.
    pub fn has_rest_lag(&self, now: Ms) -> bool {
        let lags = |fault: &Fault| matches!(fault.trouble, Trouble::RestLag(_));
        self.list.iter().any(|fault| fault.is_alive(now) && lags(fault))
    }

    /// Which orders, by the times they were accepted at, a read of this path does not find yet.
    /// Orders from before the fault are always found; a read that hides something is counted.
    pub fn hides(&mut self, accepted: &[Ms], path: &str, now: Ms) -> Vec<bool> {
        let found = self
            .list
            .iter_mut()
            .find(|fault| matches!(fault.trouble, Trouble::Invisible(_)) && fault.sees(path, now));
        let Some(fault) = found else { return vec![false; accepted.len()] };
        let since = fault.since;
        let young = |at: &Ms| match fault.trouble {
            Trouble::Invisible(Lag::For(ms)) => *at >= since && now - *at < ms,
            _ => *at >= since,
        };
        let hidden: Vec<bool> = accepted.iter().map(young).collect();
        if hidden.contains(&true)
            && let Trouble::Invisible(Lag::Calls(left)) = &mut fault.trouble
        {
            *left = left.saturating_sub(1);
            fault.left = if *left == 0 { Some(0) } else { fault.left };
        }
        hidden
    }

    /// How old a history row must be to be listed.
    pub fn history_lag(&self, now: Ms) -> Ms {
        let lags = self.list.iter().filter(|fault| fault.is_alive(now));
        let lags = lags.filter_map(|fault| match fault.trouble {
            Trouble::HistoryLag(ms) => Some(ms),
            _ => None,
        });
        lags.max().unwrap_or(0)
    }

    /// What becomes of the frames of one action: each with the delay it goes out after.
    pub fn bend(&mut self, frames: Vec<Frame>, now: Ms, rng: &mut Rng) -> Vec<(Ms, Frame)> {
        let mut frames = frames;
        let shuffled = frames.iter().filter(|frame| frame.route == Route::Private).count() > 1
            && !self.strike(now, |fault| fault.trouble == Trouble::StreamShuffle).is_empty();
        let differ = frames.windows(2).any(|pair| pair.first() != pair.last());
        if shuffled && differ {
            let before = frames.clone();
            while frames == before {
                rng.shuffle(&mut frames);
            }
        }
        let mut sent = Vec::new();
        for frame in frames {
            let struck = self.strike(now, |fault| {
                fault.trouble.is_of_stream()
                    && fault.trouble != Trouble::StreamShuffle
                    && fault.hears(&frame)
            });
            let (mut copies, mut delay) = (1, 0);
            for trouble in struck {
                match trouble {
                    Trouble::StreamSilent | Trouble::StreamDrop => copies = 0,
                    Trouble::StreamDelay(ms) => delay += ms,
                    Trouble::StreamDouble => copies = (copies * 2).min(MOST_COPIES),
                    _ => {}
                }
            }
            sent.extend((0..copies).map(|_| (delay, frame.clone())));
        }
        sent
    }

    /// Whether a silence keeps an answer back that would go out like this frame. It strikes
    /// frames, not answers, so nothing is counted.
    pub fn mutes(&self, frame: &Frame, now: Ms) -> bool {
        let silent = |fault: &&Fault| fault.trouble == Trouble::StreamSilent && fault.is_alive(now);
        self.list.iter().filter(silent).any(|fault| fault.hears(frame))
    }

    /// The troubles that match, each counted down once; ended ones go.
    pub(crate) fn strike(&mut self, now: Ms, matches: impl Fn(&Fault) -> bool) -> Vec<Trouble> {
        self.list.retain(|fault| fault.is_alive(now));
        let mut struck = Vec::new();
        for fault in self.list.iter_mut().filter(|fault| matches(fault)) {
            struck.push(fault.trouble.clone());
            fault.left = fault.left.map(|left| left.saturating_sub(1));
        }
        self.list.retain(|fault| fault.is_alive(now));
        struck
    }
}

impl Fault {
    fn is_alive(&self, now: Ms) -> bool {
        self.left != Some(0) && self.until.is_none_or(|until| now < until)
    }

    pub(crate) fn covers(&self, method: &str, path: &str) -> bool {
        self.method.as_deref().is_none_or(|only| only.eq_ignore_ascii_case(method))
            && glob(&self.path, path)
    }

    fn sees(&self, path: &str, now: Ms) -> bool {
        self.is_alive(now) && glob(&self.path, path)
    }

    fn hears(&self, frame: &Frame) -> bool {
        if self.events.is_empty() {
            return frame.route == Route::Private;
        }
        self.events.iter().any(|event| event == "*" || event == frame.event)
    }
}

impl Trouble {
    /// Whether it concerns streams rather than requests.
    pub const fn is_of_stream(&self) -> bool {
        matches!(
            self,
            Self::StreamSilent
                | Self::StreamDrop
                | Self::StreamDelay(_)
                | Self::StreamDouble
                | Self::StreamShuffle
        )
    }

    /// Whether it concerns how old what is read is.
    pub const fn is_of_reading(&self) -> bool {
        matches!(self, Self::RestLag(_) | Self::Invisible(_) | Self::HistoryLag(_))
    }
}

fn split_endpoint(endpoint: Option<&str>) -> (Option<String>, String) {
    match endpoint.map(str::trim) {
        None | Some("") => (None, "*".to_owned()),
        Some(text) => match text.split_once(' ') {
            Some((method, path)) => (Some(method.to_owned()), path.trim().to_owned()),
            None => (None, text.to_owned()),
        },
    }
}

/// Whether a text fits a pattern in which `*` stands for any run of characters.
pub fn glob(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| text.strip_prefix(first)) else {
        return false;
    };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return rest.ends_with(part);
        }
        let Some(at) = rest.find(part) else { return false };
        rest = rest.get(at + part.len()..).unwrap_or_default();
    }
    rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on_first_page(faults: &mut Faults, method: &str, path: &str, now: Ms) -> Vec<Trouble> {
        faults.for_page(method, path, 1, now)
    }

    fn scope(endpoint: &str, count: Option<u32>) -> Scope {
        Scope { endpoint: Some(endpoint.to_owned()), count, ..Scope::default() }
    }

    #[test]
    fn a_counted_fault_strikes_so_often_and_only_where_it_should() {
        let mut faults = Faults::default();
        faults.add(Trouble::EmptyList, scope("GET /fapi/*/positionRisk", Some(2)));
        assert!(on_first_page(&mut faults, "GET", "/fapi/v1/order", 0).is_empty());
        assert!(on_first_page(&mut faults, "POST", "/fapi/v3/positionRisk", 0).is_empty());
        assert_eq!(
            on_first_page(&mut faults, "GET", "/fapi/v3/positionRisk", 0),
            [Trouble::EmptyList]
        );
        assert_eq!(
            on_first_page(&mut faults, "GET", "/fapi/v2/positionRisk", 0),
            [Trouble::EmptyList]
        );
        assert!(on_first_page(&mut faults, "GET", "/fapi/v3/positionRisk", 0).is_empty());
    }

    #[test]
    fn a_shuffle_changes_the_order_and_loses_nothing() {
        let frame = |event| Frame {
            route: Route::Private,
            stream: String::new(),
            event,
            body: String::new(),
        };
        let mut faults = Faults::default();
        faults.add(Trouble::StreamShuffle, Scope { count: Some(1), ..Scope::default() });
        let frames = vec![frame("a"), frame("b"), frame("c")];
        let bent = faults.bend(frames.clone(), 0, &mut Rng::new(3));
        let mut names: Vec<&str> = bent.iter().map(|(_, frame)| frame.event).collect();
        assert_ne!(names, ["a", "b", "c"]);
        names.sort_unstable();
        assert_eq!(names, ["a", "b", "c"]);
        assert_eq!(faults.bend(frames.clone(), 0, &mut Rng::new(3)).len(), frames.len());
    }
}
