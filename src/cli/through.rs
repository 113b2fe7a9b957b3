//! One-shot commands through the engine that runs on the same state directory.
//!
//! For: saying one request at its door and hearing the lines that come back. Not for: what the
//! words mean (`runtime`), or acting without an engine (`own`). Door: [`Through::find`].

use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::UnixStream;
use tokio::time::{sleep, timeout};

use crate::cli::ending::{Failure, complain};
use crate::cli::words;
use crate::domain::command::{Answer, Command};
use crate::runtime::{FOLLOWED, Line, Scanned, Sight, Signals, Want, knock, write};

/// How long a question may take: a look at every account is one.
const QUESTION: Duration = Duration::from_secs(30);
/// Between two questions for the same.
const PAUSE: Duration = Duration::from_millis(200);
/// The longest line an engine may say: a picture of thousands of legs.
const LINE_MAX: u64 = 64 * 1024 * 1024;
const GONE: &str = "the engine went away before it had an answer; what was sent is in the \
                    ledger's intents, and `holdfast scan` shows what is open";

/// An engine that answers.
#[derive(Debug)]
pub struct Through {
    dir: PathBuf,
}

impl Through {
    /// The engine of a state directory, where one answers.
    ///
    /// # Errors
    /// When there is one that this user must not or cannot use.
    pub async fn find(dir: &Path) -> Result<Option<Self>, Failure> {
        Ok(knock(dir).await?.map(|_| Self { dir: dir.to_owned() }))
    }

    /// The first sight that fits, or the newest after `patience`.
    ///
    /// # Errors
    /// When the engine says why it shows nothing, or is gone.
    pub async fn sight(
        &self,
        patience: Duration,
        fits: impl Fn(&Sight) -> bool,
    ) -> Result<Sight, Failure> {
        let until = tokio::time::Instant::now() + patience;
        loop {
            let sight = match self.question(&Want::Legs).await? {
                Line::Legs(sight) => *sight,
                other => return Err(unexpected(other)),
            };
            if fits(&sight) || tokio::time::Instant::now() >= until {
                return Ok(sight);
            }
            sleep(PAUSE).await;
        }
    }

    /// One complete look by the engine.
    ///
    /// # Errors
    /// When the engine says why there is none, or is gone.
    pub async fn scan(&self) -> Result<Scanned, Failure> {
        match self.question(&Want::Scan).await? {
            Line::Scan(found) => Ok(found),
            other => Err(unexpected(other)),
        }
    }

    /// Asks, says how it goes on, and waits for the final answer.
    ///
    /// # Errors
    /// When none came, or a person did not want to wait for it.
    pub async fn ask(&self, command: Command) -> Result<Answer, Failure> {
        let mut signals = Signals::listen().map_err(|error| error.to_string())?;
        let verb = command.verb();
        let mut talk = Talk::begin(&self.dir, &Want::Ask { who: words::who(), command }).await?;
        let last = async {
            loop {
                match talk.line(FOLLOWED + QUESTION).await? {
                    Line::Answer(answer) if answer.verdict.is_final() => return Ok(answer),
                    Line::Answer(answer) => complain(format_args!("{}", answer.text)),
                    other => return Err(unexpected(other)),
                }
            }
        };
        tokio::select! {
            answer = last => answer,
            () = signals.stop() => Err(format!(
                "not waiting any longer; the {verb} goes on in the engine, and `holdfast scan` \
                 shows what became of it"
            )
            .into()),
        }
    }

    async fn question(&self, want: &Want) -> Result<Line, Failure> {
        Talk::begin(&self.dir, want).await?.line(QUESTION).await
    }
}

fn unexpected(line: Line) -> Failure {
    match line {
        Line::Error { text } => text.into(),
        _ => "the engine answered something else than it was asked".into(),
    }
}

/// One request, and what comes back.
struct Talk {
    lines: BufReader<UnixStream>,
}

impl Talk {
    async fn begin(dir: &Path, want: &Want) -> Result<Self, Failure> {
        let mut line = write(want)?;
        line.push('\n');
        let mut socket = knock(dir).await?.ok_or(GONE)?;
        // An engine that turns somebody away says why and does not read: its word counts.
        let _ = socket.write_all(line.as_bytes()).await;
        Ok(Self { lines: BufReader::new(socket) })
    }

    async fn line(&mut self, patience: Duration) -> Result<Line, Failure> {
        let mut bytes = Vec::new();
        let mut bounded = (&mut self.lines).take(LINE_MAX);
        let read = timeout(patience, bounded.read_until(b'\n', &mut bytes)).await;
        match read {
            Ok(Ok(_)) if bytes.last() == Some(&b'\n') => serde_json::from_slice(&bytes)
                .map_err(|error| format!("the engine's answer makes no sense: {error}").into()),
            Ok(_) => Err(GONE.into()),
            Err(_) => Err(format!("the engine gave no answer in {patience:?}").into()),
        }
    }
}
