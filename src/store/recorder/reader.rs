//! Reading a recording back.
//!
//! Lines are handed out once the seal after them has been compared: what a crash or a bad disk
//! has made of the rest is never read as something that happened. Door: [`read`].

use std::collections::VecDeque;
use std::fs::File;
use std::io::{BufRead, BufReader, ErrorKind, Read, Seek, Take};
use std::path::{Path, PathBuf};

use zstd::stream::read::Decoder;

use crate::domain::input::Input;
use crate::domain::time::Time;
use crate::store::recorder::lines::{Chain, Digest, End, Header, Line, SEAL, Seal};
use crate::store::recorder::tail::{FRAME, goes_on, written};
use crate::store::recorder::{FORMAT, parts};
use crate::store::refused::unread;

/// The longest reason for which a recording breaks off.
const WHY_MAX: usize = 300;

/// No line, and no lines between two seals, are longer than this.
const LONGEST: usize = 512 * 1024 * 1024;

const ENDLESS: &str = "a line has no end";

type Lines = BufReader<Decoder<'static, BufReader<Take<File>>>>;

/// One input, and what is known of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Counted from the beginning of the run, from 1.
    pub number: u64,
    /// When the core was told.
    pub at: Time,
    /// The last picture that was taken before it, where that is another than before.
    pub shown: Option<u64>,
    /// What the core was told.
    pub input: Input,
    /// What it decided, as JSON; none where nothing, or where the format does not say.
    pub did: Option<String>,
    /// Where the core stood before, as JSON: at the beginning of every part but a run's first.
    pub core: Option<String>,
}

/// The steps of a recording, in order. Ends at the end, or at the first place that cannot be
/// read: [`Reader::torn`] says which, [`Reader::is_damaged`] whether more was sealed after it.
#[derive(Debug)]
pub struct Reader {
    parts: std::vec::IntoIter<PathBuf>,
    now: Option<Part>,
    ready: VecDeque<Step>,
    format: u32,
    program: String,
    digest: Digest,
    /// Later parts are there, and one before them is not.
    gap: bool,
    torn: Option<String>,
    damaged: bool,
}

/// Why no more is read of a file.
struct Fault {
    why: String,
    /// There is no more of it, as when the program that wrote it was killed.
    at_end: bool,
}

impl Fault {
    fn wrong(why: impl Into<String>) -> Self {
        Self { why: why.into(), at_end: false }
    }

    fn short(why: impl Into<String>) -> Self {
        Self { why: why.into(), at_end: true }
    }
}

struct Part {
    path: PathBuf,
    /// When it was opened: it may be growing.
    length: u64,
    lines: Lines,
    format: u32,
    inputs: u64,
    chain: Chain,
    end: Option<End>,
    /// Where the core stood before the next input.
    core: Option<String>,
}

impl std::fmt::Debug for Part {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Part").field("path", &self.path).field("inputs", &self.inputs).finish()
    }
}

/// Opens a recording: a file, and the parts of the same run that follow it.
///
/// # Errors
/// One sentence: no such file, not a recording, or of a format this program does not read.
pub fn read(path: &Path) -> Result<Reader, String> {
    let (parts, gap) = parts::from(path);
    let mut parts = parts.into_iter();
    let first = parts.next().unwrap_or_else(|| path.to_owned());
    let (part, header) = begin(first).map_err(|Fault { why, at_end }| match at_end {
        true => format!("{why}: if it was copied, copy it again"),
        false => why,
    })?;
    Ok(Reader {
        parts,
        now: Some(part),
        ready: VecDeque::new(),
        format: header.v,
        program: header.program,
        digest: header.after,
        gap,
        torn: None,
        damaged: false,
    })
}

fn begin(path: PathBuf) -> Result<(Part, Header), Fault> {
    let shown = path.display().to_string();
    let unreadable = |error: std::io::Error| {
        let way = "name a file of a recording";
        Fault::wrong(format!("the recording {}", unread(&path, &error, way)))
    };
    let foreign =
        || Fault::wrong(format!("{shown} is not a recording of holdfast: name one of its files"));
    // A pipe would keep whoever opens it waiting.
    let about = path.metadata().map_err(unreadable)?;
    if !about.is_file() {
        return Err(Fault::wrong(format!("{shown} is no file: name a file of a recording")));
    }
    let mut file = File::open(&path).map_err(unreadable)?;
    let whole = written(&mut file, about.len()).map_err(unreadable)?;
    // A file that is being written is read as far as it has come.
    let limit = if whole < about.len() { whole } else { u64::MAX };
    let mut head = Vec::new();
    file.by_ref().take(limit.min(FRAME.len() as u64)).read_to_end(&mut head).map_err(unreadable)?;
    if !FRAME.starts_with(&head) {
        return Err(foreign());
    }
    file.rewind().map_err(unreadable)?;
    let decoder = Decoder::new(file.take(limit)).map_err(unreadable)?;
    let mut lines = BufReader::new(decoder);
    let first = match line(&mut lines) {
        Ok(first) if !first.is_empty() => first,
        Err(Fault { why, at_end: false }) if why != ENDLESS => {
            return Err(Fault::wrong(format!("{shown} is damaged at its beginning ({why})")));
        }
        Err(Fault { at_end: false, .. }) => return Err(foreign()),
        _ => return Err(Fault::short(format!("{shown} breaks off at its beginning"))),
    };
    let header: Header = serde_json::from_slice(&first).map_err(|_| foreign())?;
    if header.recording != "holdfast" {
        return Err(foreign());
    }
    if !(1..=FORMAT).contains(&header.v) {
        let (v, program) = (header.v, plain(&header.program));
        return Err(Fault::wrong(format!(
            "the recording {shown} has format {v} of holdfast {program}, \
             this program reads formats 1 to {FORMAT}: use that version"
        )));
    }
    let mut chain = Chain::after(&header.after);
    chain.cover(&first);
    let (format, inputs) = (header.v, header.inputs);
    let length = about.len();
    Ok((Part { path, length, lines, format, inputs, chain, end: None, core: None }, header))
}

/// What a file says, where it is repeated to a person.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(WHY_MAX).collect()
}

/// A line with its end; empty where there is no more.
fn line(lines: &mut Lines) -> Result<Vec<u8>, Fault> {
    let mut text = Vec::new();
    let read = lines.by_ref().take(LONGEST as u64).read_until(b'\n', &mut text);
    match read {
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => {
            Err(Fault::short(error.to_string()))
        }
        Err(error) => Err(Fault::wrong(error.to_string())),
        Ok(0) => Ok(text),
        Ok(_) if text.last() == Some(&b'\n') => Ok(text),
        Ok(_) => Err(Fault::wrong(ENDLESS)),
    }
}

impl Part {
    /// The steps up to the next seal; none at the part's end.
    fn sealed(&mut self, digest: &mut Digest) -> Result<Option<VecDeque<Step>>, Fault> {
        let mut steps = VecDeque::new();
        let mut length = 0;
        loop {
            let text = line(&mut self.lines)?;
            length += text.len();
            if text.is_empty() && steps.is_empty() {
                return Ok(None);
            }
            if text.is_empty() {
                return Err(Fault::short("its last lines have no seal"));
            }
            if length > LONGEST {
                return Err(Fault::wrong("there is no seal in very many lines"));
            }
            if !text.starts_with(SEAL) {
                self.chain.cover(&text);
            }
            let line: Line<'_> =
                serde_json::from_slice(&text).map_err(|e| Fault::wrong(e.to_string()))?;
            match line {
                Line { seal: Some(seal), .. } => {
                    let number = self.inputs + steps.len() as u64;
                    *digest = self.compare(seal, number)?;
                    self.inputs = number;
                    return Ok(Some(steps));
                }
                Line { core: Some(core), .. } => self.core = Some(core.get().to_owned()),
                Line { at: Some(at), shown, input: Some(input), .. } => {
                    let number = self.inputs + steps.len() as u64 + 1;
                    let core = self.core.take();
                    steps.push_back(Step { number, at, shown, input, did: None, core });
                }
                Line { did: Some(did), .. } => match steps.back_mut() {
                    Some(step) => step.did = Some(did.get().to_owned()),
                    None => return Err(Fault::wrong("a decision has no input")),
                },
                _ => return Err(Fault::wrong("a line says nothing")),
            }
            if self.format == 1 {
                self.inputs += steps.len() as u64;
                return Ok(Some(steps));
            }
        }
    }

    fn compare(&mut self, seal: Seal, inputs: u64) -> Result<Digest, Fault> {
        let digest = self.chain.seal();
        if digest != seal.sha256 || inputs != seal.inputs {
            return Err(Fault::wrong("the lines are not what was sealed"));
        }
        self.end = seal.end;
        Ok(digest)
    }
}

impl Reader {
    /// The version of the program that wrote it.
    pub fn program(&self) -> &str {
        &self.program
    }

    /// The version of its lines. The first says neither what was decided nor where the core
    /// stood.
    pub fn format(&self) -> u32 {
        self.format
    }

    /// The digest of everything up to the last seal that was read.
    pub fn digest(&self) -> &str {
        &self.digest.0
    }

    /// What was dropped at the end and why, as one sentence; none when the recording is whole.
    /// Known once the iteration has ended.
    pub fn torn(&self) -> Option<&str> {
        self.torn.as_deref()
    }

    /// Whether it is not merely torn off at its end, as a crash leaves it: something is wrong
    /// before the end, or a part does not follow. Known once the iteration has ended.
    pub fn is_damaged(&self) -> bool {
        self.damaged
    }

    /// Whether what is read is not the end, whatever became of the file.
    fn has_later(&self) -> bool {
        self.gap || !self.parts.as_slice().is_empty()
    }

    /// Nothing more is read: its end is torn off, or it is damaged.
    fn lose(&mut self, fault: &Fault) {
        let Some(Part { path, length, inputs, .. }) = self.now.take() else { return };
        let shown = path.display();
        self.damaged = !fault.at_end || self.has_later() || goes_on(&path, length, inputs);
        // What is wrong with a line may repeat any byte of it.
        let why = plain(&fault.why);
        self.torn = Some(if self.damaged {
            format!(
                "the recording {shown} is damaged after input {inputs} ({why}): nothing that \
                 follows is read"
            )
        } else {
            format!(
                "the recording {shown} ends after input {inputs} in the midst of its run: the \
                 program is still writing it, or was killed and what came later is lost"
            )
        });
    }

    /// Reads up to the next seal, in the next part where this one has ended.
    fn more(&mut self) -> Option<()> {
        let part = self.now.as_mut()?;
        match part.sealed(&mut self.digest) {
            // Where the last seal says that nothing follows, nothing was torn off.
            Err(fault) if !fault.at_end || part.end.is_none() => self.lose(&fault),
            Ok(Some(steps)) => self.ready = steps,
            Ok(None) | Err(_) => match (part.format, part.end, self.parts.next()) {
                (1, _, None) => self.now = None,
                (_, Some(End::Run), next) => self.finish(next.is_some() || self.gap),
                (1, _, Some(path)) | (_, Some(End::Part), Some(path)) => self.follow(path),
                (_, Some(End::Part), None) => self.leave_off(),
                (_, None, _) => self.lose(&Fault::short("it breaks off")),
            },
        }
        Some(())
    }

    /// The run ends here, and nothing of it can come later.
    fn finish(&mut self, is_followed: bool) {
        let Some(Part { path, inputs, .. }) = self.now.take() else { return };
        if is_followed {
            let shown = path.display();
            self.damaged = true;
            self.torn = Some(format!(
                "the run ends in {shown} after input {inputs}, and the files numbered after it \
                 are of another: nothing in them is read"
            ));
        }
    }

    /// The part that follows is not there: another machine has it, or somebody took it away.
    fn leave_off(&mut self) {
        let Some(Part { path, inputs, .. }) = self.now.take() else { return };
        let shown = path.display();
        self.damaged = self.gap;
        self.torn = Some(match self.gap {
            true => format!(
                "the part after the recording {shown} is missing, and later ones are there: \
                 nothing after input {inputs} is read"
            ),
            false => format!(
                "the recording {shown} goes on after input {inputs} in a part that is not here"
            ),
        });
    }

    fn follow(&mut self, path: PathBuf) {
        let inputs = self.now.as_ref().map_or(0, |part| part.inputs);
        match begin(path) {
            Err(Fault { why, at_end }) => {
                self.now = None;
                // A part that has just begun holds nothing yet.
                self.damaged = !at_end || self.has_later();
                let why = plain(&why);
                self.torn = Some(format!("{why}: nothing after input {inputs} is read"));
            }
            Ok((_, header)) if header.v != self.format => {
                self.lose(&Fault::wrong("the next part has another format"));
            }
            Ok((_, header)) if header.after != self.digest => {
                self.lose(&Fault::wrong("the next part does not follow it"));
            }
            // Parts of the first format do not know how many inputs were before them.
            Ok((part, _)) => self.now = Some(Part { inputs, ..part }),
        }
    }
}

impl Iterator for Reader {
    type Item = Step;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(step) = self.ready.pop_front() {
                return Some(step);
            }
            self.more()?;
        }
    }
}
