//! Themes: which colours and weights the roles have, at each of four depths.
//!
//! For: reading `themes/*.toml`, the shipped ones and the operator's. Not for: deciding which
//! role a text has (the views). A theme says what differs; the rest comes from what it
//! inherits, else from the shipped default for its base. Door: [`Theme::load`], [`Depth::find`].

use std::collections::BTreeMap;
use std::path::Path;

use ratatui::style::{Color, Modifier, Style};
use serde::Deserialize;

use crate::ui::role::Role;

const SHIPPED: [(&str, &str); 4] = [
    ("dark", include_str!("../../themes/dark.toml")),
    ("light", include_str!("../../themes/light.toml")),
    ("mono", include_str!("../../themes/mono.toml")),
    ("live", include_str!("../../themes/live.toml")),
];

/// Themes that inherit in a circle are cut off here.
const ANCESTORS_MAX: usize = 4;

/// How many colours the terminal has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// 24 bits.
    Rgb,
    /// The 256-colour palette: the design target.
    Indexed,
    /// The terminal's own sixteen.
    Sixteen,
    /// None.
    Mono,
}

impl Depth {
    /// Finds the depth from the environment: NO_COLOR, COLORTERM, TERM, in this order.
    /// `None` for a terminal that cannot draw at all.
    pub fn find(var: impl Fn(&str) -> Option<String>) -> Option<Self> {
        let term = var("TERM").unwrap_or_default();
        if term.is_empty() || term == "dumb" {
            return None;
        }
        if var("NO_COLOR").is_some_and(|value| !value.is_empty()) {
            return Some(Self::Mono);
        }
        let mux = var("TMUX").is_some() || var("STY").is_some();
        let claims_rgb = matches!(var("COLORTERM").as_deref(), Some("truecolor" | "24bit"));
        // Inside a multiplexer COLORTERM is often inherited from outside and not true here.
        let believed = !mux || term.starts_with("tmux") || term.ends_with("-direct");
        if term.ends_with("-direct") || (claims_rgb && believed) {
            Some(Self::Rgb)
        } else if term.contains("256color") {
            Some(Self::Indexed)
        } else {
            Some(Self::Sixteen)
        }
    }
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: Option<String>,
    #[serde(default)]
    base: Base,
    inherits: Option<String>,
    #[serde(default)]
    palette: BTreeMap<String, Swatch>,
    #[serde(default)]
    role: BTreeMap<String, Paint>,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Base {
    #[default]
    Dark,
    Light,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Swatch {
    rgb: String,
    x256: Index,
    ansi: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Index {
    Number(u8),
    Word(String),
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Paint {
    fg: Option<String>,
    bg: Option<String>,
    #[serde(rename = "mod")]
    weight: Option<String>,
}

/// A theme, resolved for one depth.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    name: String,
    styles: Vec<Style>,
}

impl Theme {
    /// Loads a theme by name: from the operator's directory when it is there, else a shipped one.
    ///
    /// # Errors
    /// One sentence that names the theme and what is wrong with it.
    pub fn load(name: &str, depth: Depth, dir: Option<&Path>) -> Result<Self, String> {
        Self::read(name, depth, dir).map_err(|why| on_a_line(&why))
    }

    fn read(name: &str, depth: Depth, dir: Option<&Path>) -> Result<Self, String> {
        let file = with_ancestors(name, dir, ANCESTORS_MAX)?;
        let mut styles = vec![Style::new(); Role::ALL.len()];
        for role in file.role.keys() {
            if Role::parse(role).is_none() {
                return Err(format!("theme {name}: no role is called \"{role}\""));
            }
        }
        for role in Role::ALL {
            let paint = file
                .role
                .get(role.name())
                .ok_or_else(|| format!("theme {name}: role \"{}\" is missing", role.name()))?;
            styles[*role as usize] = style(&file, paint, depth)
                .map_err(|why| format!("theme {name}, role \"{}\": {why}", role.name()))?;
        }
        Ok(Self { name: file.name.unwrap_or_else(|| name.to_owned()), styles })
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How a role looks.
    pub fn style(&self, role: Role) -> Style {
        self.styles[role as usize]
    }

    /// Names that can be loaded: the shipped ones and the files of the directory.
    pub fn names(dir: Option<&Path>) -> Vec<String> {
        let mut names: Vec<String> = SHIPPED.iter().map(|(name, _)| (*name).to_owned()).collect();
        let entries = dir.and_then(|dir| std::fs::read_dir(dir).ok()).into_iter().flatten();
        for path in entries.flatten().map(|entry| entry.path()) {
            if path.extension().is_some_and(|ext| ext == "toml")
                && let Some(stem) = path.file_stem().and_then(|stem| stem.to_str())
            {
                names.push(stem.to_owned());
            }
        }
        names.sort();
        names.dedup();
        names
    }
}

/// A complaint that repeats a file's words, as far as a line of the screen can show them.
fn on_a_line(why: &str) -> String {
    const LONGEST: usize = 300;
    let line = |c: char| if c.is_control() { ' ' } else { c };
    why.chars().take(LONGEST).map(line).collect()
}

fn read(name: &str, dir: Option<&Path>) -> Result<File, String> {
    if name.contains(['/', '\\']) || name.starts_with('.') {
        return Err(format!("theme {name}: a theme is named without a path"));
    }
    let own = dir.map(|dir| dir.join(format!("{name}.toml"))).filter(|path| path.exists());
    let text = match own {
        Some(path) => std::fs::read_to_string(&path)
            .map_err(|why| format!("theme {name}: cannot read {}: {why}", path.display()))?,
        None => shipped(name).ok_or_else(|| {
            format!("no theme is called {name}; there are {}", Theme::names(dir).join(", "))
        })?,
    };
    toml::from_str(&text).map_err(|why| {
        let line = why.span().map_or(1, |span| text[..span.start].matches('\n').count() + 1);
        format!("theme {name}, line {line}: {}", why.message())
    })
}

fn shipped(name: &str) -> Option<String> {
    SHIPPED.iter().find(|(known, _)| *known == name).map(|(_, text)| (*text).to_owned())
}

fn with_ancestors(name: &str, dir: Option<&Path>, left: usize) -> Result<File, String> {
    let mut file = read(name, dir)?;
    let base = match file.base {
        Base::Dark => "dark",
        Base::Light => "light",
    };
    let parent = match &file.inherits {
        Some(parent) if left == 0 => {
            return Err(format!("theme {name}: inherits {parent} in a circle, or too deep"));
        }
        // A theme that inherits its own name changes the shipped one it hides.
        Some(parent) if *parent != name => with_ancestors(parent, dir, left - 1)?,
        Some(parent) => read(parent, None)?,
        None if base == name && dir.is_none() => return Ok(file),
        None => read(base, None)?,
    };
    for (name, swatch) in parent.palette {
        file.palette.entry(name).or_insert(swatch);
    }
    for (name, paint) in parent.role {
        file.role.entry(name).or_insert(paint);
    }
    Ok(file)
}

fn style(file: &File, paint: &Paint, depth: Depth) -> Result<Style, String> {
    let mut style = Style::new();
    for word in paint.weight.as_deref().unwrap_or_default().split_whitespace() {
        style = style.add_modifier(weight(word)?);
    }
    let find = |name: &String| {
        file.palette.get(name).ok_or_else(|| format!("no colour is called \"{name}\""))
    };
    let fg = paint.fg.as_ref().map(find).transpose()?.map(|s| colour(s, depth)).transpose()?;
    let bg = paint.bg.as_ref().map(find).transpose()?.map(|s| colour(s, depth)).transpose()?;
    if depth == Depth::Mono {
        // What stands on a coloured ground must stand out without it too.
        return Ok(if bg.is_some() { style.add_modifier(Modifier::REVERSED) } else { style });
    }
    style.fg = fg;
    style.bg = bg;
    Ok(style)
}

fn colour(swatch: &Swatch, depth: Depth) -> Result<Color, String> {
    match depth {
        Depth::Rgb if swatch.rgb == "default" => Ok(Color::Reset),
        Depth::Rgb => rgb(&swatch.rgb).ok_or_else(|| format!("\"{}\" is no #rrggbb", swatch.rgb)),
        Depth::Indexed => match &swatch.x256 {
            Index::Number(index) => Ok(Color::Indexed(*index)),
            Index::Word(word) if word == "default" => Ok(Color::Reset),
            Index::Word(word) => Err(format!("\"{word}\" is no number from 0 to 255")),
        },
        Depth::Sixteen | Depth::Mono => {
            ansi(&swatch.ansi).ok_or_else(|| format!("\"{}\" is no terminal colour", swatch.ansi))
        }
    }
}

fn rgb(text: &str) -> Option<Color> {
    let hex = text.strip_prefix('#').filter(|hex| hex.len() == 6 && hex.is_ascii())?;
    let part = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).ok();
    Some(Color::Rgb(part(0)?, part(2)?, part(4)?))
}

fn ansi(name: &str) -> Option<Color> {
    const NAMES: [&str; 8] =
        ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];
    if name == "default" {
        return Some(Color::Reset);
    }
    let (bright, name) = name.strip_prefix("bright-").map_or((0, name), |name| (8, name));
    let index = NAMES.iter().position(|known| *known == name)?;
    u8::try_from(index + bright).ok().map(sixteen)
}

/// The sixteen by name, so that they go out as the short 30-37 and 90-97 codes where a
/// terminal knows nothing else.
fn sixteen(index: u8) -> Color {
    const COLOURS: [Color; 16] = [
        Color::Black,
        Color::Red,
        Color::Green,
        Color::Yellow,
        Color::Blue,
        Color::Magenta,
        Color::Cyan,
        Color::Gray,
        Color::DarkGray,
        Color::LightRed,
        Color::LightGreen,
        Color::LightYellow,
        Color::LightBlue,
        Color::LightMagenta,
        Color::LightCyan,
        Color::White,
    ];
    COLOURS[usize::from(index & 15)]
}

fn weight(word: &str) -> Result<Modifier, String> {
    match word {
        "bold" => Ok(Modifier::BOLD),
        "dim" => Ok(Modifier::DIM),
        "italic" => Ok(Modifier::ITALIC),
        "underline" => Ok(Modifier::UNDERLINED),
        "reverse" => Ok(Modifier::REVERSED),
        _ => Err(format!("\"{word}\" is none of bold, dim, italic, underline, reverse")),
    }
}
