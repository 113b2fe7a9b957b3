//! The ladder of a trailing stop: prices from the best down to where it began, over time.
//!
//! For: which levels there are, which are left out where there is no room, and the steps the
//! stop took. Not for: the panel around it (`view::ratchet`). Pure text.
//! Door: [`levels`], [`lines`].

use ratatui::layout::Rect;

use crate::domain::amount::Price;
use crate::domain::policy::Policy;
use crate::domain::snapshot::LegView;
use crate::domain::time::{Span, Time};
use crate::ui::format;
use crate::ui::role::Role;
use crate::ui::standing;
use crate::ui::stops;
use crate::ui::view::canvas::{Piece, piece};

/// What a level's line looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bar {
    /// All along, ending in this character.
    Along(char, char),
    /// Dots, crossed where trailing began.
    Arm(Option<Time>),
    /// The stop was here from one instant to the other; still is where there is no other.
    Step(Time, Option<Time>),
    /// The stop should be here since then.
    Want(Time),
}

/// A price worth a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level {
    price: Price,
    name: String,
    bar: Bar,
    role: Role,
    note: String,
    /// Levels with the largest number are left out first.
    priority: usize,
}

impl Level {
    /// What is left out first has most of this: of many moves those that stood the shortest.
    fn loss(&self) -> (usize, std::cmp::Reverse<Span>) {
        let stood = match self.bar {
            Bar::Step(from, Some(until)) => until.since(from),
            _ => Span(0),
        };
        (self.priority, std::cmp::Reverse(stood))
    }
}

/// The levels of a leg's trailing stop; nothing where it has none.
pub fn levels(leg: &LegView, policy: &Policy, now: Time) -> Vec<Level> {
    let Some(view) = stops::trailing(leg) else { return Vec::new() };
    let level = |price, name: &str, bar, role, priority| Level {
        price,
        name: name.to_owned(),
        bar,
        role,
        note: String::new(),
        priority,
    };
    let mut levels = Vec::new();
    if let Some(best) = view.trail.best {
        levels.push(level(best, "watermark", Bar::Along('-', '*'), Role::Text, 6));
    }
    if let Some(mark) = leg.mark {
        levels.push(level(mark.value, "mark", Bar::Along('-', '>'), Role::Text, 3));
    }
    let since = view.active_since;
    let arm = Level {
        name: format!("arm +{}", view.trail.plan.activation),
        note: since.map_or_else(String::new, format::clock),
        ..level(view.arm_at, "", Bar::Arm(since), Role::Dim, 5)
    };
    levels.push(arm);
    if let Some(open) = leg.open() {
        levels.push(level(open.entry, "entry", Bar::Along('=', '='), Role::Text, 2));
    }
    let have = standing::stop_price(leg);
    let want = stops::wanted(leg).filter(|want| Some(*want) != have);
    if let Some(want) = want {
        let from = view.steps.last().map_or(now, |(at, _)| *at);
        let note = have.map_or_else(String::new, |have| waiting(leg, view.step, want, have));
        let want = level(want, "want", Bar::Want(from), Role::Degraded, 1);
        levels.push(Level { note, ..want });
    }
    levels.extend(steps(leg, policy));
    levels
}

/// How much of a step has come together.
fn waiting(leg: &LegView, step: Price, want: Price, have: Price) -> String {
    let Some(side) = crate::ui::rows::side(leg) else { return String::new() };
    let tick = leg.instrument.as_ref().map(|rules| rules.tick.get().scale()).unwrap_or(2);
    let gap = stops::gap(side, want, have);
    format!("{} of {} step", format::fixed(gap, tick), format::fixed(step.get(), tick))
}

/// Where the stop was, oldest first: where it began, its moves, where it is.
fn steps(leg: &LegView, policy: &Policy) -> Vec<Level> {
    let Some(view) = stops::trailing(leg) else { return Vec::new() };
    let have = standing::stop_price(leg);
    let opened = leg.opened.unwrap_or(Time(0));
    let first = stops::initial(leg, policy);
    let mut places: Vec<(Time, Price)> = first.map(|at| (opened, at)).into_iter().collect();
    places.extend(view.steps.iter().copied());
    // What stands on the venue is what it is, whoever put it there.
    if let Some(have) = have.filter(|have| places.last().is_none_or(|(_, at)| at != have)) {
        places.push((leg.stop_since.unwrap_or(opened), have));
    }
    places.sort_by_key(|(at, _)| *at);
    let count = places.len();
    let mut levels = Vec::new();
    for (index, (from, price)) in places.iter().enumerate() {
        let gone = have.is_none().then_some(leg.guard.at);
        let until = places.get(index + 1).map(|(at, _)| *at).or(gone);
        let is_have = index + 1 == count && Some(*price) == have;
        let (name, role, priority) = match (is_have, index) {
            (true, _) => ("have", Role::Guarded, 0),
            (false, 0) => ("initial", Role::Dim, 4),
            (false, _) => ("", Role::Guarded, 7),
        };
        levels.push(Level {
            price: *price,
            name: name.to_owned(),
            bar: Bar::Step(*from, until),
            role,
            note: String::new(),
            priority,
        });
    }
    levels
}

/// The ladder as lines of an area, the time below them where there is room for it.
pub fn lines(
    mut levels: Vec<Level>,
    leg: &LegView,
    now: Time,
    area: Rect,
) -> Vec<Vec<Piece<'static>>> {
    let height = usize::from(area.height);
    let has_axis = height >= 7;
    let room = height.saturating_sub(usize::from(has_axis));
    while levels.len() > room {
        let last = (0..levels.len()).max_by_key(|at| levels[*at].loss());
        let Some(last) = last else { break };
        levels.remove(last);
    }
    levels.sort_by_key(|level| std::cmp::Reverse(level.price));
    let tick = leg.instrument.as_ref().map(|rules| rules.tick);
    let label = |level: &Level| format::price(level.price, tick);
    let price = levels.iter().map(|level| format::width(&label(level))).max().unwrap_or(0);
    let name = levels.iter().map(|level| format::width(&level.name)).max().unwrap_or(0);
    let note = levels.iter().map(|level| format::width(&level.note)).max().unwrap_or(0);
    let width = usize::from(area.width).saturating_sub(price + name + note + 6);
    let scale = Scale { from: begin(&levels, now), now, width };
    let mut lines: Vec<Vec<Piece<'static>>> = levels
        .iter()
        .map(|level| {
            vec![
                piece(format!("{:>price$} ", label(level)), level.role),
                piece(format!("{:<name$} ", level.name), Role::Dim),
                piece(scale.draw(level.bar), level.role),
                piece(format!(" {}", level.note), Role::Dim),
            ]
        })
        .collect();
    if has_axis {
        let indent = " ".repeat(price + name + 2);
        lines.push(vec![piece(indent + &scale.axis(), Role::Dim)]);
    }
    lines
}

/// Where the time of the picture begins: a little before what moved first.
fn begin(levels: &[Level], now: Time) -> Time {
    let moved = levels.iter().filter_map(|level| match level.bar {
        Bar::Step(_, until) => until,
        Bar::Arm(since) => since,
        Bar::Want(since) => Some(since),
        Bar::Along(..) => None,
    });
    let opened = levels.iter().filter_map(|level| match level.bar {
        Bar::Step(from, _) => Some(from),
        _ => None,
    });
    match (moved.min(), opened.min()) {
        (Some(moved), opened) => {
            let lead = Span((now.since(moved).0 / 6).max(1_000));
            opened.map_or(moved - lead, |opened| opened.max(moved - lead))
        }
        (None, Some(opened)) => opened,
        (None, None) => now - Span::secs(60),
    }
}

/// Time across the columns.
struct Scale {
    from: Time,
    now: Time,
    width: usize,
}

impl Scale {
    fn at(&self, time: Time) -> usize {
        let all = self.now.since(self.from).0.max(1);
        let part = u128::from(time.since(self.from).0.min(all));
        let last = self.width.saturating_sub(1) as u128;
        usize::try_from(part * last / u128::from(all)).unwrap_or(0)
    }

    fn draw(&self, bar: Bar) -> String {
        let mut line = vec![' '; self.width];
        let last = self.width.saturating_sub(1);
        let mut fill = |from: usize, to: usize, with: char| {
            line.iter_mut().take(to).skip(from).for_each(|cell| *cell = with);
        };
        let end = match bar {
            Bar::Along(with, end) => {
                fill(0, last, with);
                Some((last, end))
            }
            Bar::Arm(since) => {
                fill(0, since.map_or(self.width, |at| self.at(at)), '.');
                since.map(|at| (self.at(at), 'x'))
            }
            Bar::Step(from, until) => {
                let to = until.map_or(self.width, |at| self.at(at));
                fill(self.at(from), to, '_');
                until.map(|_| (to, '|'))
            }
            Bar::Want(since) => {
                fill(self.at(since), last, '_');
                Some((last, '+'))
            }
        };
        if let Some((at, with)) = end
            && let Some(cell) = line.get_mut(at)
        {
            *cell = with;
        }
        line.into_iter().collect()
    }

    /// Clock times under the columns, as many as stand apart.
    fn axis(&self) -> String {
        let all = self.now.since(self.from).0;
        let letters = if all < 900_000 { 8 } else { 5 };
        let mut line = String::new();
        let count = (self.width / 18).clamp(1, 8);
        for index in 0..count {
            let at = self.width * index / count;
            let ms = all / u64::try_from(count).unwrap_or(1) * u64::try_from(index).unwrap_or(0);
            let clock = format::clock(self.from + Span(ms));
            line.push_str(&" ".repeat(at.saturating_sub(line.len())));
            line.push_str(clock.get(..letters).unwrap_or_default());
        }
        line
    }
}
