//! The console's turn: wait, update, paint, again; until something ends it.
//!
//! For: pacing. Keys are painted at once, pictures at most four times a second (once when the
//! terminal is in the background or slow), the clock once a second. Not for: what keys mean
//! (`update`). Door: [`run`], [`Session`].

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use crate::domain::command::Ask;
use crate::domain::snapshot::Snapshot;
use crate::domain::time::{Span, Time};
use crate::ui::decode::Typed;
use crate::ui::input::Input;
use crate::ui::mailbox::{Heard, Mailbox, Post};
use crate::ui::model::{Level, Model};
use crate::ui::pace::Pace;
use crate::ui::painter::Painter;
use crate::ui::reel::{Moment, Wind};
use crate::ui::terminal::{self, ScreenError};
use crate::ui::theme::{Depth, Theme};
use crate::ui::update::{Act, Event, update};

/// A terminal that is being resized is painted once it stays as it is for this long.
const RESIZE_SETTLES: Duration = Duration::from_millis(50);

/// What a console needs.
pub struct Session {
    /// Where the engine leaves pictures.
    pub snapshots: Arc<Mailbox>,
    /// Where asks go. Called on the console's thread; must not wait.
    pub ask: Box<dyn Fn(Ask) + Send>,
    /// Where a wish for an incident bundle goes. Called on the console's thread; must not wait:
    /// how it ended comes through the mailbox. None where a recording is shown.
    pub dump: Option<Box<dyn Fn() + Send>>,
    /// Where wishes about a recording go, when one is shown. Called on the console's thread.
    pub wind: Option<Box<dyn Fn(Wind) + Send>>,
    /// `LIVE`, `DEMO` or `REPLAY`.
    pub label: String,
    /// Who asks, for the record: for example a tty.
    pub who: String,
    /// Name of the theme; the mono theme is used without colours whatever this says.
    pub theme: String,
    /// The operator's own themes.
    pub themes_dir: Option<PathBuf>,
    /// How many colours; found from the environment when none is named.
    pub depth: Option<Depth>,
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session").field("label", &self.label).finish_non_exhaustive()
    }
}

/// Why a console ended. The terminal is restored in every case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Left {
    /// The operator asked for it and confirmed.
    Quit,
    /// The terminal is gone; the engine goes on.
    HungUp,
    /// It was ended from outside through its mailbox.
    Stopped,
    /// It panicked; the engine goes on. The text says where.
    Crashed(String),
}

/// Runs the console on this thread until it ends.
///
/// # Errors
/// [`ScreenError`] when there is no terminal to run it on; nothing was changed then.
pub fn run(session: Session) -> Result<Left, ScreenError> {
    let var = |name: &str| std::env::var(name).ok();
    let found = Depth::find(var).ok_or(ScreenError::CannotDraw)?;
    let depth = session.depth.unwrap_or(found);
    let name = if depth == Depth::Mono { "mono" } else { session.theme.as_str() };
    let (theme, complaint) = theme(name, depth, session.themes_dir.as_deref())?;
    let guard = terminal::enter()?;
    let input = Input::start(session.snapshots.clone())
        .map_err(|why| ScreenError::Terminal(why.to_string()))?;
    let is_mux = var("TMUX").is_some() || var("STY").is_some();
    let mut turn = Turn::new(session, theme, depth, !is_mux);
    if let Some(why) = complaint {
        turn.model.say(Level::Error, why);
    }
    let ended = catch_unwind(AssertUnwindSafe(|| turn.until_left()));
    drop(guard);
    drop(input);
    Ok(ended.unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().cloned();
        let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
        Left::Crashed(text.unwrap_or_else(|| "the console panicked".to_owned()))
    }))
}

/// The theme that was asked for; where it cannot be used, the default and the reason. A theme
/// is no reason to keep an operator from the screen.
fn theme(
    name: &str,
    depth: Depth,
    dir: Option<&Path>,
) -> Result<(Theme, Option<String>), ScreenError> {
    match Theme::load(name, depth, dir) {
        Ok(theme) => Ok((theme, None)),
        Err(why) => {
            let fallback = Theme::load("dark", depth, None).map_err(ScreenError::Theme)?;
            Ok((fallback, Some(why)))
        }
    }
}

struct Turn {
    session: Session,
    model: Model,
    theme: Theme,
    depth: Depth,
    painter: Painter,
    /// The engine's time at an instant of ours.
    clock: (Time, Instant),
    pace: Pace,
    /// The second that the clock on the screen shows.
    second: i64,
    resize_at: Option<Instant>,
    left: Option<Left>,
    rings: bool,
}

impl Turn {
    fn new(session: Session, theme: Theme, depth: Depth, syncs: bool) -> Self {
        let wall = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let wall_ms = i64::try_from(wall.as_millis()).unwrap_or(0);
        // Numbers of asks start at the microsecond, so that another console has others.
        let first_ask = u64::try_from(wall.as_micros()).unwrap_or(1);
        let size = terminal::size();
        let mut model = Model::new(&session.label, &session.who, first_ask, size);
        model.themes = Theme::names(session.themes_dir.as_deref());
        let now = Instant::now();
        Self {
            session,
            model,
            theme,
            depth,
            painter: Painter::new(size, syncs),
            clock: (Time(wall_ms), now),
            pace: Pace::default(),
            second: 0,
            resize_at: None,
            left: None,
            rings: false,
        }
    }

    fn now(&self) -> Time {
        // In a recording time goes on when whoever plays it says so.
        if self.session.wind.is_some() {
            return self.clock.0;
        }
        let gone = u64::try_from(self.clock.1.elapsed().as_millis()).unwrap_or(0);
        self.clock.0 + Span(gone)
    }

    fn until_left(&mut self) -> Left {
        // A picture that is there already makes the first paint a full one.
        let post = self.session.snapshots.wait(Instant::now(), true);
        self.take_picture(post.picture, post.moment);
        // What was typed before anything was painted is for nobody.
        for noted in post.heard.into_iter().filter(|heard| matches!(heard, Heard::Noted(_))) {
            self.heard(noted);
        }
        self.hear(Event::Tick);
        if let Err(left) = self.paint() {
            return left;
        }
        loop {
            let data_at = self.pace.data_at(self.model.has_focus, Instant::now());
            let wants_picture = Instant::now() >= data_at;
            let post = self.session.snapshots.wait(self.wake_at(data_at), wants_picture);
            if let Some(left) = post.left {
                return left;
            }
            let has_news = self.take(post);
            if let Some(left) = self.left.take() {
                return left;
            }
            if has_news
                && self.resize_at.is_none()
                && let Err(left) = self.paint()
            {
                return left;
            }
        }
    }

    /// Takes in what came; says whether the screen may look different now.
    fn take(&mut self, post: Post) -> bool {
        let mut has_news = !post.heard.is_empty();
        for heard in post.heard {
            self.heard(heard);
        }
        if post.picture.is_some() {
            self.take_picture(post.picture, post.moment);
            self.pace.took_data(Instant::now());
            has_news = true;
        }
        if self.resize_at.is_some_and(|at| at <= Instant::now()) {
            self.resize_at = None;
            let (width, height) = terminal::size();
            self.hear(Event::Resized(width, height));
            has_news = true;
        }
        let second = self.now().0.div_euclid(1000);
        if second != self.second {
            self.second = second;
            self.hear(Event::Tick);
            has_news = true;
        }
        has_news
    }

    /// The next instant at which something changes by itself: the clock's second, a picture
    /// that may be shown, a resize that has settled.
    fn wake_at(&self, data_at: Instant) -> Instant {
        let now = Instant::now();
        let into = u64::try_from(self.now().0.rem_euclid(1000)).unwrap_or(0);
        let second = now + Duration::from_millis(1000 - into);
        let mut at = second;
        if data_at > now {
            at = at.min(data_at);
        }
        self.resize_at.map_or(at, |resize| at.min(resize))
    }

    fn take_picture(
        &mut self,
        picture: Option<(Arc<Snapshot>, Instant)>,
        moment: Option<Arc<Moment>>,
    ) {
        if let Some((snapshot, put)) = picture {
            self.clock = (snapshot.at, put);
            if let Some(moment) = moment {
                self.clock.0 = moment.at;
                self.hear(Event::Replay(moment));
            }
            self.hear(Event::Snapshot(snapshot));
        }
    }

    fn heard(&mut self, heard: Heard) {
        match heard {
            Heard::Typed(Typed::Key(key)) => self.hear(Event::Key(key)),
            Heard::Typed(Typed::Paste(text)) => self.hear(Event::Paste(text)),
            Heard::Typed(Typed::Focus(has_focus)) => self.hear(Event::Focus(has_focus)),
            Heard::Dumped(how) => self.hear(Event::Dumped(how)),
            Heard::Noted(forms) => self.hear(Event::Noted(forms)),
            Heard::Resized => self.resize_at = Some(Instant::now() + RESIZE_SETTLES),
        }
    }

    fn hear(&mut self, event: Event) {
        let now = self.now();
        for act in update(&mut self.model, now, event) {
            match act {
                Act::Ask(ask) => (self.session.ask)(ask),
                Act::Dump => match &self.session.dump {
                    Some(dump) => dump(),
                    None => self.model.say(Level::Warn, "a recording is not dumped again"),
                },
                Act::Quit => self.left = Some(Left::Quit),
                Act::Repaint => self.painter.repaint(self.model.size),
                Act::Bell => self.rings = true,
                Act::Theme(name) => self.change_theme(&name),
                Act::Wind(wish) => self.session.wind.iter().for_each(|wind| wind(wish)),
            }
        }
    }

    fn change_theme(&mut self, name: &str) {
        match Theme::load(name, self.depth, self.session.themes_dir.as_deref()) {
            Ok(theme) => {
                self.model.say(Level::Ok, format!("theme {name}"));
                self.theme = theme;
            }
            Err(why) => self.model.say(Level::Warn, why),
        }
    }

    fn paint(&mut self) -> Result<(), Left> {
        // Keys read before a question goes to the screen do not answer it.
        if self.model.asks_unseen() {
            for heard in self.session.snapshots.heard() {
                self.heard(heard);
            }
        }
        let bytes = self.painter.frame(&self.model, &self.theme);
        if !bytes.is_empty() || self.rings {
            let began = Instant::now();
            let rung = if self.rings { terminal::write(b"\x07") } else { Ok(()) };
            self.rings = false;
            rung.and_then(|()| terminal::write(bytes)).map_err(|_| Left::HungUp)?;
            self.pace.wrote(began.elapsed(), Instant::now());
        }
        self.hear(Event::Painted);
        Ok(())
    }
}
