//! Where settings and state live: XDG folders, with `DATELINE_*` overrides.

use etcetera::{AppStrategy, AppStrategyArgs, app_strategy::Xdg};
use std::path::PathBuf;

fn folders() -> Option<Xdg> {
    Xdg::new(AppStrategyArgs {
        top_level_domain: "org".to_owned(),
        author: "dateline".to_owned(),
        app_name: "dateline".to_owned(),
    })
    .ok()
}

fn overridden(name: &str) -> Option<PathBuf> {
    std::env::var_os(name)
        .filter(|v| !v.is_empty())
        .map(PathBuf::from)
}

/// The configuration file: `DATELINE_CONFIG`, or `dateline/config.toml` in the configuration folder.
pub fn config() -> Option<PathBuf> {
    overridden("DATELINE_CONFIG").or_else(|| Some(folders()?.config_dir().join("config.toml")))
}

/// The folder for what a person changed: `DATELINE_STATE`, or the state folder.
pub fn state() -> Option<PathBuf> {
    overridden("DATELINE_STATE").or_else(|| folders()?.state_dir())
}
