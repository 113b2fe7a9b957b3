//! The console: a screen that shows the newest snapshot and can only ask.
//!
//! For: an operator at a terminal, also over a slow line, in tmux, without colours.
//! Not for: deciding (the engine's gate does) or reaching a venue. The terminal may vanish at
//! any moment and the engine must not notice. Door: [`Session`], [`run`], [`Mailbox`].

pub mod act;
pub mod alerts;
pub mod blast;
pub mod complete;
pub mod decision;
pub mod decode;
pub mod dialog;
pub mod encode;
pub mod filter;
pub mod format;
pub mod health;
mod input;
pub mod keys;
pub mod layout;
mod mailbox;
mod marks;
pub mod model;
pub mod nothing;
mod pace;
pub mod painter;
pub mod prompt;
pub mod reel;
pub mod role;
pub mod rows;
pub mod standing;
pub mod stop_edit;
pub mod stops;
mod terminal;
pub mod theme;
mod timeline;
mod turn;
pub mod update;
mod update_asks;
mod update_blast;
mod update_decision;
mod update_dialog;
pub mod update_help;
mod update_prompt;
mod update_reel;
mod update_stop;
pub mod view;
mod why;
pub mod wide;
pub mod words;

pub use mailbox::Mailbox;
pub use terminal::{RESTORE, ScreenError, restore};
pub use turn::{Left, Session, run};
