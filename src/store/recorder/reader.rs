//! Reading a recording back.
//!
//! Lines are handed out once the seal after them has been compared: what a crash or a bad disk
//! has made of the rest is never read as something that happened. Door: [`read`].

use std::collections::VecDeque;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use zstd::stream::read::Decoder;

use crate::domain::input::Input;
use crate::domain::time::Time;
use crate::store::recorder::lines::{Chain, Digest, End, Header, Line, SEAL, Seal};
use crate::store::recorder::{FORMAT, parts};

/// The longest reason for which a recording breaks off.
const WHY_MAX: usize = 300;

type Lines = BufReader<Decoder<'static, BufReader<File>>>;

/// No line, and no lines between two seals, are longer than this.
const LONGEST: usize = 512 * 1024 * 1024;

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
/// read: [`Reader::torn`] says which.
#[derive(Debug)]
pub struct Reader {
    parts: std::vec::IntoIter<PathBuf>,
    now: Option<Part>,
    ready: VecDeque<Step>,
    format: u32,
    program: String,
    digest: Digest,
    torn: Option<String>,
}

struct Part {
    path: PathBuf,
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
    let mut parts = parts::from(path).into_iter();
    let first = parts.next().unwrap_or_else(|| path.to_owned());
    let (part, header) = begin(first)?;
    Ok(Reader {
        parts,
        now: Some(part),
        ready: VecDeque::new(),
        format: header.v,
        program: header.program,
        digest: header.after,
        torn: None,
    })
}

fn begin(path: PathBuf) -> Result<(Part, Header), String> {
    let shown = path.display().to_string();
    let unreadable =
        |error: std::io::Error| format!("the recording {shown} cannot be read ({error})");
    let foreign = || format!("{shown} is not a recording of holdfast: name one of its files");
    let file = File::open(&path).map_err(unreadable)?;
    let decoder = Decoder::new(file).map_err(unreadable)?;
    let mut lines = BufReader::new(decoder);
    let first = line(&mut lines).map_err(|_| foreign())?;
    let header: Header = serde_json::from_slice(&first).map_err(|_| foreign())?;
    if header.recording != "holdfast" {
        return Err(foreign());
    }
    if !(1..=FORMAT).contains(&header.v) {
        let (v, program) = (header.v, &header.program);
        return Err(format!(
            "the recording {shown} has format {v} of holdfast {program}, \
             this program reads formats 1 to {FORMAT}: use that version"
        ));
    }
    let mut chain = Chain::after(&header.after);
    chain.cover(&first);
    let (format, inputs) = (header.v, header.inputs);
    Ok((Part { path, lines, format, inputs, chain, end: None, core: None }, header))
}

/// A line with its end; empty where there is no more.
fn line(lines: &mut Lines) -> Result<Vec<u8>, String> {
    let mut text = Vec::new();
    let read = lines.by_ref().take(LONGEST as u64).read_until(b'\n', &mut text);
    match read {
        Err(error) => Err(error.to_string()),
        Ok(0) => Ok(text),
        Ok(_) if text.last() == Some(&b'\n') => Ok(text),
        Ok(_) => Err("a line has no end".to_owned()),
    }
}

impl Part {
    /// The steps up to the next seal; none at the part's end.
    fn sealed(&mut self, digest: &mut Digest) -> Result<Option<VecDeque<Step>>, String> {
        let mut steps = VecDeque::new();
        let mut length = 0;
        loop {
            let text = line(&mut self.lines)?;
            length += text.len();
            if text.is_empty() && steps.is_empty() {
                return Ok(None);
            }
            if text.is_empty() || length > LONGEST {
                return Err("its last lines have no seal".to_owned());
            }
            if !text.starts_with(SEAL) {
                self.chain.cover(&text);
            }
            let line: Line<'_> = serde_json::from_slice(&text).map_err(|e| e.to_string())?;
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
                    None => return Err("a decision has no input".to_owned()),
                },
                _ => return Err("a line says nothing".to_owned()),
            }
            if self.format == 1 {
                self.inputs += steps.len() as u64;
                return Ok(Some(steps));
            }
        }
    }

    fn compare(&mut self, seal: Seal, inputs: u64) -> Result<Digest, String> {
        let digest = self.chain.seal();
        if digest != seal.sha256 || inputs != seal.inputs {
            return Err("the lines are not what was sealed".to_owned());
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

    fn tear(&mut self, why: &str) {
        // What is wrong with a line may repeat any byte of it.
        let why: String = why.chars().filter(|c| !c.is_control()).take(WHY_MAX).collect();
        let place = self.now.take().map(|part| (part.path, part.inputs));
        let (path, inputs) = place.unwrap_or_default();
        self.torn = Some(format!(
            "the recording {} breaks off after input {inputs} ({why}): what follows is dropped",
            path.display()
        ));
    }

    /// Reads up to the next seal, in the next part where this one has ended.
    fn more(&mut self) -> Option<()> {
        let part = self.now.as_mut()?;
        match part.sealed(&mut self.digest) {
            Err(why) => self.tear(&why),
            Ok(Some(steps)) => self.ready = steps,
            Ok(None) => match (part.format, part.end, self.parts.next()) {
                (1, _, None) | (_, Some(End::Run), _) => self.now = None,
                (1, _, Some(path)) | (_, Some(End::Part), Some(path)) => self.follow(path),
                (_, Some(End::Part), None) => self.tear("the part after it is missing"),
                (_, None, _) => self.tear("the program was killed"),
            },
        }
        Some(())
    }

    fn follow(&mut self, path: PathBuf) {
        let inputs = self.now.as_ref().map_or(0, |part| part.inputs);
        match begin(path) {
            Err(why) => {
                self.now = None;
                self.torn = Some(why);
            }
            Ok((_, header)) if header.v != self.format => {
                self.tear("the next part has another format");
            }
            Ok((_, header)) if header.after != self.digest => {
                self.tear("the next part does not follow it");
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
