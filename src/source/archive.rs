//! Files that are known by their first bytes and are not read: packed folders, pictures, programs.
//!
//! Saying what a file is and that it was passed over is better than calling it broken text.

use super::Reason;
use super::format::{Fit, Format, Head};
use super::intake::Intake;

/// The format.
pub(crate) static FORMAT: Archive = Archive;

/// Anything with a known signature that is not read.
pub(crate) struct Archive;

/// Signatures at the start of a file: the bytes, what they are, whether text may be inside.
const SIGNATURES: &[(&[u8], &str, bool)] = &[
    (b"PK\x03\x04", "a zip archive or an office document", true),
    (b"PK\x05\x06", "an empty zip archive", true),
    (b"7z\xBC\xAF\x27\x1C", "a 7z archive", true),
    (b"Rar!\x1A\x07", "a rar archive", true),
    (b"\x28\xB5\x2F\xFD", "packed by zstd", true),
    (b"\xFD7zXZ\0", "packed by xz", true),
    (b"BZh", "packed by bzip2", true),
    (b"\x04\x22\x4D\x18", "packed by lz4", true),
    (b"%PDF-", "a PDF document", true),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old office document", true),
    (b"{\\rtf", "a rich text document", true),
    (b"SQLite format 3\0", "an SQLite database", true),
    (b"\x89PNG\r\n\x1A\n", "a PNG picture", false),
    (b"\xFF\xD8\xFF", "a JPEG picture", false),
    (b"GIF87a", "a GIF picture", false),
    (b"GIF89a", "a GIF picture", false),
    (b"II*\0", "a TIFF picture", false),
    (b"MM\0*", "a TIFF picture", false),
    (b"\0\0\x01\0", "an icon", false),
    (b"ID3", "a sound recording", false),
    (b"OggS", "a sound or film recording", false),
    (b"fLaC", "a sound recording", false),
    (b"\x1A\x45\xDF\xA3", "a film", false),
    (b"\x7FELF", "a program", false),
    (b"\xCF\xFA\xED\xFE", "a program", false),
    (b"\xCE\xFA\xED\xFE", "a program", false),
    (b"\xCA\xFE\xBA\xBE", "a program", false),
    (b"\0asm", "a program", false),
    (b"wOFF", "a font", false),
    (b"wOF2", "a font", false),
];

/// What the bytes are by their signature, and whether text may be inside.
pub(super) fn known(bytes: &[u8]) -> Option<(&'static str, bool)> {
    let at = |from: usize, what: &[u8]| bytes.get(from..from + what.len()) == Some(what);
    if let Some((signature, what, text)) = SIGNATURES.iter().find(|(s, _, _)| at(0, s)) {
        // Text may begin with the letters of a short signature; what follows tells.
        let binary = bytes.iter().take(512).any(|b| *b == 0 || *b >= 0x80);
        let sure = signature.len() > 4 || signature.iter().any(|b| !b.is_ascii_graphic());
        return (sure || binary).then_some((*what, *text));
    }
    if at(257, b"ustar") {
        return Some(("a tar archive", true));
    }
    if at(4, b"ftyp") {
        return Some(("a film or a picture", false));
    }
    if at(0, b"RIFF") && (at(8, b"WEBP") || at(8, b"WAVE") || at(8, b"AVI ")) {
        return Some(("a picture, sound or film", false));
    }
    let dos = bytes.get(0x3C..0x40).and_then(|b| Some(u32::from_le_bytes(b.try_into().ok()?)));
    if at(0, b"MZ") && dos.is_some_and(|offset| at(offset as usize, b"PE\0\0")) {
        return Some(("a program", false));
    }
    (at(0, b"BM") && at(6, b"\0\0\0\0")).then_some(("a BMP picture", false))
}

impl Format for Archive {
    fn name(&self) -> &'static str {
        "archive"
    }

    fn sniff(&self, head: &Head<'_>) -> Fit {
        if known(head.bytes).is_some() { Fit::Sure } else { Fit::No }
    }

    fn read(&self, head: &Head<'_>, intake: &mut Intake<'_>) {
        let Some((what, text)) = known(head.bytes) else { return };
        if text {
            let message = format!("{what}; unpack or export it as text first");
            intake.skip(Reason::Unsupported, "unsupported", message);
        } else {
            intake.skip(Reason::NotText, "not-text", format!("{what}, no text"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::known;

    #[test]
    fn signatures_are_known_and_prose_is_not() {
        assert!(known(b"%PDF-1.7\n").is_some_and(|(_, text)| text));
        assert!(known(b"\x7FELF\x02\x01\x01\0").is_some_and(|(_, text)| !text));
        assert!(known(b"BZh is how the file begins, says the manual.").is_none());
        assert!(known(b"BMW builds a plant").is_none());
        assert!(known(b"MZ is short for Mark Zbikowski").is_none());
    }
}
