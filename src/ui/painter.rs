//! The painter: a picture in, the bytes that change the terminal out.
//!
//! For: comparing with what is on the screen. A picture that looks the same costs no byte at
//! all (ratatui's own frame would still write 25). Not for: writing them (`terminal`).
//! Door: [`Painter::frame`].

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::ui::encode;
use crate::ui::model::Model;
use crate::ui::theme::Theme;
use crate::ui::view;

/// Frames up to this size are one small write anyway and are not bracketed.
const SYNC_FROM: usize = 2048;
const SYNC_BEGIN: &[u8] = b"\x1b[?2026h";
const SYNC_END: &[u8] = b"\x1b[?2026l";
const CLEAR: &[u8] = b"\x1b[0m\x1b[2J";
const CURSOR_SHOWN: &[u8] = b"\x1b[?25h";
const CURSOR_HIDDEN: &[u8] = b"\x1b[?25l";

/// What the terminal shows, and how to change it.
#[derive(Debug)]
pub struct Painter {
    front: Buffer,
    back: Buffer,
    bytes: Vec<u8>,
    cursor: Option<Position>,
    title: String,
    syncs: bool,
    clears: bool,
}

impl Painter {
    /// For a cleared terminal of this size. `syncs` brackets large frames with synchronized
    /// output (mode 2026): never inside a multiplexer, where it costs more than it saves.
    pub fn new((width, height): (u16, u16), syncs: bool) -> Self {
        let area = Rect { x: 0, y: 0, width, height };
        Self {
            front: Buffer::empty(area),
            back: Buffer::empty(area),
            bytes: Vec::with_capacity(64 * 1024),
            cursor: None,
            title: String::new(),
            syncs,
            clears: false,
        }
    }

    /// Forgets what the terminal shows: the next frame clears it and paints everything.
    pub fn repaint(&mut self, (width, height): (u16, u16)) {
        let area = Rect { x: 0, y: 0, width, height };
        self.front = Buffer::empty(area);
        self.back = Buffer::empty(area);
        self.clears = true;
    }

    /// The bytes that make the terminal show `model`: none when it already does. They are
    /// meant for one write.
    pub fn frame(&mut self, model: &Model, theme: &Theme) -> &[u8] {
        self.bytes.clear();
        self.back.reset();
        let cursor = view::paint(model, theme, &mut self.back);
        let is_same = self.front == self.back && !self.clears;
        if !is_same {
            if self.clears {
                self.bytes.extend_from_slice(CLEAR);
            }
            encode::changes(&self.front, &self.back, &mut self.bytes);
        }
        if self.cursor != cursor || (cursor.is_some() && !is_same) {
            match cursor {
                Some(at) => {
                    let go = format!("\x1b[{};{}H", at.y + 1, at.x + 1);
                    self.bytes.extend_from_slice(go.as_bytes());
                    self.bytes.extend_from_slice(CURSOR_SHOWN);
                }
                None => self.bytes.extend_from_slice(CURSOR_HIDDEN),
            }
        }
        self.set_title(model);
        // A large frame in two halves would be seen tearing.
        if self.syncs && self.bytes.len() > SYNC_FROM {
            self.bytes.splice(0..0, SYNC_BEGIN.iter().copied());
            self.bytes.extend_from_slice(SYNC_END);
        }
        self.cursor = cursor;
        self.clears = false;
        std::mem::swap(&mut self.front, &mut self.back);
        &self.bytes
    }

    /// The window title carries the count, for whoever looks at another window.
    fn set_title(&mut self, model: &Model) {
        let title = match model.totals.naked {
            0 => "holdfast".to_owned(),
            naked => format!("{naked} NAKED | holdfast"),
        };
        if self.title != title {
            self.bytes.extend_from_slice(format!("\x1b]2;{title}\x07").as_bytes());
            self.title = title;
        }
    }

    /// The cells that are on the screen.
    pub fn cells(&self) -> &Buffer {
        &self.front
    }
}
