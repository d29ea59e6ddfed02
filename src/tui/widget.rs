//! Small things that panes are drawn with. None of them knows what an article is.

pub(super) mod axis;
pub(super) mod date;
pub(super) mod frame;
pub(super) mod input;
pub(super) mod list;
pub(super) mod spark;
pub(super) mod text;

pub(super) use input::LineEdit;
pub(super) use list::Cursor;
pub(super) use text::{Pen, cut, kind_word, printable, width};
