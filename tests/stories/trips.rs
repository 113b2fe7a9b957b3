//! Trips through what a recording keeps: inputs, and checkpoints of the core.

use holdfast::domain::input::Input;
use holdfast::engine::Core;

/// The input as a recording brings it back.
pub fn recorded(input: &Input) -> Result<Input, String> {
    let text = serde_json::to_string(input).map_err(|why| format!("not recordable: {why}"))?;
    let copy = serde_json::from_str(&text).map_err(|why| format!("not readable: {why}: {text}"))?;
    if copy == *input { Ok(copy) } else { Err(format!("changed by recording: {text}")) }
}

/// The core as a checkpoint brings it back.
pub fn read_back(core: &Core) -> Result<Core, String> {
    let text = serde_json::to_string(core).map_err(|why| format!("no checkpoint: {why}"))?;
    let copy: Core =
        serde_json::from_str(&text).map_err(|why| format!("not readable: {why}: {text}"))?;
    let again = serde_json::to_string(&copy).map_err(|why| format!("no checkpoint: {why}"))?;
    if again == text { Ok(copy) } else { Err(format!("changed by a checkpoint: {text}")) }
}
