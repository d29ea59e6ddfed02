//! gzip: unpacks, then looks again at what is inside.
//!
//! Several members are one stream. There is a limit on what comes out, and packing inside packing
//! is not followed: a few kilobytes can stand for gigabytes of nothing.

use super::Reason;
use super::format::{Fit, Format, Head, MOST_PACKINGS, dispatch};
use super::intake::Intake;
use crate::article::Warning;
use flate2::bufread::GzDecoder;
use std::io::Read;

/// The format.
pub(crate) static FORMAT: Gzip = Gzip;

/// A file packed by gzip.
pub(crate) struct Gzip;

/// Bytes that always may come out.
const FREE: usize = 48 << 20;
/// Bytes that may come out at most.
const MOST: usize = 256 << 20;
/// Above [`FREE`], how many times larger than the packed bytes the result may be. Text packs to a
/// fifth, markup to a twentieth.
const RATIO: usize = 100;

/// How unpacking ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    Whole,
    /// Something other than gzip follows; what was unpacked is whole.
    Trailing,
    Broken,
    Bomb,
    TooLarge,
}

/// Unpacks all members of `packed` into `out`.
pub(crate) fn unpack(packed: &[u8], out: &mut Vec<u8>) -> End {
    let mut rest = packed;
    let mut chunk = vec![0; 64 * 1024];
    loop {
        let mut decoder = GzDecoder::new(rest);
        loop {
            match decoder.read(&mut chunk) {
                Ok(0) => break,
                Ok(n) => out.extend_from_slice(chunk.get(..n).unwrap_or_default()),
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(_) => return End::Broken,
            }
            let used = packed.len() - decoder.get_ref().len();
            if out.len() > FREE && out.len() / RATIO > used {
                return End::Bomb;
            }
            if out.len() > MOST {
                return End::TooLarge;
            }
        }
        rest = decoder.into_inner();
        if rest.iter().all(|b| *b == 0) {
            // Tapes and some tools pad with zeros.
            return End::Whole;
        }
        if !is_gzip(rest) {
            return End::Trailing;
        }
    }
}

/// True for the signature of gzip with its only method.
pub(crate) fn is_gzip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\x1F\x8B\x08")
}

impl Format for Gzip {
    fn name(&self) -> &'static str {
        "gzip"
    }

    fn sniff(&self, head: &Head<'_>) -> Fit {
        if is_gzip(head.bytes) { Fit::Sure } else { Fit::No }
    }

    fn read(&self, head: &Head<'_>, intake: &mut Intake<'_>) {
        let mut out = Vec::new();
        let end = unpack(head.bytes, &mut out);
        if end == End::Bomb {
            intake.skip(Reason::Bomb, "bomb", "unpacks to far more than it is");
            return;
        }
        if head.packings >= MOST_PACKINGS {
            intake.skip(Reason::Bomb, "bomb", "packed twice or more often; unpack it once first");
            return;
        }
        if out.is_empty() {
            let (reason, message) = match end {
                End::Whole | End::Trailing => (Reason::Empty, "nothing is packed in it"),
                _ => (Reason::Malformed, "the packed bytes are broken at once"),
            };
            intake.skip(reason, "bad-gzip", message);
            return;
        }
        match end {
            End::Whole | End::Bomb => {}
            End::Trailing => intake.warn(Warning::new(
                "trailing-bytes",
                "bytes that are not gzip follow the packed text and were passed over",
            )),
            End::Broken => intake.cut(
                Reason::Malformed,
                "bad-gzip",
                "the packed bytes are cut or damaged; what came out before is kept",
            ),
            End::TooLarge => intake.cut(
                Reason::TooLarge,
                "too-large",
                format!("only the first {} MiB were unpacked", MOST >> 20),
            ),
        }
        dispatch(super::FORMATS, &Head::new(&out, head.packings + 1), intake);
        intake.unpacked(&out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::GzEncoder};
    use std::io::Write;

    fn pack(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn members_join_and_garbage_is_told() {
        let mut out = Vec::new();
        let two = [pack(b"one "), pack(b""), pack(b"two")].concat();
        assert_eq!(unpack(&two, &mut out), End::Whole);
        assert_eq!(out, b"one two");
        out.clear();
        assert_eq!(unpack(&[pack(b"one"), b"rest".to_vec()].concat(), &mut out), End::Trailing);
        out.clear();
        assert_eq!(unpack(&two[..two.len() - 3], &mut out), End::Broken);
    }

    #[test]
    fn a_bomb_ends_early() {
        let mut out = Vec::new();
        let bomb = pack(&vec![0; FREE + (8 << 20)]);
        assert_eq!(unpack(&bomb, &mut out), End::Bomb);
        assert!(out.len() < FREE + (1 << 20));
    }
}
