//! Which letters a word or headline has, as 64 bits: a quick test before a dear one.

/// Not a letter: the word stands in a spelling of a name.
pub(super) const IN_NAME: u64 = 1 << 63;

/// One bit for each letter of a to z and each digit, 27 for all other characters; what is no letter or digit has none.
pub(super) fn of(folded: &str) -> u64 {
    folded.chars().fold(0, |mask, c| mask | bit(c))
}

fn bit(c: char) -> u64 {
    match c {
        'a'..='z' => 1 << (c as u32 - 'a' as u32),
        '0'..='9' => 1 << (26 + c as u32 - '0' as u32),
        _ if c.is_alphanumeric() => 1 << (36 + c as u32 % 27),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn letters_have_bits_of_their_own() {
        assert_eq!(of("abba"), 3);
        assert_eq!(of("z9 ,!"), 1 << 25 | 1 << 35);
        assert_eq!(of("a") & of("\u{43f}"), 0);
    }
}
