//! Settings: layers merged once, paths, keymap and theme as data.

pub mod paths;
