//! The engine's door: a Unix socket in the state directory where one-shot commands are taken.
//!
//! For: who may come in (the same user, or root), how many, how long; asks go on to the core's
//! gate as those of the console do. The words are those of `frames`. Not for: deciding anything.
//! Door: [`Door::open`] for the engine, [`knock`] for a command. Whoever holds the state lock may
//! replace a socket file: its process is gone. The engine never waits for a client.

use std::fs::{self, File, Permissions};
use std::io::{self, ErrorKind};
use std::os::fd::AsRawFd;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::unix::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::{Semaphore, oneshot};
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{sleep, timeout};

use crate::domain::command::Ask;
use crate::runtime::frames::{self, FRAME_MAX, Line, Want};
use crate::runtime::fresh::{self, Inside};
use crate::runtime::sight::Sight;

/// The socket's name in the state directory.
const NAME: &str = "control.sock";
/// Its name until it has its mode.
const NEW: &str = "control.new";
/// The longest path a socket's address has room for, on every system there is.
const LONGEST: usize = 103;
/// Clients at a time.
const CLIENTS: usize = 32;
/// How long a client may take to say what it wants, or to take a line.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long an ask is followed. What it began goes on after that.
pub const FOLLOWED: Duration = Duration::from_secs(600);
/// How long clients have for their last lines when the engine ends.
const FAREWELL: Duration = Duration::from_millis(500);
/// Asks from here are numbered from this on: a console counts from the microseconds since 1970.
const FIRST_ASK: u64 = 1 << 52;

/// The open door; dropping it closes it at once.
#[derive(Debug)]
pub struct Door {
    dir: PathBuf,
    close: Option<oneshot::Sender<()>>,
    serving: JoinHandle<()>,
}

impl Door {
    /// Opens the door of a state directory, whose lock the caller holds. Must be called within a
    /// tokio runtime.
    ///
    /// # Errors
    /// One sentence when the file system has no room for a socket, or does not know them.
    pub fn open(dir: &Path, inside: Inside) -> Result<Self, String> {
        let listener = listen(dir).map_err(|error| {
            format!("no socket can be made in the state directory {}: {error}", dir.display())
        })?;
        let (close, closed) = oneshot::channel();
        let serving = tokio::spawn(serve(listener, inside, closed));
        Ok(Self { dir: dir.to_owned(), close: Some(close), serving })
    }

    /// Lets nobody in any more, and gives those inside a moment to hear their answers.
    pub async fn close(mut self) {
        remove(&self.dir);
        if let Some(close) = self.close.take() {
            let _ = close.send(());
        }
        let _ = (&mut self.serving).await;
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        if self.close.is_some() {
            remove(&self.dir);
        }
        self.serving.abort();
    }
}

fn remove(dir: &Path) {
    if let Ok(place) = Place::find(dir, NAME) {
        let _ = fs::remove_file(&place.path);
    }
}

/// A file's name that a socket's address has room for. Behind a long path it is named through
/// the directory's open descriptor, which is the same file.
struct Place {
    path: PathBuf,
    _dir: Option<File>,
}

impl Place {
    fn find(dir: &Path, name: &str) -> io::Result<Self> {
        let path = dir.join(name);
        if path.as_os_str().len() <= LONGEST {
            return Ok(Self { path, _dir: None });
        }
        let dir = File::open(dir)?;
        let path = PathBuf::from(format!("/proc/self/fd/{}/{name}", dir.as_raw_fd()));
        Ok(Self { path, _dir: Some(dir) })
    }
}

/// Bound under another name first: under its own the socket has its mode from the first moment,
/// and takes the place of one that a dead process left.
fn listen(dir: &Path) -> io::Result<UnixListener> {
    let (new, place) = (Place::find(dir, NEW)?, Place::find(dir, NAME)?);
    match fs::remove_file(&new.path) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let listener = UnixListener::bind(&new.path)?;
    fs::set_permissions(&new.path, Permissions::from_mode(0o600))?;
    fs::rename(&new.path, &place.path)?;
    Ok(listener)
}

/// Knocks at the door of a state directory: none when no engine answers there.
///
/// # Errors
/// One sentence when there is a door that must not or cannot be used.
pub async fn knock(dir: &Path) -> Result<Option<UnixStream>, String> {
    let shown = dir.join(NAME);
    let unusable = |why: String| format!("the engine's socket {} {why}", shown.display());
    if !dir.is_dir() {
        return Ok(None);
    }
    let place = Place::find(dir, NAME).map_err(|error| unusable(error.to_string()))?;
    let socket = match UnixStream::connect(&place.path).await {
        Ok(socket) => socket,
        Err(error) => {
            return match error.kind() {
                ErrorKind::NotFound | ErrorKind::ConnectionRefused => Ok(None),
                ErrorKind::PermissionDenied => Err(unusable(
                    "belongs to another user: run this as the user who runs the engine".to_owned(),
                )),
                _ => Err(unusable(format!("cannot be used: {error}"))),
            };
        }
    };
    let them = socket.peer_cred().map_err(|error| unusable(error.to_string()))?.uid();
    if !trusts(them) {
        return Err(unusable(format!(
            "is served by user {them} and not by you: nothing was said to it"
        )));
    }
    Ok(Some(socket))
}

/// Whether what the other end of a socket says counts: the same user, or root on either end.
fn trusts(them: u32) -> bool {
    let me = rustix::process::geteuid().as_raw();
    them == me || them == 0
}

async fn serve(listener: UnixListener, inside: Inside, mut closed: oneshot::Receiver<()>) {
    let (inside, asks) = (Arc::new(inside), Arc::new(AtomicU64::new(FIRST_ASK)));
    let places = Arc::new(Semaphore::new(CLIENTS));
    let mut talks = JoinSet::new();
    loop {
        tokio::select! {
            biased;
            _ = &mut closed => break,
            Some(_) = talks.join_next() => {}
            accepted = listener.accept() => match accepted {
                Ok((socket, _)) => {
                    let Ok(place) = places.clone().try_acquire_owned() else {
                        turn_away(&socket);
                        continue;
                    };
                    let (inside, asks) = (inside.clone(), asks.clone());
                    talks.spawn(async move {
                        talk(socket, &inside, &asks).await;
                        drop(place);
                    });
                }
                Err(error) => {
                    tracing::warn!(%error, "a command could not be let in");
                    sleep(PATIENCE / 50).await;
                }
            },
        }
    }
    drop(listener);
    let _ = timeout(FAREWELL, async { while talks.join_next().await.is_some() {} }).await;
}

/// A fresh socket has room for a line, so nobody is waited for.
fn turn_away(socket: &UnixStream) {
    let text = format!("{CLIENTS} commands are under way already: try again in a moment");
    let _ = socket.try_write(&written(&Line::Error { text }));
}

fn written(line: &Line) -> Vec<u8> {
    let mut bytes = serde_json::to_vec(line).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// One client, from its request to the last line.
async fn talk(socket: UnixStream, inside: &Inside, asks: &AtomicU64) {
    let peer = socket.peer_cred().map(|peer| peer.uid());
    let (from, to) = socket.into_split();
    let mut client = Client { from: BufReader::new(from), to };
    let ended = match peer {
        Ok(uid) if trusts(uid) => client.serve(inside, asks).await,
        Ok(uid) => {
            tracing::warn!(uid, "another user's command was turned away");
            Err(format!("this engine takes commands of its own user only, and not of user {uid}"))
        }
        Err(error) => Err(format!("nobody can say who asks: {error}")),
    };
    if let Err(text) = ended {
        client.say(&Line::Error { text }).await;
    }
}

struct Client {
    from: BufReader<OwnedReadHalf>,
    to: OwnedWriteHalf,
}

impl Client {
    async fn serve(&mut self, inside: &Inside, asks: &AtomicU64) -> Result<(), String> {
        let Some(line) = self.request().await? else { return Ok(()) };
        match frames::read(&line)? {
            Want::Legs => {
                let picture = fresh::newest(&inside.pictures).await?;
                self.say(&Line::Legs(Box::new(Sight::of(&picture)))).await;
            }
            Want::Scan => {
                let found = fresh::scan(inside).await?;
                self.say(&Line::Scan(found)).await;
            }
            Want::Ask { who, command } => {
                let ask = Ask { id: asks.fetch_add(1, Ordering::Relaxed), who, command };
                return self.follow(inside, ask).await;
            }
        }
        Ok(())
    }

    /// The one line a client may say; none when it left instead.
    async fn request(&mut self) -> Result<Option<Vec<u8>>, String> {
        let mut line = Vec::new();
        let most = u64::try_from(FRAME_MAX).unwrap_or(u64::MAX);
        let mut bounded = (&mut self.from).take(most);
        let reading = bounded.read_until(b'\n', &mut line);
        let read = timeout(PATIENCE, reading)
            .await
            .map_err(|_| format!("no request came within {PATIENCE:?}"))?;
        read.map_err(|error| format!("the request cannot be read: {error}"))?;
        match line.last() {
            Some(b'\n') => Ok(Some(line)),
            Some(_) if line.len() >= FRAME_MAX => {
                Err(format!("a request has at most {FRAME_MAX} bytes"))
            }
            Some(_) => Err("the request ended before its line did: nothing was done".to_owned()),
            None => Ok(None),
        }
    }

    /// Every answer up to the final one. A client that left is not told, and changes nothing.
    async fn follow(&mut self, inside: &Inside, ask: Ask) -> Result<(), String> {
        let mut answers = inside.handle.follow(ask);
        let told = timeout(FOLLOWED, async {
            while let Some(answer) = answers.recv().await {
                let last = answer.verdict.is_final();
                if !self.say(&Line::Answer(answer)).await || last {
                    return true;
                }
            }
            false
        });
        match told.await {
            Ok(true) => Ok(()),
            Ok(false) => Err("the engine stopped before it had an answer; what was sent is in \
                              the ledger's intents"
                .to_owned()),
            Err(_) => Err(format!("no final answer within {FOLLOWED:?}; what was begun goes on")),
        }
    }

    /// Whether the client took the line.
    async fn say(&mut self, line: &Line) -> bool {
        let bytes = written(line);
        matches!(timeout(PATIENCE, self.to.write_all(&bytes)).await, Ok(Ok(())))
    }
}
