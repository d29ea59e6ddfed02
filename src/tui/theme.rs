//! The look: styles of every role and the glyphs to draw with, made once from the settings.

use crate::annotate::EntityKind;
use crate::config::theme::{Color, Style as Plain, Theme as Roles};
use crate::config::{Depth, Settings};
use ratatui::style::{Color as Paint, Modifier, Style};
use ratatui::symbols::border;

/// Marks and lines; one set for terminals with UTF-8, one in ASCII.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glyphs {
    pub(super) exact: &'static str,
    pub(super) inferred: &'static str,
    pub(super) range: &'static str,
    pub(super) undated: &'static str,
    pub(super) cursor: &'static str,
    pub(super) mark: &'static str,
    pub(super) related: &'static str,
    pub(super) star: &'static str,
    pub(super) read: &'static str,
    pub(super) note: &'static str,
    pub(super) ellipsis: &'static str,
    pub(super) gap: &'static str,
    pub(super) dot: &'static str,
    pub(super) rule: &'static str,
    pub(super) arrow: &'static str,
    pub(super) open: &'static str,
    pub(super) close: &'static str,
    pub(super) gutter: &'static str,
    pub(super) thumb: &'static str,
    pub(super) here: &'static str,
    pub(super) from: &'static str,
    pub(super) until: &'static str,
    pub(super) before: &'static str,
    pub(super) after: &'static str,
    pub(super) bars: [&'static str; 9],
    pub(super) border: border::Set<'static>,
}

const UNICODE: Glyphs = Glyphs {
    exact: "◆",
    inferred: "◇",
    range: "≈",
    undated: "·",
    cursor: "▸",
    mark: "●",
    related: "•",
    star: "★",
    read: "✓",
    note: "✎",
    ellipsis: "…",
    gap: "┊",
    dot: "·",
    rule: "─",
    arrow: "→",
    open: "‹",
    close: "›",
    gutter: "▎",
    thumb: "┃",
    here: "▴",
    from: "├",
    until: "┤",
    before: "◂",
    after: "▸",
    bars: [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
    border: border::ROUNDED,
};

const ASCII: Glyphs = Glyphs {
    exact: "*",
    inferred: "+",
    range: "~",
    undated: ".",
    cursor: ">",
    mark: "x",
    related: "-",
    star: "*",
    read: "r",
    note: "n",
    ellipsis: "~",
    gap: ":",
    dot: "-",
    rule: "-",
    arrow: "->",
    open: "<",
    close: ">",
    gutter: "|",
    thumb: "#",
    here: "^",
    from: "|",
    until: "|",
    before: "<",
    after: ">",
    bars: [" ", ".", ".", ":", ":", "-", "=", "+", "#"],
    border: border::Set {
        top_left: "+",
        top_right: "+",
        bottom_left: "+",
        bottom_right: "+",
        vertical_left: "|",
        vertical_right: "|",
        horizontal_top: "-",
        horizontal_bottom: "-",
    },
};

macro_rules! styles {
    ($($field:ident),+ $(,)?) => {
        /// What everything is drawn with.
        #[derive(Clone, Copy, Debug)]
        pub(super) struct Theme {
            $(pub(super) $field: Style,)+
            pub(super) glyphs: Glyphs,
            /// No colours: focus has to show by shape.
            pub(super) mono: bool,
        }

        impl Theme {
            fn from_roles(roles: &Roles, glyphs: Glyphs, mono: bool) -> Self {
                Self { $($field: style(roles.$field),)+ glyphs, mono }
            }
        }
    };
}

styles!(
    text,
    muted,
    faint,
    strong,
    accent,
    border,
    border_focus,
    title,
    title_focus,
    selection,
    selection_other,
    found,
    highlight,
    date_exact,
    date_inferred,
    date_range,
    date_none,
    timex,
    person,
    org,
    place,
    norp,
    misc,
    boilerplate,
    bar,
    key,
    chip,
    mark,
    good,
    warning,
    error,
);

impl Theme {
    /// The look that the settings ask for.
    pub(super) fn new(settings: &Settings) -> Self {
        let glyphs = if settings.ascii { ASCII } else { UNICODE };
        let mono = settings.depth == Depth::None || settings.theme_name == "mono";
        Self::from_roles(&settings.theme, glyphs, mono)
    }

    /// The style of a kind of name.
    pub(super) const fn kind(&self, kind: EntityKind) -> Style {
        match kind {
            EntityKind::Person => self.person,
            EntityKind::Org => self.org,
            EntityKind::Place => self.place,
            EntityKind::Norp => self.norp,
            EntityKind::Misc => self.misc,
        }
    }

    /// The style of the row under the cursor.
    pub(super) const fn row(&self, focused: bool) -> Style {
        if focused {
            self.selection
        } else {
            self.selection_other
        }
    }
}

fn style(plain: Plain) -> Style {
    let mut made = Style::new();
    made.fg = plain.fg.map(paint);
    made.bg = plain.bg.map(paint);
    for (on, modifier) in [
        (plain.bold, Modifier::BOLD),
        (plain.dim, Modifier::DIM),
        (plain.italic, Modifier::ITALIC),
        (plain.underline, Modifier::UNDERLINED),
        (plain.reverse, Modifier::REVERSED),
    ] {
        if on {
            made = made.add_modifier(modifier);
        }
    }
    made
}

const fn paint(color: Color) -> Paint {
    match color {
        Color::Default => Paint::Reset,
        Color::Ansi(0) => Paint::Black,
        Color::Ansi(1) => Paint::Red,
        Color::Ansi(2) => Paint::Green,
        Color::Ansi(3) => Paint::Yellow,
        Color::Ansi(4) => Paint::Blue,
        Color::Ansi(5) => Paint::Magenta,
        Color::Ansi(6) => Paint::Cyan,
        Color::Ansi(7) => Paint::Gray,
        Color::Ansi(8) => Paint::DarkGray,
        Color::Ansi(9) => Paint::LightRed,
        Color::Ansi(10) => Paint::LightGreen,
        Color::Ansi(11) => Paint::LightYellow,
        Color::Ansi(12) => Paint::LightBlue,
        Color::Ansi(13) => Paint::LightMagenta,
        Color::Ansi(14) => Paint::LightCyan,
        Color::Ansi(_) => Paint::White,
        Color::Indexed(number) => Paint::Indexed(number),
        Color::Rgb(r, g, b) => Paint::Rgb(r, g, b),
    }
}
