//! Reading a recording back.
//!
//! Door: [`read`].

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use zstd::stream::read::Decoder;

use crate::domain::input::Input;
use crate::domain::time::Time;
use crate::store::recorder::files::parts_from;
use crate::store::recorder::{FORMAT, Header, Line};

/// The longest reason for which a recording breaks off.
const WHY_MAX: usize = 300;

type Lines = BufReader<Decoder<'static, BufReader<File>>>;

/// The inputs of a recording, in order. Ends at the end, or at the first place that cannot be
/// read: [`Reader::torn`] says which.
#[derive(Debug)]
pub struct Reader {
    parts: std::vec::IntoIter<PathBuf>,
    now: Option<Part>,
    program: String,
    torn: Option<String>,
}

struct Part {
    path: PathBuf,
    lines: Lines,
    line: usize,
}

impl std::fmt::Debug for Part {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Part").field("path", &self.path).field("line", &self.line).finish()
    }
}

/// Opens a recording: a file, and the parts of the same run that follow it.
///
/// # Errors
/// One sentence: no such file, not a recording, or of a format this program does not read.
pub fn read(path: &Path) -> Result<Reader, String> {
    let mut parts = parts_from(path).into_iter();
    let first = parts.next().unwrap_or_else(|| path.to_owned());
    let (part, header) = begin(first)?;
    Ok(Reader { parts, now: Some(part), program: header.program, torn: None })
}

fn begin(path: PathBuf) -> Result<(Part, Header), String> {
    let shown = path.display().to_string();
    let unreadable =
        |error: std::io::Error| format!("the recording {shown} cannot be read ({error})");
    let foreign = || format!("{shown} is not a recording of holdfast: name one of its files");
    let file = File::open(&path).map_err(unreadable)?;
    let decoder = Decoder::new(file).map_err(unreadable)?;
    let mut lines = BufReader::new(decoder);
    let mut first = Vec::new();
    lines.read_until(b'\n', &mut first).map_err(|_| foreign())?;
    let header: Header = serde_json::from_slice(&first).map_err(|_| foreign())?;
    if header.recording != "holdfast" {
        return Err(foreign());
    }
    if header.v != FORMAT {
        let (v, program) = (header.v, &header.program);
        return Err(format!(
            "the recording {shown} has format {v} of holdfast {program}, \
             this program reads format {FORMAT}: use that version"
        ));
    }
    Ok((Part { path, lines, line: 1 }, header))
}

impl Reader {
    /// The version of the program that wrote it.
    pub fn program(&self) -> &str {
        &self.program
    }

    /// What was dropped at the end and why, as one sentence; none when the recording is whole.
    /// Known once the iteration has ended.
    pub fn torn(&self) -> Option<&str> {
        self.torn.as_deref()
    }

    fn tear(&mut self, why: &str) -> Option<(Time, Input)> {
        // What is wrong with a line may repeat any byte of it.
        let why: String = why.chars().filter(|c| !c.is_control()).take(WHY_MAX).collect();
        let place = self.now.take().map(|part| (part.path, part.line));
        let (path, line) = place.unwrap_or_default();
        self.torn = Some(format!(
            "the recording {} breaks off after line {line} ({why}): what follows is dropped",
            path.display()
        ));
        None
    }
}

impl Iterator for Reader {
    type Item = (Time, Input);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let part = self.now.as_mut()?;
            let mut text = Vec::new();
            match part.lines.read_until(b'\n', &mut text) {
                Err(error) => return self.tear(&error.to_string()),
                Ok(0) => {
                    self.now = None;
                    match begin(self.parts.next()?) {
                        Ok((part, _)) => self.now = Some(part),
                        Err(why) => {
                            self.torn = Some(why);
                            return None;
                        }
                    }
                }
                Ok(_) => match serde_json::from_slice::<Line<Input>>(&text) {
                    Ok(line) if line.v == FORMAT => {
                        part.line += 1;
                        return Some((line.at, line.input));
                    }
                    Ok(line) => return self.tear(&format!("the next has format {}", line.v)),
                    Err(error) => return self.tear(&error.to_string()),
                },
            }
        }
    }
}
