//! A frame as a picture: SVG that needs nothing but a monospaced font.
//!
//! A picture is made of cells, so it shows what the screen showed, wide letters at their place.
//! Lines, corners and bars are drawn as shapes: no font joins them in every viewer. Not here: what
//! is on the frame. Invariant: the same frame gives the same bytes.

mod shape;

use super::theme::Theme;
use super::widget::width;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier, Style};
use shape::Shape;
use std::fmt::Write;

/// Size of a cell and of its letters, in pixels; the height is even, so lines fall on pixels.
const CELL: (f32, f32) = (8.4, 18.0);
const FONT: f32 = 14.0;
/// From the top of a cell to the line that letters stand on.
const BASE: f32 = 13.5;
/// Room around the frame.
const EDGE: f32 = 10.0;

/// Colours of a terminal that are no numbers: its ground and ink, and the sixteen.
struct Palette {
    ground: u32,
    ink: u32,
    sixteen: [u32; 16],
}

const DARK: Palette = Palette {
    ground: 0x0016_181d,
    ink: 0x00c9_d1d9,
    sixteen: [
        0x0016_181d,
        0x00e0_6c75,
        0x0098_c379,
        0x00e5_c07b,
        0x0061_afef,
        0x00c6_78dd,
        0x0056_b6c2,
        0x00ab_b2bf,
        0x005c_6370,
        0x00ff_7b86,
        0x00b5_e890,
        0x00ff_d68a,
        0x0074_c0ff,
        0x00de_8ff5,
        0x006f_d3df,
        0x00ff_ffff,
    ],
};

const LIGHT: Palette = Palette {
    ground: 0x00fc_fcfa,
    ink: 0x0024_292f,
    sixteen: [
        0x0024_292f,
        0x00b3_1d28,
        0x0022_863a,
        0x009a_6700,
        0x0003_66d6,
        0x006f_42c1,
        0x001b_7c83,
        0x006a_737d,
        0x0058_6069,
        0x00cb_2431,
        0x0028_a745,
        0x00b0_8800,
        0x0021_88ff,
        0x008a_63d2,
        0x0031_92aa,
        0x00ff_ffff,
    ],
};

/// The picture of a frame that was drawn with this look.
pub(super) fn picture(buf: &Buffer, theme: &Theme) -> String {
    let mut made = Picture::new(if is_dark(theme) { &DARK } else { &LIGHT });
    let columns = usize::from(buf.area.width).max(1);
    for (row, cells) in buf.content().chunks(columns).enumerate() {
        made.grounds(row, cells);
        made.letters(row, cells);
    }
    made.finish(columns, usize::from(buf.area.height))
}

/// True where the letters that stand out are bright: they need a dark ground.
fn is_dark(theme: &Theme) -> bool {
    match theme.strong.fg {
        Some(Color::Rgb(r, g, b)) => u32::from(r) * 3 + u32::from(g) * 6 + u32::from(b) > 10 * 0x80,
        Some(Color::Black) => false,
        _ => true,
    }
}

struct Picture {
    palette: &'static Palette,
    /// Each way of writing, as CSS; its number is its class.
    classes: Vec<String>,
    grounds: String,
    letters: String,
}

impl Picture {
    const fn new(palette: &'static Palette) -> Self {
        Self {
            palette,
            classes: Vec::new(),
            grounds: String::new(),
            letters: String::new(),
        }
    }

    /// Colours of a cell as they are seen: ink, and ground where it is not that of the picture.
    fn colors(&self, style: Style) -> (u32, Option<u32>) {
        let ink = self.rgb(style.fg).unwrap_or(self.palette.ink);
        let ground = self.rgb(style.bg);
        if style.add_modifier.contains(Modifier::REVERSED) {
            (ground.unwrap_or(self.palette.ground), Some(ink))
        } else {
            (ink, ground)
        }
    }

    fn rgb(&self, color: Option<Color>) -> Option<u32> {
        let sixteen = |at: usize| self.palette.sixteen.get(at).copied();
        match color? {
            Color::Reset => None,
            Color::Rgb(r, g, b) => Some(u32::from_be_bytes([0, r, g, b])),
            Color::Indexed(at @ 0..16) => sixteen(at.into()),
            Color::Indexed(at) => Some(indexed(at)),
            Color::Black => sixteen(0),
            Color::Red => sixteen(1),
            Color::Green => sixteen(2),
            Color::Yellow => sixteen(3),
            Color::Blue => sixteen(4),
            Color::Magenta => sixteen(5),
            Color::Cyan => sixteen(6),
            Color::Gray => sixteen(7),
            Color::DarkGray => sixteen(8),
            Color::LightRed => sixteen(9),
            Color::LightGreen => sixteen(10),
            Color::LightYellow => sixteen(11),
            Color::LightBlue => sixteen(12),
            Color::LightMagenta => sixteen(13),
            Color::LightCyan => sixteen(14),
            Color::White => sixteen(15),
        }
    }

    /// Draws what lies under the letters of a row: one box for cells of one colour.
    fn grounds(&mut self, row: usize, cells: &[Cell]) {
        let grounds: Vec<Option<u32>> = cells
            .iter()
            .map(|cell| self.colors(cell.style()).1)
            .collect();
        let mut from = 0;
        for run in grounds.chunk_by(PartialEq::eq) {
            if let Some(color) = run.first().copied().flatten() {
                let (x, y) = corner(from, row);
                let wide = run.len() as f32 * CELL.0;
                let high = CELL.1;
                let _ = writeln!(
                    self.grounds,
                    r##"<path d="M{x:.1} {y:.0}h{wide:.1}v{high:.0}h-{wide:.1}z" fill="#{color:06x}"/>"##
                );
            }
            from += run.len();
        }
    }

    /// Draws the letters of a row: one text for letters of one style in a row.
    fn letters(&mut self, row: usize, cells: &[Cell]) {
        let mut run = Run::default();
        let mut at = 0;
        while let Some(cell) = cells.get(at) {
            let symbol = cell.symbol();
            let style = cell.style();
            let class = self.class(style);
            let columns = width(symbol).max(1);
            if let Some(shape) = shape::of(symbol) {
                self.end(&mut run, row);
                // A line is one stroke, however many cells it goes through.
                let same = |cell: &&Cell| cell.symbol() == symbol && cell.style() == style;
                let rest = cells.get(at..).unwrap_or_default();
                let long = if shape.goes_on() {
                    rest.iter().take_while(same).count()
                } else {
                    1
                };
                self.draw(shape, (at, row), long, class);
                at += long;
                continue;
            }
            // A letter that a font may draw wider or narrower has its place to itself.
            let alone = !symbol.is_ascii();
            // Not every viewer keeps more than one blank.
            let gap = symbol == " " && run.text.ends_with(' ');
            if alone || gap || run.class != class || run.alone {
                self.end(&mut run, row);
            }
            if run.text.is_empty() {
                run = Run {
                    from: at,
                    class,
                    alone,
                    ..Run::default()
                };
            }
            run.text.push_str(symbol);
            run.columns += columns;
            at += columns;
        }
        self.end(&mut run, row);
    }

    fn end(&mut self, run: &mut Run, row: usize) {
        let run = std::mem::take(run);
        let text = run.text.trim_end();
        let cut = run.text.len() - text.len();
        let text = text.trim_start();
        let blank = run.text.len() - cut - text.len();
        if text.is_empty() {
            return;
        }
        let (x, y) = corner(run.from + blank, row);
        let columns = run.columns - blank - cut;
        // A font of other proportions is made to fit the cells.
        let fit = if columns > 1 {
            format!(
                " textLength=\"{:.1}\" lengthAdjust=\"spacingAndGlyphs\"",
                columns as f32 * CELL.0
            )
        } else {
            String::new()
        };
        let class = name(run.class);
        let y = y + BASE;
        let _ = write!(
            self.letters,
            r#"<text x="{x:.1}" y="{y:.1}"{fit} class="{class}">"#
        );
        escape(text, &mut self.letters);
        self.letters.push_str("</text>\n");
    }

    fn draw(&mut self, shape: Shape, (column, row): (usize, usize), cells: usize, class: usize) {
        let (path, more) = shape.path(corner(column, row), cells);
        let class = name(class);
        let _ = writeln!(self.letters, r#"<path d="{path}" class="{class}{more}"/>"#);
    }

    /// The class of a style's letters.
    fn class(&mut self, style: Style) -> usize {
        let (ink, _) = self.colors(style);
        let mut css = format!("fill:#{ink:06x};color:#{ink:06x}");
        for (modifier, words) in [
            (Modifier::BOLD, ";font-weight:bold"),
            (Modifier::DIM, ";opacity:.6"),
            (Modifier::ITALIC, ";font-style:italic"),
            (Modifier::UNDERLINED, ";text-decoration:underline"),
        ] {
            if style.add_modifier.contains(modifier) {
                css.push_str(words);
            }
        }
        let known = self.classes.iter().position(|known| *known == css);
        known.unwrap_or_else(|| {
            self.classes.push(css);
            self.classes.len() - 1
        })
    }

    fn finish(self, columns: usize, rows: usize) -> String {
        let wide = columns as f32 * CELL.0 + 2.0 * EDGE;
        let high = rows as f32 * CELL.1 + 2.0 * EDGE;
        let ground = self.palette.ground;
        let mut made = format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:.1} {high:.1}" width="{wide:.0}" height="{high:.0}" role="img" font-family="ui-monospace,'JetBrains Mono','DejaVu Sans Mono',Menlo,Consolas,monospace" font-size="{FONT}">
<title>The screen of dateline, {columns} columns by {rows} rows</title>
<style>
"#
        );
        for (index, css) in self.classes.iter().enumerate() {
            let _ = writeln!(made, ".{}{{{css}}}", name(index));
        }
        let _ = write!(
            made,
            r##".l{{fill:none;stroke:currentColor;stroke-width:1.2}}
.h{{stroke-width:2.6}}
.d{{stroke-dasharray:2 3}}
</style>
<rect width="{wide:.1}" height="{high:.1}" rx="8" fill="#{ground:06x}"/>
"##
        );
        made.push_str(&self.grounds);
        made.push_str(&self.letters);
        made.push_str("</svg>\n");
        made
    }
}

/// Letters of one style in a row.
#[derive(Default)]
struct Run {
    from: usize,
    columns: usize,
    class: usize,
    text: String,
    /// Nothing is put beside it.
    alone: bool,
}

/// The top left corner of a cell.
fn corner(column: usize, row: usize) -> (f32, f32) {
    (EDGE + column as f32 * CELL.0, EDGE + row as f32 * CELL.1)
}

/// A class has a letter, and a number after the first 26.
fn name(class: usize) -> String {
    let letter = char::from(b'A' + (class % 26) as u8);
    match class / 26 {
        0 => letter.to_string(),
        round => format!("{letter}{round}"),
    }
}

/// One of the 256 colours that are not among the first sixteen.
fn indexed(at: u8) -> u32 {
    let cube = |step: u8| {
        if step == 0 {
            0
        } else {
            55 + u32::from(step) * 40
        }
    };
    if at >= 232 {
        return (8 + u32::from(at - 232) * 10) * 0x0001_0101;
    }
    let at = at.saturating_sub(16);
    cube(at / 36) << 16 | cube(at / 6 % 6) << 8 | cube(at % 6)
}

/// Writes a text so that it is text in XML, whatever it says.
fn escape(text: &str, into: &mut String) {
    for c in text.chars() {
        match c {
            '&' => into.push_str("&amp;"),
            '<' => into.push_str("&lt;"),
            '>' => into.push_str("&gt;"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => into.push('\u{fffd}'),
            c => into.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::settings;
    use super::*;
    use ratatui::layout::Rect;

    fn drawn(text: &str, style: Style, theme: &str) -> String {
        let mut buf = Buffer::empty(Rect::new(0, 0, 20, 1));
        buf.set_string(0, 0, text, style);
        let theme = Theme::new(&settings(&[("DATELINE_THEME", theme)]));
        picture(&buf, &theme)
    }

    #[test]
    fn text_is_escaped_and_wide_letters_keep_their_places() {
        let svg = drawn("a <b> & 漢字 z", Style::new(), "dark");
        assert!(svg.contains(">a &lt;b&gt; &amp;</text>"), "{svg}");
        // Eight columns, then two wide letters of two each, then a blank.
        assert!(
            svg.contains(r#"x="77.2" y="23.5" textLength="16.8""#),
            "{svg}"
        );
        assert!(svg.contains(">漢</text>") && svg.contains(">字</text>"));
        assert!(svg.contains(r#"<text x="119.2""#), "{svg}");
        assert!(!drawn("\u{1b}[31m", Style::new(), "dark").contains('\u{1b}'));
    }

    #[test]
    fn colours_are_those_of_the_style_and_the_ground_those_of_the_theme() {
        let style = Style::new().fg(Color::Rgb(1, 2, 3)).bg(Color::Indexed(21));
        let svg = drawn("x", style.add_modifier(Modifier::BOLD), "dark");
        assert!(
            svg.contains("fill:#010203;color:#010203;font-weight:bold"),
            "{svg}"
        );
        assert!(svg.contains(r##"v18h-8.4z" fill="#0000ff""##), "{svg}");
        let turned = drawn("x", style.add_modifier(Modifier::REVERSED), "dark");
        assert!(
            turned.contains(r##"v18h-8.4z" fill="#010203""##),
            "{turned}"
        );
        let ground = |svg: &str| svg.split("rx=\"8\" fill=").nth(1).unwrap()[..9].to_owned();
        assert_ne!(ground(&svg), ground(&drawn("x", style, "light")));
    }

    #[test]
    fn letters_after_a_gap_have_a_place_of_their_own() {
        let svg = drawn("a b   c", Style::new(), "dark");
        assert!(svg.contains(">a b</text>"), "{svg}");
        assert!(
            svg.contains(r#"<text x="60.4" y="23.5" class="A">c</text>"#),
            "{svg}"
        );
    }

    #[test]
    fn a_border_is_few_strokes() {
        let svg = drawn("╭────────────╮", Style::new(), "dark");
        assert_eq!(svg.matches("<path").count(), 3, "{svg}");
    }
}
