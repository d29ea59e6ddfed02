//! What the environment says of the terminal; the terminal itself is never asked.

use super::theme::Depth;

/// How many colours the terminal has, as far as its environment says; it is never asked.
pub(super) fn depth(env: &dyn Fn(&str) -> Option<String>, forced: Option<bool>) -> Depth {
    let is_set = |name: &str| env(name).is_some_and(|value| !value.is_empty());
    let term = env("TERM").unwrap_or_default();
    let none = forced == Some(false)
        || (forced.is_none() && (is_set("NO_COLOR") || matches!(term.as_str(), "dumb")));
    match env("COLORTERM").as_deref() {
        _ if none => Depth::None,
        Some("truecolor" | "24bit") => Depth::True,
        _ if term.contains("direct") => Depth::True,
        _ if term.contains("256") => Depth::Palette,
        _ => Depth::Sixteen,
    }
}

/// The theme for the background that `COLORFGBG` tells of; dark where nothing does.
pub(super) fn background(env: &dyn Fn(&str) -> Option<String>) -> &'static str {
    let told = env("COLORFGBG").unwrap_or_default();
    match told.rsplit(';').next() {
        Some("7" | "15") => "light",
        _ => "dark",
    }
}

/// True where the locale says that the terminal reads UTF-8.
pub(super) fn utf8(env: &dyn Fn(&str) -> Option<String>) -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .find_map(|name| env(name).filter(|value| !value.is_empty()))
        .unwrap_or_default()
        .to_ascii_lowercase();
    locale.contains("utf-8") || locale.contains("utf8")
}
