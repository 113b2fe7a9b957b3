//! The cores of an exploration, each kept once: those met last as they are, the others packed.
//!
//! Cores differ little from one another, and are packed against the first of them, so that
//! millions can be kept. Not for: what a core makes of something (that is `parts`).
//! Door: [`Cores`].

use std::cell::RefCell;
use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::io;
use std::rc::Rc;

use holdfast::domain::time::Time;
use holdfast::engine::Core;
use zstd::bulk::{Compressor, Decompressor};

use super::digest::{self, Digest};
use super::parts::Id;

/// How many are kept as they are, where nobody says otherwise: some 300 MB.
pub const UNPACKED: usize = 10_000;

/// A core, and the numbers of the questions whose answers it awaits, in the order it asked them.
#[derive(Debug)]
struct Kept {
    form: Form,
    ops: Box<[u64]>,
    wake_at: Option<Time>,
}

#[derive(Debug)]
enum Form {
    Whole(Rc<Core>),
    Packed { bytes: Box<[u8]>, length: usize },
}

#[derive(Debug)]
pub struct Cores {
    all: Vec<Kept>,
    known: HashMap<Digest, Id>,
    /// Those that are kept as they are, the oldest first, and how many may be.
    whole: VecDeque<Id>,
    most: usize,
    press: Option<Press>,
    /// What was unpacked last: a state's core is told many things, one after another.
    last: RefCell<Option<(Id, Rc<Core>)>>,
}

impl Cores {
    pub fn new(most: usize) -> Self {
        let (all, known, whole) = (Vec::new(), HashMap::new(), VecDeque::new());
        Self { all, known, whole, most, press: None, last: RefCell::new(None) }
    }

    pub fn len(&self) -> usize {
        self.all.len()
    }

    pub fn wake_at(&self, id: Id) -> Option<Time> {
        self.all[id as usize].wake_at
    }

    pub fn ops(&self, id: Id) -> &[u64] {
        &self.all[id as usize].ops
    }

    pub fn get(&self, id: Id) -> Result<Rc<Core>, String> {
        let (bytes, length) = match &self.all[id as usize].form {
            Form::Whole(core) => return Ok(core.clone()),
            Form::Packed { bytes, length } => (bytes, *length),
        };
        if let Some((_, core)) = self.last.borrow().as_ref().filter(|(of, _)| *of == id) {
            return Ok(core.clone());
        }
        let press = self.press.as_ref().ok_or("a core is packed and nothing has packed it")?;
        let core = Rc::new(press.unpack(bytes, length)?);
        self.last.replace(Some((id, core.clone())));
        Ok(core)
    }

    /// Keeps a core. Gives its number, and what this one calls the questions it awaits: one that
    /// is the same in all that counts may call them otherwise.
    pub fn put(&mut self, core: Core) -> Result<(Id, Vec<u64>), String> {
        let (digest, ops) = digest::of_core(&core)?;
        if let Some(id) = self.known.get(&digest) {
            return Ok((*id, ops));
        }
        let id = Id::try_from(self.all.len()).map_err(|_| "more cores than numbers")?;
        let wake_at = core.wake_at();
        self.all.push(Kept {
            form: Form::Whole(Rc::new(core)),
            ops: ops.as_slice().into(),
            wake_at,
        });
        self.known.insert(digest, id);
        self.whole.push_back(id);
        if self.whole.len() > self.most {
            self.pack_oldest()?;
        }
        Ok((id, ops))
    }

    fn pack_oldest(&mut self) -> Result<(), String> {
        let Some(kept) = self.whole.pop_front().map(|id| &mut self.all[id as usize]) else {
            return Ok(());
        };
        let Form::Whole(core) = &kept.form else { return Ok(()) };
        let press = match &mut self.press {
            Some(press) => press,
            none => none.insert(Press::new(core)?),
        };
        let (bytes, length) = press.pack(core)?;
        kept.form = Form::Packed { bytes, length };
        Ok(())
    }
}

/// Packs cores against one of them.
struct Press {
    packs: Compressor<'static>,
    unpacks: RefCell<Decompressor<'static>>,
}

impl fmt::Debug for Press {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Press")
    }
}

impl Press {
    fn new(like: &Core) -> Result<Self, String> {
        let like = text(like)?;
        let packs = Compressor::with_dictionary(1, &like).map_err(said)?;
        let unpacks = RefCell::new(Decompressor::with_dictionary(&like).map_err(said)?);
        Ok(Self { packs, unpacks })
    }

    fn pack(&mut self, core: &Core) -> Result<(Box<[u8]>, usize), String> {
        let text = text(core)?;
        let bytes = self.packs.compress(&text).map_err(said)?;
        Ok((bytes.into(), text.len()))
    }

    fn unpack(&self, bytes: &[u8], length: usize) -> Result<Core, String> {
        let text = self.unpacks.borrow_mut().decompress(bytes, length).map_err(said)?;
        serde_json::from_slice(&text).map_err(|why| format!("a packed core: {why}"))
    }
}

fn text(core: &Core) -> Result<Vec<u8>, String> {
    serde_json::to_vec(core).map_err(|why| format!("a core as text: {why}"))
}

fn said(why: io::Error) -> String {
    format!("packing a core: {why}")
}

#[cfg(test)]
mod tests {
    use holdfast::domain::input::Input;
    use holdfast::domain::key::AccountName;
    use holdfast::domain::lease::{Fence, LeaseState};

    use super::super::BYBIT;
    use super::super::scene::{self, REPLACE};
    use super::*;

    /// One that has a leg and its stop, and holds the lease with such a number.
    fn core(like: &Core, fence: u64) -> Core {
        let mut core = like.clone();
        let lease = LeaseState::Held { fence: Fence(fence) };
        core.step(Time(0), Input::Lease(AccountName::from("main"), lease), &mut Vec::new());
        core
    }

    #[test]
    fn what_is_packed_comes_out_as_it_was() {
        let world = scene::ready(BYBIT, &REPLACE).expect("a scene").world;
        let like = world.core.expect("a core");
        let mut cores = Cores::new(1);
        let all: Vec<Core> = (0..5).map(|fence| core(&like, fence)).collect();
        let ids = all.iter().map(|core| cores.put(core.clone()).expect("a number").0);
        let ids: Vec<Id> = ids.collect();
        assert_eq!(ids, [0, 1, 2, 3, 4]);
        assert_eq!(cores.put(all[2].clone()).expect("a number").0, 2);
        let packed = |kept: &&Kept| matches!(kept.form, Form::Packed { .. });
        assert_eq!(cores.all.iter().filter(packed).count(), 4);
        for (id, core) in ids.into_iter().zip(&all).rev() {
            let kept = cores.get(id).expect("the core");
            assert_eq!(text(&kept), text(core));
            assert_eq!(cores.wake_at(id), core.wake_at());
        }
    }
}
