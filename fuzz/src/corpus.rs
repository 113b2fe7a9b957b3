//! Writes what fuzzing begins with: `corpus/DOOR/NUMBER`, made from the fixtures of the tests.

use std::path::Path;

use holdfast_fuzz::doors::{DOORS, seeds};

fn main() -> std::io::Result<()> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    for door in DOORS {
        let dir = corpus.join(door.name);
        std::fs::create_dir_all(&dir)?;
        for (number, seed) in seeds::of(door.name).iter().enumerate() {
            std::fs::write(dir.join(format!("seed-{number:03}")), seed)?;
        }
    }
    Ok(())
}
