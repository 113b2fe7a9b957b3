//! A home directory with a config in it.

use std::path::PathBuf;

use holdfast::settings::{Flags, Settings};
use tempfile::TempDir;

pub const ACCOUNT: &str = r#"
[[account]]
name = "main"
venue = "binance-usdm"
api_key = "env:KEY"
api_secret = "env:SECRET"
"#;

/// A directory that goes with the value, and the config's place in it.
pub struct Home {
    pub dir: TempDir,
    pub config: PathBuf,
}

pub fn home(config: &str) -> Home {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("config.toml");
    std::fs::write(&path, config).unwrap();
    Home { dir, config: path }
}

impl Home {
    pub fn flags(&self) -> Flags {
        Flags { config: Some(self.config.clone()), state_dir: Some(self.dir.path().join("state")) }
    }

    pub fn settings(&self) -> Settings {
        Settings::load(&self.flags(), &nothing).unwrap()
    }

    /// The problems, without the path of the file in front.
    pub fn problems(&self) -> Vec<String> {
        let problems = Settings::load(&self.flags(), &nothing).unwrap_err().problems;
        let file = format!("{}:", self.config.display());
        problems.iter().map(|line| line.replacen(&file, "", 1)).collect()
    }
}

/// An environment in which nothing is set.
pub fn nothing(_: &str) -> Option<String> {
    None
}

pub fn loaded(config: &str) -> Settings {
    home(config).settings()
}

pub fn problems(config: &str) -> Vec<String> {
    home(config).problems()
}
