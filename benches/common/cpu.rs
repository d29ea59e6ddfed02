//! CPU time of this process, for benches that print one line a size.

/// User and system seconds so far, of all threads; 0 where `/proc` is not there.
pub(crate) fn seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks: u64 = after_name
        .split_whitespace()
        .skip(11)
        .take(2)
        .filter_map(|field| field.parse::<u64>().ok())
        .sum();
    ticks as f64 / 100.0
}

/// Seconds so far, of all threads that are still there, to the nanosecond; 0 where `/proc` is not there.
#[allow(dead_code)] // Not every bench measures so little.
pub(crate) fn fine() -> f64 {
    let tasks = std::fs::read_dir("/proc/self/task");
    let own = |task: std::io::Result<std::fs::DirEntry>| {
        let stat = std::fs::read_to_string(task.ok()?.path().join("schedstat")).ok()?;
        stat.split_whitespace().next()?.parse::<f64>().ok()
    };
    tasks.map_or(0.0, |tasks| tasks.filter_map(own).sum::<f64>() / 1e9)
}
