//! The shell around the core: it tells the core the time and the truth, and does what it answers.
//!
//! For: one loop that records, steps and performs; the executors behind it; clock and signals.
//! Not for: deciding anything (that is `engine`), or drawing and wiring (`ui`, `cli`).
//! Door: [`Driver::new`] gives a driver to run and a [`Handle`] to ask and stop it with.
//! Nothing that an executor does can be lost: a panic is an answer like any other.

mod acts;
mod clock;
mod door;
mod driver;
mod frames;
mod fresh;
mod handle;
mod lane;
mod lease;
mod link;
mod sight;
mod signals;
mod validity;
mod witness;

pub use acts::unreached;
pub use clock::Clock;
pub use door::{Door, FOLLOWED, knock};
pub use driver::{Driver, Publish, Setup};
pub use frames::{Line, Scanned, Want, read, write};
pub use fresh::{Inside, Pictures, Tell};
pub use handle::{Handle, Stopped};
pub use lease::{Terms, this_process};
pub use sight::{SeenAccount, SeenLeg, Sight};
pub use signals::{Signal, Signals};
pub use witness::Witness;
