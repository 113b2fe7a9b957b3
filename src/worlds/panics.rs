//! Panics of a world: one in a task of an engine ends the task and nobody else, so they are noted
//! by the thread they happen on.
//!
//! Not for: preventing them. Door: [`caught`].

use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    static NOTED: RefCell<Option<String>> = const { RefCell::new(None) };
}

static LISTENS: Once = Once::new();

/// What the work gives, or the words of the first panic on this thread, in it or in a task of it.
pub fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    LISTENS.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |about| {
            let first = NOTED.with_borrow_mut(|noted| {
                let first = noted.is_none();
                noted.get_or_insert_with(|| about.to_string().replace('\n', " "));
                first
            });
            if first {
                usual(about);
            }
        }));
    });
    NOTED.take();
    let done = panic::catch_unwind(AssertUnwindSafe(work));
    match (NOTED.take(), done) {
        (Some(words), _) => Err(words),
        (None, Ok(done)) => Ok(done),
        (None, Err(_)) => Err("a panic without words".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_in_a_task_is_noted_too() {
        let runtime = || tokio::runtime::Builder::new_current_thread().build().ok();
        let words = caught(|| {
            let runtime = runtime()?;
            runtime.block_on(async { tokio::spawn(async { panic!("seven") }).await.err() })
        });
        assert!(words.is_err_and(|words| words.contains("seven")));
        assert_eq!(caught(|| 7), Ok(7));
    }
}
