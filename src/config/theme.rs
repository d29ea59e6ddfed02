//! Colours as data: every role of the screen with a style, in three depths of colour.
//!
//! A style is a line such as `"#82aaff/light-blue bold on #1e2030/black"`: a colour for terminals
//! with true colour, after a slash the one for sixteen colours, then words. Not here: anything
//! that draws.

use super::place::Complaint;
use std::collections::BTreeMap;

/// A colour without a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Color {
    /// What the terminal has by default.
    Default,
    /// One of the sixteen.
    Ansi(u8),
    /// One of the 256.
    Indexed(u8),
    /// Any.
    Rgb(u8, u8, u8),
}

/// A style without a terminal.
// Attributes of a terminal are independent of each other: no state machine hides in them.
#[allow(clippy::struct_excessive_bools)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// Foreground.
    pub fg: Option<Color>,
    /// Background.
    pub bg: Option<Color>,
    /// Bold.
    pub bold: bool,
    /// Dim.
    pub dim: bool,
    /// Italic.
    pub italic: bool,
    /// Underlined.
    pub underline: bool,
    /// Foreground and background swapped.
    pub reverse: bool,
}

/// How many colours a terminal shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// None: `NO_COLOR`.
    None,
    /// Sixteen.
    #[default]
    Sixteen,
    /// 256.
    Palette,
    /// All.
    True,
}

/// Names of the sixteen colours, in the order of their numbers.
const ANSI: [&str; 16] = [
    "black",
    "red",
    "green",
    "yellow",
    "blue",
    "magenta",
    "cyan",
    "gray",
    "dark-gray",
    "light-red",
    "light-green",
    "light-yellow",
    "light-blue",
    "light-magenta",
    "light-cyan",
    "white",
];

macro_rules! roles {
    ($($(#[doc = $doc:literal])+ $field:ident = $name:literal,)+) => {
        /// Every role of the screen and its style.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub struct Theme {
            $($(#[doc = $doc])+ pub $field: Style,)+
        }

        impl Theme {
            /// Names of the roles, as theme files write them.
            pub const ROLES: &'static [&'static str] = &[$($name,)+];

            fn role(&mut self, name: &str) -> Option<&mut Style> {
                match name {
                    $($name => Some(&mut self.$field),)+
                    _ => None,
                }
            }
        }
    };
}

roles! {
    /// Running text.
    text = "text",
    /// Second rank: sources, counts, labels.
    muted = "muted",
    /// Third rank: rules, gaps, hints of where nothing is.
    faint = "faint",
    /// What stands out without being selected.
    strong = "strong",
    /// The name of the program and of the focused pane.
    accent = "accent",
    /// A pane's border.
    border = "border",
    /// The border of the focused pane.
    border_focus = "border-focus",
    /// A pane's title.
    title = "title",
    /// The focused pane's title.
    title_focus = "title-focus",
    /// The row under the cursor of the focused pane.
    selection = "selection",
    /// The row under the cursor of another pane.
    selection_other = "selection-other",
    /// Letters that match a search.
    found = "match",
    /// The sentence that an event or a quote jumps to.
    highlight = "highlight",
    /// A date that is stated to the day.
    date_exact = "date-exact",
    /// A date that is inferred.
    date_inferred = "date-inferred",
    /// A range, or a date given roughly.
    date_range = "date-range",
    /// No date.
    date_none = "date-none",
    /// A time expression in the text.
    timex = "timex",
    /// A person.
    person = "person",
    /// An organization.
    org = "org",
    /// A place.
    place = "place",
    /// A nationality or a group.
    norp = "norp",
    /// Another name.
    misc = "misc",
    /// Menus, teasers and the like.
    boilerplate = "boilerplate",
    /// Bars of density strips and sparklines.
    bar = "bar",
    /// A key in a hint.
    key = "key",
    /// What a filter or search shows by.
    chip = "chip",
    /// Marked rows.
    mark = "mark",
    /// Agreement.
    good = "good",
    /// A warning.
    warning = "warning",
    /// A conflict or an error.
    error = "error",
}

/// Declares the themes: a file each in `assets/themes`.
macro_rules! themes {
    ($($name:literal),* $(,)?) => {
        /// Every theme that comes with the program: its name and its text.
        pub const THEMES: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("../../assets/themes/", $name, ".toml"))),)*];
    };
}

themes! { "dark", "light", "contrast", "contrast-light", "sixteen", "mono", "dusk", "paper" }

impl Theme {
    /// The theme of that name at a depth of colour, with changes laid over it.
    ///
    /// # Errors
    /// A sentence that names the themes, where there is none of that name.
    pub fn load(
        name: &str,
        depth: Depth,
        changes: &BTreeMap<String, String>,
    ) -> Result<(Self, Vec<Complaint>), String> {
        // Without colours a theme is told apart by bold, dim and reverse alone.
        let wanted = if depth == Depth::None { "mono" } else { name };
        let known = |name: &str| THEMES.iter().find(|(known, _)| *known == name);
        let (Some(_), Some((_, text))) = (known(name), known(wanted)) else {
            let names: Vec<&str> = THEMES.iter().map(|(name, _)| *name).collect();
            return Err(format!(
                "no theme is called {name:?}; there are {}",
                names.join(", ")
            ));
        };
        let mut warnings = Vec::new();
        let mut complain = |key: &str, text: String| {
            let (table, key) = ("colors".to_owned(), key.to_owned());
            warnings.push(Complaint { table, key, text });
        };
        let mut made = Self::default();
        let lines: BTreeMap<String, String> = toml::from_str(text).unwrap_or_else(|error| {
            complain("", error.to_string());
            BTreeMap::new()
        });
        for (role, line) in lines.iter().chain(changes) {
            let Some(style) = made.role(role) else {
                let near = super::nearest(role, Self::ROLES.iter().copied());
                let near = near.map_or(String::new(), |near| format!("; did you mean {near:?}?"));
                complain(role, format!("{role:?} is no role{near}"));
                continue;
            };
            match parse(line, depth) {
                Ok(parsed) => *style = parsed,
                Err(error) => complain(role, format!("{role}: {error}")),
            }
        }
        Ok((made, warnings))
    }
}

/// Reads a style line at a depth of colour.
fn parse(line: &str, depth: Depth) -> Result<Style, String> {
    let mut style = Style::default();
    let mut background = false;
    for word in line.split_whitespace() {
        match word {
            "on" => background = true,
            "bold" => style.bold = true,
            "dim" => style.dim = true,
            "italic" => style.italic = true,
            "underline" => style.underline = true,
            "reverse" => style.reverse = true,
            _ => {
                let color = color(word, depth)?;
                if background {
                    style.bg = color;
                } else {
                    style.fg = color;
                }
                background = false;
            }
        }
    }
    Ok(style)
}

fn color(word: &str, depth: Depth) -> Result<Option<Color>, String> {
    let (full, sixteen) = word.split_once('/').unwrap_or((word, word));
    if depth == Depth::None {
        one_color(full)?;
        return Ok(None);
    }
    let full = one_color(full)?;
    let sixteen = one_color(sixteen)?;
    Ok(Some(match (depth, full, sixteen) {
        (Depth::Palette, Color::Rgb(r, g, b), _) => Color::Indexed(palette(r, g, b)),
        (Depth::Palette | Depth::True, full, _) => full,
        // A colour that sixteen cannot show and nobody said what to take instead.
        (_, _, Color::Rgb(..) | Color::Indexed(_)) => Color::Default,
        (_, _, sixteen) => sixteen,
    }))
}

fn one_color(word: &str) -> Result<Color, String> {
    if word == "default" {
        return Ok(Color::Default);
    }
    if let Some(number) = ANSI.iter().position(|name| *name == word) {
        return Ok(Color::Ansi(number as u8));
    }
    let hex = word.strip_prefix('#').filter(|hex| hex.len() == 6);
    if let Some(number) = hex.and_then(|hex| u32::from_str_radix(hex, 16).ok()) {
        let [_, r, g, b] = number.to_be_bytes();
        return Ok(Color::Rgb(r, g, b));
    }
    let near = super::nearest(word, ANSI.iter().copied());
    let near = near.map_or(String::new(), |near| format!("; did you mean {near:?}?"));
    Err(format!(
        "{word:?} is no colour (#rrggbb, a name, default){near}"
    ))
}

/// The nearest of the 256 colours: a grey where the colour is nearly grey, else the 6x6x6 cube.
fn palette(r: u8, g: u8, b: u8) -> u8 {
    let (low, high) = (r.min(g).min(b), r.max(g).max(b));
    if high - low < 12 {
        let level = (u16::from(r) + u16::from(g) + u16::from(b)) / 3;
        return match level {
            0..4 => 16,
            4..243 => 232 + ((level.saturating_sub(3)) / 10).min(23) as u8,
            _ => 231,
        };
    }
    let step = |c: u8| match c {
        0..48 => 0u8,
        48..115 => 1,
        _ => (c - 35) / 40,
    };
    16 + 36 * step(r) + 6 * step(g) + step(b)
}

#[cfg(test)]
mod tests;
