//! Memory of this process, for benches; 0 where `/proc` is not there.

/// A line of the status, in KiB: `RssAnon:` is what no file backs, `RssFile:` are mapped pages.
pub(crate) fn of(line: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let found = status.lines().find(|own| own.starts_with(line));
    found
        .and_then(|own| own.split_whitespace().nth(1)?.parse().ok())
        .unwrap_or(0)
}

/// The most memory so far, mapped pages too, in KiB.
#[allow(dead_code)] // Not every bench builds something.
pub(crate) fn most() -> u64 {
    of("VmHWM:")
}
