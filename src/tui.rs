//! The screen.

use crate::engine::Engine;

/// Runs the screen until the user leaves.
///
/// # Errors
/// If the terminal cannot be set up or written to.
pub fn run(_engine: Engine) -> anyhow::Result<()> {
    Ok(())
}
