//! Where everything goes: one pure function of width, height, view and alerts.
//!
//! For: 80x24, 120x36, 200x60 and all between; below 80x24 first the hints go, then the tabs,
//! then columns (the tables see to that), last the frames. "Too small" is never a refusal.
//! Not for: painting. Door: [`regions`].

use ratatui::layout::Rect;

use crate::ui::model::View;

/// Which of the designed layouts is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Size {
    /// The list of what needs somebody, and the flash.
    Least,
    /// Below 80x24.
    Tiny,
    /// 80x24.
    Small,
    /// 120x36.
    Medium,
    /// 200x60.
    Large,
}

/// The places on the screen. What is not there has no area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Regions {
    /// Which layout this is.
    pub size: Size,
    /// One or two lines.
    pub header: Rect,
    /// As many lines as there are alerts, up to the layout's most.
    pub alerts: Rect,
    /// The list.
    pub table: Rect,
    /// Positions: the card. Orphans: evidence. Diff: the ledger's side. Stops: the ratchet.
    /// Events: the facts. Health: the accounts.
    pub left: Rect,
    /// Positions: events, or the differences. Orphans: the choice. Diff: the venue's side.
    /// Stops: what is known of the stop. Health: the engine.
    pub right: Rect,
    /// Positions: events. Orphans: stray stops. Diff: the proof.
    pub bottom: Rect,
    /// The selected row in one line. Health: what stays, in one sentence.
    pub line: Rect,
    /// What a replay tells beside its picture.
    pub replay: Rect,
    /// Messages, prompts.
    pub flash: Rect,
    /// Keys.
    pub hints: Rect,
    /// Views, counts.
    pub tabs: Rect,
}

impl Regions {
    /// Rows that the list has room for.
    pub fn page(&self) -> usize {
        let chrome = if self.size == Size::Least { 0 } else { 3 };
        usize::from(self.table.height.saturating_sub(chrome))
    }
}

fn class(width: u16, height: u16) -> Size {
    match (width, height) {
        (180.., 50..) => Size::Large,
        (100.., 30..) => Size::Medium,
        (80.., 24..) => Size::Small,
        (41.., 11..) => Size::Tiny,
        _ => Size::Least,
    }
}

/// Cuts lines off the top and the bottom of what is left.
struct Cutter {
    rest: Rect,
}

impl Cutter {
    fn top(&mut self, lines: u16) -> Rect {
        let lines = lines.min(self.rest.height);
        let cut = Rect { height: lines, ..self.rest };
        self.rest.y += lines;
        self.rest.height -= lines;
        cut
    }

    fn bottom(&mut self, lines: u16) -> Rect {
        let lines = lines.min(self.rest.height);
        self.rest.height -= lines;
        Rect { y: self.rest.y + self.rest.height, height: lines, ..self.rest }
    }
}

/// The places for a screen of `width` by `height` with this view and so many alerts, and
/// whether a recording is shown.
pub fn regions(width: u16, height: u16, view: View, alerts: usize, is_replay: bool) -> Regions {
    let size = class(width, height);
    let mut cut = Cutter { rest: Rect { x: 0, y: 0, width, height } };
    let lines_of = |least, small, large| match size {
        Size::Least => least,
        Size::Tiny | Size::Small => small,
        Size::Medium | Size::Large => large,
    };
    let alerts_max = match size {
        Size::Least => 0,
        Size::Tiny | Size::Small => 1,
        Size::Medium => 2,
        Size::Large => 3,
    };
    let header = cut.top(lines_of(0, 1, 2));
    let alerts = cut.top(u16::try_from(alerts).unwrap_or(u16::MAX).min(alerts_max));
    let tabs = cut.bottom(u16::from(size >= Size::Small || (size == Size::Tiny && height >= 16)));
    let hints = cut.bottom(u16::from(size >= Size::Small));
    let flash = cut.bottom(1);
    let empty = Rect { x: 0, y: flash.y, width: 0, height: 0 };
    let replay = if is_replay {
        cut.bottom(lines_of(1, if size == Size::Tiny { 1 } else { 7 }, 9))
    } else {
        empty
    };
    let mut regions = Regions {
        size,
        header,
        alerts,
        table: empty,
        left: empty,
        right: empty,
        bottom: empty,
        line: empty,
        replay,
        flash,
        hints,
        tabs,
    };
    if is_replay && size == Size::Small {
        // There is room for the list and for what the recording tells.
        regions.table = cut.rest;
    } else {
        fill(&mut regions, &mut cut, view);
    }
    regions
}

fn fill(regions: &mut Regions, cut: &mut Cutter, view: View) {
    match (regions.size, view) {
        (Size::Least | Size::Tiny, _) => {}
        (Size::Small, View::Positions) => regions.line = cut.bottom(1),
        (Size::Small, View::Orphans) => regions.left = cut.bottom(9),
        (Size::Small, View::Diff) => regions.bottom = cut.bottom(9),
        (Size::Small, View::Stops) => regions.left = cut.bottom(9),
        (Size::Small, View::Events) => regions.left = cut.bottom(5),
        (Size::Small, View::Health) => {
            regions.left = cut.top(7);
            regions.right = cut.top(1);
            regions.line = cut.top(2);
        }
        (Size::Medium, View::Positions) => {
            let pane = cut.bottom(10);
            (regions.left, regions.right) = split(pane, pane.width - pane.width * 3 / 10);
        }
        (Size::Large, View::Positions) => {
            regions.bottom = cut.bottom(12);
            let (table, side) = split(cut.rest, 130.max(cut.rest.width * 13 / 20));
            cut.rest = table;
            let mut side = Cutter { rest: side };
            regions.left = side.top(side.rest.height * 3 / 5);
            regions.right = side.rest;
        }
        (Size::Large, View::Stops) => {
            let pane = cut.bottom(18);
            (regions.left, regions.right) = split(pane, pane.width * 13 / 20);
        }
        (_, View::Stops) => regions.left = cut.bottom(15),
        (_, View::Orphans) => {
            regions.bottom = cut.bottom(5);
            let pane = cut.bottom((cut.rest.height * 3 / 5).min(20));
            (regions.left, regions.right) = split(pane, pane.width / 2);
        }
        (_, View::Diff) => {
            regions.bottom = cut.bottom(9);
            let pane = cut.bottom(10);
            (regions.left, regions.right) = split(pane, pane.width / 2);
        }
        (_, View::Events) => regions.left = cut.bottom(9),
        (size, View::Health) => {
            regions.left = cut.top(if size == Size::Large { 11 } else { 9 });
            regions.right = cut.top(if size == Size::Large { 9 } else { 7 });
            regions.line = cut.top(if size == Size::Large { 1 } else { 2 });
        }
    }
    regions.table = cut.rest;
}

fn split(area: Rect, at: u16) -> (Rect, Rect) {
    let at = at.min(area.width);
    let right = Rect { x: area.x + at, width: area.width - at, ..area };
    (Rect { width: at, ..area }, right)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_designed_sizes_have_the_designed_lines() {
        let small = regions(80, 24, View::Positions, 1, false);
        assert_eq!((small.header.height, small.alerts.height, small.table.height), (1, 1, 18));
        assert_eq!((small.line.height, small.page()), (1, 15));
        let medium = regions(120, 36, View::Positions, 1, false);
        assert_eq!((medium.header.height, medium.table.height), (2, 20));
        assert_eq!((medium.left.width, medium.right.width, medium.left.height), (84, 36, 10));
        let large = regions(200, 60, View::Positions, 5, false);
        assert_eq!((large.alerts.height, large.table.width, large.left.width), (3, 130, 70));
    }

    #[test]
    fn nothing_overlaps_and_nothing_leaves_the_screen_at_any_size() {
        for width in 0..210_u16 {
            for height in 0..64_u16 {
                for view in View::ALL {
                    check(width, height, view, false);
                    check(width, height, view, true);
                }
            }
        }
    }

    fn check(width: u16, height: u16, view: View, is_replay: bool) {
        let r = regions(width, height, view, 9, is_replay);
        let places = [
            r.header, r.alerts, r.table, r.left, r.right, r.bottom, r.line, r.replay, r.flash,
            r.hints, r.tabs,
        ];
        let area: u32 = places.iter().map(|place| place.area()).sum();
        assert_eq!(area, u32::from(width) * u32::from(height), "{width}x{height} {view:?}");
        for place in places {
            assert!(place.right() <= width && place.bottom() <= height);
        }
    }

    #[test]
    fn below_80x24_the_hints_go_first_then_the_tabs_then_the_frames() {
        let r = regions(79, 24, View::Positions, 0, false);
        assert_eq!((r.hints.height, r.tabs.height), (0, 1));
        let r = regions(79, 15, View::Positions, 0, false);
        assert_eq!((r.tabs.height, r.header.height), (0, 1));
        let r = regions(40, 10, View::Positions, 3, false);
        assert_eq!((r.size, r.table.height, r.flash.height), (Size::Least, 9, 1));
    }
}
