//! Every view at the three designed sizes, as text; positions and the dialog with their styles
//! at the four depths. A reviewed difference is how the screen changes.

use holdfast::ui::theme::Depth;
use holdfast::ui::update::Event;

use crate::fixture::{leg, moment, of};
use crate::screen::Screen;

/// Compares a screen with the picture of it that was looked at.
pub fn picture(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("pictures");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

fn views(size: (u16, u16)) {
    for (name, keys) in [("positions", "1"), ("orphans", "2"), ("diff", "3"), ("events", "6")] {
        let mut screen = Screen::new(size, moment());
        screen.press(keys);
        picture(&format!("{name}-{}x{}", size.0, size.1), &screen.text());
    }
}

#[test]
fn the_views_at_80x24() {
    views((80, 24));
}

#[test]
fn the_views_at_120x36() {
    views((120, 36));
}

#[test]
fn the_views_at_200x60() {
    views((200, 60));
}

#[test]
fn help_over_positions() {
    for size in [(80, 24), (120, 36), (200, 60)] {
        let mut screen = Screen::new(size, moment());
        screen.press("?");
        picture(&format!("help-{}x{}", size.0, size.1), &screen.text());
    }
}

#[test]
fn the_dialogs() {
    for (name, symbol, keys) in [
        ("close", "SOLUSDT", "x"),
        ("doubtful", "XRPUSDT", "x"),
        ("adopt", "LTCUSDT", "a"),
        ("quit", "BTCUSDT", "q"),
    ] {
        let mut screen = Screen::new((80, 24), moment());
        screen.go(symbol);
        screen.press(keys);
        picture(&format!("dialog-{name}-80x24"), &screen.text());
    }
}

#[test]
fn below_80x24_things_go_one_after_the_other() {
    for size in [(79, 23), (60, 15), (50, 12), (40, 10), (20, 5)] {
        let screen = Screen::new(size, moment());
        picture(&format!("tiny-{}x{}", size.0, size.1), &screen.text());
    }
}

#[test]
fn a_dialog_fits_on_the_smallest_screens() {
    for size in [(40, 10), (20, 5)] {
        let mut screen = Screen::new(size, moment());
        screen.press("x");
        picture(&format!("tiny-dialog-{}x{}", size.0, size.1), &screen.text());
    }
}

#[test]
fn styles_at_every_depth() {
    use holdfast::domain::amount::Side::{Long, Short};
    let few = || {
        of(vec![
            leg("main", "BTCUSDT", Long, ["0.500", "97,410.0", "96,882.4", "97,120.4"])
                .naked(42, "places the stop"),
            leg("main", "ETHUSDT", Long, ["8.000", "3,388.10", "3,412.55", "3,371.00"]),
            leg("by", "SOLUSDT", Short, ["120.0", "214.310", "219.884", "224.100"])
                .partly("96.0", 9),
        ])
    };
    for (name, theme, depth) in [
        ("rgb", "dark", Depth::Rgb),
        ("256", "dark", Depth::Indexed),
        ("16", "dark", Depth::Sixteen),
        ("mono", "mono", Depth::Mono),
        ("light-256", "light", Depth::Indexed),
    ] {
        let mut screen = Screen::new((80, 24), few());
        picture(&format!("styles-positions-{name}"), &screen.styled(theme, depth));
        screen.press("x");
        picture(&format!("styles-dialog-{name}"), &screen.styled(theme, depth));
    }
}

/// How a drill ended stands beside its goal, which is cut last.
#[test]
fn a_note_takes_the_longest_form_that_fits() {
    let forms = [
        "goal: one stop; reached after 3.4 s; q leaves",
        "goal: one stop; reached",
        "reached: one stop",
    ];
    for (width, shown) in [
        (80, " goal: one stop; reached after 3.4 s; q leaves"),
        (46, " goal: one stop; reached after 3.4 s; q leaves"),
        (45, " goal: one stop; reached"),
        (24, " goal: one stop; reached"),
        (23, " reached: one stop"),
        (14, " reached: on.."),
    ] {
        let mut screen = Screen::new((width, 24), moment());
        screen.hear(Event::Noted(forms.map(str::to_owned).to_vec()));
        screen.painted();
        let text = screen.text();
        assert!(text.lines().any(|line| line.trim_end() == shown), "{shown:?}\n{text}");
    }
}

/// The goal of a drill stands where messages do, as long as there is none.
#[test]
fn a_note_stands_where_nothing_else_is_said() {
    let goal = "goal: the row is closed with its evidence and no stop is left";
    for (size, name) in [((80, 24), "80x24"), ((120, 36), "120x36")] {
        let mut screen = Screen::new(size, moment());
        screen.hear(Event::Noted(vec![goal.to_owned()]));
        screen.painted();
        picture(&format!("note-{name}"), &screen.text());
        screen.hear(Event::Dumped(Ok("dumped".to_owned())));
        screen.painted();
        assert!(screen.text().contains(" ok   dumped") && !screen.text().contains(goal));
        screen.wait(9_000);
        screen.painted();
        assert!(screen.text().contains(goal), "{}", screen.text());
    }
}
