//! Where log lines go: a file while a console owns the terminal, else stderr.
//!
//! For: setting up `tracing` once per process. Not for: what is logged. Door: [`start`].
//! A log that cannot be written, because its disk is full or its reader has gone or does not
//! read, neither ends nor holds up who logs.

use std::io;
use std::path::Path;

use tracing_appender::non_blocking::WorkerGuard;
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

use crate::cli::args::LogFormat;
use crate::cli::ending::Failure;
use crate::cli::state::{ELSEWHERE, logs, make};

/// Names more or less detail, in `tracing`'s own syntax.
const VARIABLE: &str = "HOLDFAST_LOG";
/// Libraries log requests with their parameters at debug: they stay quiet.
const QUIET: &str = "warn,holdfast=info";
/// Log files kept: one a day.
const DAYS: usize = 14;

/// Logs to stderr when headless, else to a file a day under the state directory, until what is
/// returned is dropped.
///
/// # Errors
/// When the directory cannot be written.
pub fn start(format: LogFormat, headless: bool, state: &Path) -> Result<WorkerGuard, Failure> {
    if headless {
        let (writer, guard) = tracing_appender::non_blocking(io::stderr());
        install(format, writer);
        return Ok(guard);
    }
    let dir = logs(state);
    make(&dir, ELSEWHERE)?;
    let file = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("holdfast")
        .filename_suffix("log")
        .max_log_files(DAYS)
        .build(&dir)
        .map_err(|error| {
            format!("no log can be written in {}: {error}; {ELSEWHERE}", dir.display())
        })?;
    let (writer, guard) = tracing_appender::non_blocking(file);
    install(format, writer);
    Ok(guard)
}

/// Logs to stderr.
pub fn to_stderr(format: LogFormat) {
    install(format, io::stderr);
}

fn install<W>(format: LogFormat, writer: W)
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let filter = EnvFilter::try_from_env(VARIABLE).unwrap_or_else(|_| EnvFilter::new(QUIET));
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_target(false)
        .with_ansi(false)
        .log_internal_errors(false)
        .with_writer(writer);
    // Only the first subscriber of a process counts, and only tests have a second.
    let _ = match format {
        LogFormat::Text => lines.try_init(),
        LogFormat::Json => lines.json().try_init(),
    };
}
