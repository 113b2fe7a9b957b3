//! `holdfast dump`: an incident in one file, for somebody who was not there.
//!
//! For: gathering what is on the disk, whether an engine runs or not, without any secret. Not
//! for: the form of the file (that is `store::bundle`). Door: [`dump`], [`Dump`].
//! What cannot be had is left out and named: half an incident is better than none.

mod pages;
mod sieve;

use std::fs::{self, File};
use std::io::{self, BufReader, ErrorKind};
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use secrecy::SecretString;
use serde_json::Value;

use crate::cli::args::{DumpArgs, Since};
use crate::cli::dump::sieve::Sieve;
use crate::cli::ending::{Ending, Failure, complain, on_a_line, print};
use crate::cli::state;
use crate::domain::time::{Span, Time};
use crate::runtime::{Clock, Signals};
use crate::settings::{Paths, Settings, SettingsError, process_env};
use crate::store::bundle::{Bundle, MANIFEST, RECORDINGS, Until};
use crate::store::refused::{cause, unread};
use crate::store::{Journal, Ledger, slice};

/// How far back a dump reaches when nobody says.
const LATELY: Span = Span::secs(3600);

/// `holdfast dump`.
pub async fn dump(config: Option<&Path>, state: Option<&Path>, wish: DumpArgs) -> Ending {
    let paths = Paths::find(config, state, &process_env)?;
    if let Err(why) = fs::read_dir(&paths.state.value) {
        let dir = paths.state.value.display();
        let why = match why.kind() {
            ErrorKind::NotFound => {
                format!("there is nothing to dump at {dir}: --state-dir names another place")
            }
            _ => unread(&paths.state.value, &why, state::ELSEWHERE),
        };
        return Err(why.into());
    }
    let settings = Settings::load(config, state).map_err(|error| unsearched(&error))?;
    let dump = Dump::of(&settings)?;
    let now = Clock::start().now();
    let since = match wish.since {
        Some(Since::At(at)) => at,
        Some(Since::Ago(span)) => now - span,
        None => now - LATELY,
    };
    // From here on no signal leaves behind a half-written bundle.
    let mut signals = Signals::listen().map_err(|error| error.to_string())?;
    let stop = dump.stop.clone();
    let mut writing = pin!(dump.write(now, since, wish.out));
    let (path, left_out) = tokio::select! {
        biased;
        done = &mut writing => done?,
        _ = signals.next() => {
            stop.store(true, Ordering::Relaxed);
            // It may have been whole already.
            writing.await.map_err(|_| "stopped by a signal: nothing is dumped, call it again")?
        }
    };
    print(format_args!("{}\n", path.display()))
        .map_err(|why| format!("{}; the bundle is whole: {}", why.0, path.display()))?;
    for why in left_out {
        complain(format_args!("left out: {}", on_a_line(&why)));
    }
    Ok(0)
}

/// A bundle goes elsewhere. Names, remarks and a venue's words stand in all of it, and nobody can
/// say that no key is among them without knowing the keys.
fn unsearched(why: &SettingsError) -> Failure {
    let why = why.0.join("; ");
    format!(
        "nothing is dumped, because it cannot be searched for the accounts' keys: {why}. Run it \
         as the engine is run, or type :dump in the engine's console, which knows its keys"
    )
    .into()
}

/// What a dump is made from.
#[derive(Clone, Debug)]
pub struct Dump {
    state: PathBuf,
    /// Where bundles go that nobody named a file for.
    dumps: PathBuf,
    ledger: PathBuf,
    config: Option<Settings>,
    page: String,
    sieve: Sieve,
    left_out: Vec<String>,
    stop: Arc<AtomicBool>,
}

/// What was written, and what it lacks.
type Written = (PathBuf, Vec<String>);

impl Dump {
    /// Of the engine that this config describes.
    ///
    /// # Errors
    /// When a key cannot be had, so that nothing can be searched for it.
    pub fn of(settings: &Settings) -> Result<Self, Failure> {
        let secrets = settings.secrets(&process_env).map_err(|error| unsearched(&error))?;
        let (state, ledger) = (&settings.paths.state.value, &settings.ledger.value);
        let config = Some(settings.clone());
        Ok(Self { config, ..Self::at(state, ledger, String::new(), &secrets) })
    }

    /// Of an engine without a config file; `page` stands in its place.
    pub fn at(state: &Path, ledger: &Path, page: String, secrets: &[SecretString]) -> Self {
        Self {
            state: state.to_owned(),
            dumps: state::dumps(state),
            ledger: ledger.to_owned(),
            config: None,
            page,
            sieve: Sieve::new(secrets),
            left_out: Vec::new(),
            stop: Arc::default(),
        }
    }

    /// The same, with bundles in this directory.
    pub fn into(self, dumps: PathBuf) -> Self {
        Self { dumps, ..self }
    }

    /// What the console asks for: the last hour, with the moment of asking in it. Tells where it
    /// is, and that in a sentence.
    ///
    /// # Errors
    /// One sentence.
    pub async fn lately(self) -> Result<(PathBuf, String), String> {
        // What the engine was told is on the disk a second later.
        tokio::time::sleep(std::time::Duration::from_millis(1200)).await;
        let now = Clock::start().now();
        let written = self.write(now, now - LATELY, None).await.map_err(|failure| failure.0);
        let (path, left_out) = written?;
        // The name first: where the screen is narrow, the directory is what is cut.
        let name = path.file_name().unwrap_or_default().display();
        let dir = path.parent().unwrap_or(&path).display();
        let but = match left_out.len() {
            0 => String::new(),
            1 => format!(", without {}", left_out.join("")),
            many => format!(", {many} things are left out: see its README"),
        };
        let said = format!("dumped {name} into {dir}{but}");
        Ok((path, said))
    }

    /// Once this is set, what is being written is given up and leaves nothing.
    pub fn stop(&self) -> &AtomicBool {
        &self.stop
    }

    /// Writes a bundle of what happened since then.
    ///
    /// # Errors
    /// One sentence, when the file cannot be written.
    pub async fn write(
        mut self,
        now: Time,
        since: Time,
        out: Option<PathBuf>,
    ) -> Result<Written, Failure> {
        let pages = self.ledger(since).await;
        let work = move || self.bundle(now, since, out, pages);
        let done = tokio::task::spawn_blocking(work).await;
        done.map_err(|error| format!("the dump was cut off: {error}"))?.map_err(Failure)
    }

    fn miss(&mut self, what: &str, why: &str) {
        self.left_out.push(format!("{what}: {why}"));
    }

    /// Everything that the ledger tells.
    async fn ledger(&mut self, since: Time) -> Vec<(String, String)> {
        let ledger = match Ledger::open_read_only(&self.ledger).await {
            Ok(ledger) => ledger,
            Err(why) => {
                self.miss("the ledger", &why.to_string());
                self.show(&[]);
                return Vec::new();
            }
        };
        let demoted = ledger.read().await.map_or_else(|_| Vec::new(), |books| books.demoted);
        self.show(&demoted);
        let mut told = vec![
            ("events.jsonl".to_owned(), ledger.events_json(Some(since)).await),
            ("positions.json".to_owned(), ledger.positions_json().await),
        ];
        for journal in Journal::ALL {
            let name = format!("{}.json", journal.name());
            told.push((name, ledger.journal_json(journal).await));
        }
        let mut pages = Vec::new();
        for (name, value) in told {
            match value {
                Ok(value) => {
                    let text = if name.ends_with('l') { lines(&value) } else { pretty(&value) };
                    pages.push((name, text));
                }
                Err(why) => self.miss(&name, &why),
            }
        }
        pages
    }

    fn show(&mut self, demoted: &[crate::domain::trust::Demotion]) {
        if let Some(settings) = &self.config {
            self.page = settings.show(demoted);
        }
    }

    fn bundle(
        mut self,
        now: Time,
        since: Time,
        out: Option<PathBuf>,
        pages: Vec<(String, String)>,
    ) -> Result<Written, String> {
        let parts = self.parts(since);
        if pages.is_empty() && parts.is_empty() {
            let (dir, why) = (self.state.display(), self.left_out.join("; "));
            return Err(format!("there is nothing to dump in {dir}: {why}"));
        }
        let fresh = (out.is_none() && !self.dumps.is_dir()).then(|| self.dumps.clone());
        let done = self.place(now, out).and_then(|path| {
            self.fill(&path, now, since, parts, pages)?;
            Ok((path, self.left_out))
        });
        if let (Err(_), Some(dir)) = (&done, fresh) {
            fs::remove_dir(dir).ok();
        }
        done
    }

    fn fill(
        &mut self,
        path: &Path,
        now: Time,
        since: Time,
        parts: Vec<PathBuf>,
        mut pages: Vec<(String, String)>,
    ) -> Result<(), String> {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        let name = name.unwrap_or_default();
        let made = u64::try_from(now.0 / 1000).unwrap_or(0);
        // First, so that a file that is in the way is told before the work.
        let mut bundle = Bundle::create_until(path, made, self.stop.clone())?;
        let parts = self.without_secrets(parts);
        let told: Vec<_> = parts.iter().map(|(part, _)| part.clone()).collect();
        pages.push(("timeline.txt".to_owned(), pages::timelines(&told, &self.stop)));
        if !self.page.is_empty() {
            pages.push(("config.toml".to_owned(), self.page.clone()));
        }
        let mut files = Vec::new();
        for (part, long) in &parts {
            let name = part.file_name().map(|name| name.to_string_lossy().into_owned());
            let name = format!("{RECORDINGS}/{}", name.unwrap_or_default());
            match bundle.recording(part, *long) {
                Ok(bytes) => files.push((name, bytes)),
                // The recorder made room for itself meanwhile.
                Err(why) if !part.exists() => self.miss(&name, &why),
                Err(why) => return Err(why),
            }
        }
        for (name, text) in pages {
            let text = self.sieve.clean(text);
            bundle.page(&name, text.as_bytes())?;
            files.push((name, text.len() as u64));
        }
        for why in &mut self.left_out {
            *why = self.sieve.clean(std::mem::take(why));
        }
        let readme = self.sieve.clean(pages::readme(now, since, &name, &self.left_out));
        bundle.page("README.txt", readme.as_bytes())?;
        let manifest = pretty(&pages::manifest(now, since, &files, &self.left_out));
        bundle.page(MANIFEST, self.sieve.clean(manifest).as_bytes())?;
        bundle.finish().map(|_| ())
    }

    fn place(&self, now: Time, out: Option<PathBuf>) -> Result<PathBuf, String> {
        if let Some(path) = out {
            return Ok(path);
        }
        if !self.dumps.is_dir() {
            state::make(&self.dumps, "holdfast dump --out names a file elsewhere")
                .map_err(|failure| failure.0)?;
        }
        let at = now.rfc3339().replace(['-', ':'], "");
        Ok(self.dumps.join(format!("holdfast-{at}.tar.zst")))
    }

    fn parts(&mut self, since: Time) -> Vec<PathBuf> {
        let dir = state::recordings(&self.state);
        let found = slice(&dir, since);
        let why = match &found {
            Ok(parts) if !parts.is_empty() => return parts.clone(),
            Ok(_) => "there is none".to_owned(),
            Err(error) => format!("{}; run as the engine is run", cause(error)),
        };
        self.miss("the recording", &why);
        Vec::new()
    }

    /// A file of the recording is sealed: one with a secret in it cannot be changed, only left
    /// out. Gives how long each was before it was searched: what is added later was not.
    fn without_secrets(&mut self, parts: Vec<PathBuf>) -> Vec<(PathBuf, u64)> {
        let mut clean = Vec::new();
        for part in parts {
            let long = File::open(&part).and_then(|file| file.metadata()).map(|meta| meta.len());
            let holds = long.and_then(|long| Ok((long, holds(&self.sieve, &part, &self.stop)?)));
            let why = match holds {
                Ok((long, false)) => {
                    clean.push((part, long));
                    continue;
                }
                Ok((_, true)) => "a key of the config stands in it".to_owned(),
                Err(why) => format!("{}; run as the engine is run", cause(&why)),
            };
            let name = part.file_name().map(|name| name.to_string_lossy().into_owned());
            self.miss(&name.unwrap_or_default(), &why);
        }
        clean
    }
}

/// Whether a secret is in a file, as it is or unpacked. Once `stop` is set nobody knows, and
/// nothing can be added to a bundle any more.
///
/// # Errors
/// It cannot be read.
fn holds(sieve: &Sieve, part: &Path, stop: &AtomicBool) -> io::Result<bool> {
    let plain = sieve.holds(Until { inner: BufReader::new(File::open(part)?), stop })?;
    let inside = File::open(part).and_then(zstd::stream::read::Decoder::new);
    // Of a file that is being written the last lines cannot be read, by nobody.
    let inside = inside.and_then(|inner| sieve.holds(Until { inner, stop }));
    Ok(plain || inside.unwrap_or(false))
}

fn lines(rows: &Value) -> String {
    let rows = rows.as_array().into_iter().flatten();
    rows.map(|row| format!("{row}\n")).collect()
}

fn pretty(value: &Value) -> String {
    let text = serde_json::to_string_pretty(value).unwrap_or_else(|_| value.to_string());
    format!("{text}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_that_cannot_be_read_is_left_out_and_named() {
        let nowhere = Path::new("/nowhere");
        let key = ["a key that stands nowhere".into()];
        let mut dump = Dump::at(nowhere, &nowhere.join("ledger.db"), String::new(), &key);
        // What nobody can read from its beginning.
        let parts = dump.without_secrets(vec!["/proc/self/mem".into()]);
        assert_eq!(parts, []);
        assert_eq!(dump.left_out, ["mem: Input/output error; run as the engine is run"]);
    }
}
