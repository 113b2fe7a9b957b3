//! From a snapshot to the bytes a terminal gets: 50 rows, all of them ticking.

use std::sync::Arc;

use divan::{Bencher, black_box};
use holdfast::domain::policy::Autonomy;
use holdfast::domain::snapshot::Snapshot;
use holdfast::ui::keys::{Code, Key};
use holdfast::ui::model::Model;
use holdfast::ui::painter::Painter;
use holdfast::ui::theme::{Depth, Theme};
use holdfast::ui::update::{Event, update};

use crate::market::Market;
use crate::world::World;

/// The sizes the screen is designed for, width by height.
const SIZES: [&str; 3] = ["80x24", "120x36", "200x60"];

/// A console with its terminal's memory.
struct Console {
    model: Model,
    painter: Painter,
    theme: Theme,
}

impl Console {
    fn new(size: &str) -> Self {
        let (width, height) = size.split_once('x').unwrap();
        let size = (width.parse().unwrap(), height.parse().unwrap());
        Self {
            model: Model::new("LIVE", "bench", 1, size),
            painter: Painter::new(size, true),
            theme: Theme::load("dark", Depth::Indexed, None).unwrap(),
        }
    }

    /// Takes an event and paints; gives the number of bytes written.
    fn hear(&mut self, event: Event) -> usize {
        let now = crate::market::DAWN;
        update(&mut self.model, now, event);
        let bytes = self.painter.frame(&self.model, &self.theme).len();
        update(&mut self.model, now, Event::Painted);
        bytes
    }
}

/// Pictures in which every mark differs from the one before.
fn ticking() -> Vec<Arc<Snapshot>> {
    let market = Market::covered(50);
    let mut world = World::new(&market, Autonomy::Guard);
    let tick = |frame| {
        world.marks(market.marks(600, frame));
        Arc::new(world.view())
    };
    (0..100).map(tick).collect()
}

/// A new picture on the screen.
#[divan::bench(args = SIZES)]
fn all_rows_ticking(bencher: Bencher<'_, '_>, size: &str) {
    let pictures = ticking();
    let mut console = Console::new(size);
    let mut next = pictures.iter().cycle().cloned();
    bencher.with_inputs(|| next.next().unwrap()).bench_local_values(|picture| {
        let bytes = console.hear(Event::Snapshot(picture));
        assert!(bytes > 0, "nothing was drawn");
        bytes
    });
}

/// A new picture that looks the same: found out, and nothing written.
#[divan::bench(args = SIZES)]
fn nothing_visible_changed(bencher: Bencher<'_, '_>, size: &str) {
    let picture = ticking().remove(0);
    let mut console = Console::new(size);
    console.hear(Event::Snapshot(picture.clone()));
    bencher.bench_local(|| {
        let bytes = console.hear(Event::Snapshot(black_box(picture.clone())));
        assert_eq!(bytes, 0, "bytes written for nothing");
    });
}

/// A key that moves the cursor by one row.
#[divan::bench(args = SIZES)]
fn a_key(bencher: Bencher<'_, '_>, size: &str) {
    let mut console = Console::new(size);
    console.hear(Event::Snapshot(ticking().remove(0)));
    let mut keys = [Key::plain(Code::Down), Key::plain(Code::Up)].into_iter().cycle();
    bencher
        .with_inputs(|| keys.next().unwrap())
        .bench_local_values(|key| console.hear(Event::Key(key)));
}
