//! Where things are kept, by the XDG rules; nothing here touches the disk.

use etcetera::{BaseStrategy, choose_base_strategy};
use std::path::PathBuf;

/// The folders and files of the program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paths {
    /// The settings file: `$DATELINE_CONFIG`, else `config.toml` in the configuration folder.
    pub config: PathBuf,
    /// The folder of overlays and other state.
    pub state: PathBuf,
    /// The folder of libraries.
    pub data: PathBuf,
    /// The folder of what can be made again at any time.
    pub cache: PathBuf,
}

/// The paths for an environment; `home` strategies are asked only where no variable says.
pub fn paths(env: &dyn Fn(&str) -> Option<String>) -> Paths {
    let base = choose_base_strategy().ok();
    let folder = |variable: &str, xdg: &str, fallback: Option<PathBuf>| -> PathBuf {
        let given = |name: &str| {
            env(name)
                .filter(|value| !value.is_empty())
                .map(PathBuf::from)
        };
        given(variable)
            // The XDG rules say that a relative path is to be ignored.
            .or_else(|| Some(given(xdg).filter(|p| p.is_absolute())?.join("dateline")))
            .or_else(|| fallback.map(|folder| folder.join("dateline")))
            .unwrap_or_else(|| PathBuf::from(".dateline"))
    };
    let config_folder = folder(
        "DATELINE_CONFIG_HOME",
        "XDG_CONFIG_HOME",
        base.as_ref().map(BaseStrategy::config_dir),
    );
    let state = folder(
        "DATELINE_STATE_HOME",
        "XDG_STATE_HOME",
        base.as_ref().and_then(BaseStrategy::state_dir),
    );
    let data = folder(
        "DATELINE_DATA_HOME",
        "XDG_DATA_HOME",
        base.as_ref().map(BaseStrategy::data_dir),
    );
    let cache = folder(
        "DATELINE_CACHE_HOME",
        "XDG_CACHE_HOME",
        base.as_ref().map(BaseStrategy::cache_dir),
    );
    let config = env("DATELINE_CONFIG")
        .filter(|value| !value.is_empty())
        .map_or_else(|| config_folder.join("config.toml"), PathBuf::from);
    Paths {
        config,
        state,
        data,
        cache,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn variables_win_in_order() {
        let none = paths(&|_| None);
        assert!(none.config.ends_with("dateline/config.toml"), "{none:?}");
        let xdg = paths(&|name| (name == "XDG_CONFIG_HOME").then(|| "/c".to_owned()));
        assert_eq!(xdg.config, Path::new("/c/dateline/config.toml"));
        let own = paths(&|name| match name {
            "DATELINE_CONFIG" => Some("/x.toml".to_owned()),
            "XDG_STATE_HOME" => Some("relative".to_owned()),
            _ => None,
        });
        assert_eq!(own.config, Path::new("/x.toml"));
        assert!(own.state.is_absolute(), "{own:?}");
    }
}
