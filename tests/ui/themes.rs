//! Themes: every role, every depth, enough contrast, and what a bad file gets.

use holdfast::ui::role::Role;
use holdfast::ui::theme::{Depth, Theme};
use ratatui::style::{Color, Modifier};

const SHIPPED: [&str; 4] = ["dark", "light", "mono", "live"];

#[test]
fn every_shipped_theme_has_every_role_at_every_depth() {
    for name in SHIPPED {
        for depth in [Depth::Rgb, Depth::Indexed, Depth::Sixteen, Depth::Mono] {
            let theme = Theme::load(name, depth, None).unwrap_or_else(|why| panic!("{why}"));
            let kinds = Role::ALL.iter().flat_map(|role| {
                let style = theme.style(*role);
                [style.fg, style.bg].into_iter().flatten()
            });
            for colour in kinds.filter(|colour| *colour != Color::Reset) {
                let fits = match colour {
                    Color::Rgb(..) => depth == Depth::Rgb,
                    Color::Indexed(_) => depth == Depth::Indexed,
                    _ => depth == Depth::Sixteen,
                };
                assert!(fits, "{name} at {depth:?} uses {colour}");
            }
        }
    }
}

#[test]
fn without_colours_the_loud_roles_still_differ() {
    for name in SHIPPED {
        let theme = Theme::load(name, Depth::Mono, None).unwrap();
        let weight = |role| theme.style(role).add_modifier;
        assert!(weight(Role::Naked).contains(Modifier::REVERSED | Modifier::BOLD), "{name}");
        assert!(weight(Role::Degraded).contains(Modifier::BOLD), "{name}");
        assert_ne!(weight(Role::Degraded), weight(Role::Guarded), "{name}");
        assert!(weight(Role::Cursor).contains(Modifier::REVERSED), "{name}");
    }
}

/// Relative luminance as WCAG defines it. A measure for eyes, not money: floats are fine.
#[allow(clippy::float_arithmetic, reason = "contrast is a measure for eyes")]
fn luminance(colour: Color) -> f64 {
    let (r, g, b) = match colour {
        Color::Rgb(r, g, b) => (r, g, b),
        Color::Indexed(index) => cube(index),
        other => panic!("no luminance for {other}"),
    };
    let part = |value: u8| {
        let value = f64::from(value) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b)
}

/// The colour cube and grey ramp of the 256-colour palette.
fn cube(index: u8) -> (u8, u8, u8) {
    const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    if index >= 232 {
        let grey = 8 + (index - 232) * 10;
        return (grey, grey, grey);
    }
    let index = usize::from(index - 16);
    (STEPS[index / 36], STEPS[index / 6 % 6], STEPS[index % 6])
}

#[allow(clippy::float_arithmetic, reason = "contrast is a measure for eyes")]
fn contrast(a: Color, b: Color) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn text_has_a_contrast_of_at_least_four_and_a_half_and_lines_of_two() {
    for name in ["dark", "light", "live"] {
        for depth in [Depth::Rgb, Depth::Indexed] {
            let theme = Theme::load(name, depth, None).unwrap();
            // The alarm's text is written in the colour of the ground.
            let ground = theme.style(Role::Naked).fg.unwrap();
            for role in Role::ALL {
                let style = theme.style(*role);
                let Some(fg) = style.fg else { continue };
                let least = if role.name().starts_with("border") { 2.0 } else { 4.5 };
                let on = style.bg.unwrap_or(ground);
                let found = contrast(fg, on);
                assert!(found >= least, "{name} {depth:?} {}: {found:.2}", role.name());
            }
        }
    }
}

#[test]
fn the_depth_follows_the_environment() {
    let find = |vars: &[(&str, &str)]| {
        Depth::find(|name| {
            vars.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        })
    };
    assert_eq!(find(&[]), None);
    assert_eq!(find(&[("TERM", "dumb"), ("COLORTERM", "truecolor")]), None);
    assert_eq!(find(&[("TERM", "xterm-256color")]), Some(Depth::Indexed));
    assert_eq!(find(&[("TERM", "xterm"), ("COLORTERM", "truecolor")]), Some(Depth::Rgb));
    assert_eq!(find(&[("TERM", "xterm-256color"), ("COLORTERM", "yes")]), Some(Depth::Indexed));
    assert_eq!(find(&[("TERM", "linux")]), Some(Depth::Sixteen));
    assert_eq!(find(&[("TERM", "xterm"), ("NO_COLOR", "1")]), Some(Depth::Mono));
    assert_eq!(find(&[("TERM", "xterm"), ("NO_COLOR", "")]), Some(Depth::Sixteen));
    let lying = [("TERM", "screen-256color"), ("COLORTERM", "truecolor"), ("TMUX", "x")];
    assert_eq!(find(&lying), Some(Depth::Indexed));
    let honest = [("TERM", "tmux-256color"), ("COLORTERM", "truecolor"), ("TMUX", "x")];
    assert_eq!(find(&honest), Some(Depth::Rgb));
}

#[test]
fn an_own_theme_states_only_what_differs() {
    let dir = tempfile::tempdir().unwrap();
    let gain = "gain = { rgb = \"#00ff00\", x256 = 46, ansi = \"bright-green\" }";
    let text = format!("inherits = \"dark\"\n[palette]\n{gain}\n");
    std::fs::write(dir.path().join("mine.toml"), text).unwrap();
    let mine = Theme::load("mine", Depth::Indexed, Some(dir.path())).unwrap();
    let dark = Theme::load("dark", Depth::Indexed, None).unwrap();
    assert_eq!(mine.style(Role::Gain).fg, Some(Color::Indexed(46)));
    assert_eq!(mine.style(Role::Loss), dark.style(Role::Loss));
    assert!(Theme::names(Some(dir.path())).contains(&"mine".to_owned()));
}

#[test]
fn a_bad_theme_gets_one_sentence_that_names_the_place() {
    let dir = tempfile::tempdir().unwrap();
    for (text, wanted) in [
        (
            "base = \"dark\"\n[role]\n\"state.nakid\" = { fg = \"fg\" }\n",
            "no role is called \"state.nakid\"",
        ),
        ("[role]\n\"text\" = { fg = \"purple\" }\n", "no colour is called \"purple\""),
        ("[palette]\nfg = { rgb = \"red\", x256 = 1, ansi = \"red\" }\n", "\"red\" is no #rrggbb"),
        ("[role]\n\"text\" = { mod = \"loud\" }\n", "\"loud\" is none of"),
        ("name = \"a\"\ncolour = 3\n", "line 2"),
        ("inherits = \"other\"\n", "no theme is called other"),
    ] {
        std::fs::write(dir.path().join("bad.toml"), text).unwrap();
        let why = Theme::load("bad", Depth::Rgb, Some(dir.path())).unwrap_err();
        assert!(why.contains(wanted) && why.contains("theme"), "{text}: {why}");
    }
    std::fs::write(dir.path().join("a.toml"), "inherits = \"b\"").unwrap();
    std::fs::write(dir.path().join("b.toml"), "inherits = \"a\"").unwrap();
    let why = Theme::load("a", Depth::Rgb, Some(dir.path())).unwrap_err();
    assert!(why.contains("circle"), "{why}");
    assert!(Theme::load("../../etc/passwd", Depth::Rgb, Some(dir.path())).is_err());
}
