//! The table of characters that do not stay as they are.
//!
//! What would move the cursor or turn the order of reading leaves a mark; what only hides (zero
//! width, soft hyphens) goes; what only looks like nothing becomes a space.

/// What stands for something that was there and is not shown.
pub(super) const GONE: char = '\u{FFFD}';

/// What happens to a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    Keep,
    Space,
    Newline,
    Drop,
    Mark(char),
    /// A joiner: kept in scripts and pictures that need it.
    Joiner,
}

/// The table of characters that do not stay as they are.
pub(super) fn fate(c: char) -> Fate {
    match c {
        '\n' | ' '..='~' => Fate::Keep,
        '\t' | '\u{FFFA}' | '\u{FFFC}' | '\u{3164}' | '\u{FFA0}' | '\u{2800}' => Fate::Space,
        '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Fate::Newline,
        '\0'..='\u{1F}' => Fate::Mark(char::from_u32(0x2400 + c as u32).unwrap_or(GONE)),
        '\u{7F}' => Fate::Mark('\u{2421}'),
        '\u{200C}' | '\u{200D}' => Fate::Joiner,
        '\u{AD}'
        | '\u{34F}'
        | '\u{61C}'
        | '\u{115F}'
        | '\u{1160}'
        | '\u{17B4}'
        | '\u{17B5}'
        | '\u{180B}'..='\u{180F}'
        | '\u{200B}'
        | '\u{200E}'
        | '\u{200F}'
        | '\u{202A}'..='\u{202C}'
        | '\u{2060}'..='\u{206F}'
        | '\u{FEFF}'
        | '\u{FFF9}'
        | '\u{FFFB}'
        | '\u{FFF0}'..='\u{FFF8}'
        | '\u{1BCA0}'..='\u{1BCA3}'
        | '\u{1D173}'..='\u{1D17A}'
        | '\u{E0100}'..='\u{E01EF}' => Fate::Drop,
        // C1 controls, overriding bidi controls, tags that hide a message, no characters at all.
        '\u{80}'..='\u{9F}'
        | '\u{202D}'
        | '\u{202E}'
        | '\u{E0000}'..='\u{E0FFF}'
        | '\u{FDD0}'..='\u{FDEF}' => Fate::Mark(GONE),
        _ if c as u32 & 0xFFFE == 0xFFFE => Fate::Mark(GONE),
        _ => Fate::Keep,
    }
}
