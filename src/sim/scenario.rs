//! A script for the exchange: a TOML file of control verbs, each at its second.
//!
//! ```toml
//! [[at]]
//! seconds = 2.5
//! do = "close"
//! symbol = "BTCUSDT"
//! ```

use std::path::Path;
use std::time::Duration;

use serde_json::Value;

use crate::sim::control::Control;
use crate::sim::verbs::Told;

/// One step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// How long after the start.
    pub after: Duration,
    /// What is done, and where.
    pub told: Told,
}

/// Steps in the order of their times.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scenario {
    steps: Vec<Step>,
}

impl Scenario {
    /// Reads a file.
    ///
    /// # Errors
    /// One sentence with the file's name and the step that is wrong.
    pub fn load(path: &Path) -> Result<Self, String> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| format!("cannot read the scenario {}: {error}", path.display()))?;
        Self::parse(&text).map_err(|why| format!("the scenario {}: {why}", path.display()))
    }

    /// Reads TOML.
    ///
    /// # Errors
    /// One sentence that names the step.
    pub fn parse(text: &str) -> Result<Self, String> {
        let table: toml::Table =
            text.parse().map_err(|error: toml::de::Error| error.to_string().trim().to_owned())?;
        if let Some(stray) = table.keys().find(|key| *key != "at") {
            return Err(format!("unknown key {stray:?}; a scenario is a list of [[at]]"));
        }
        let steps = match table.get("at") {
            None => return Ok(Self::default()),
            Some(toml::Value::Array(steps)) => steps,
            Some(_) => return Err("\"at\" must be written as [[at]]".to_owned()),
        };
        let read = |(place, step): (usize, &toml::Value)| {
            step_of(step).map_err(|why| format!("step {}: {why}", place + 1))
        };
        let mut steps: Vec<Step> = steps.iter().enumerate().map(read).collect::<Result<_, _>>()?;
        steps.sort_by_key(|step| step.after);
        Ok(Self { steps })
    }

    /// The steps, earliest first.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// Carries the steps out, each at its time; a step the exchange refuses is told on stderr
    /// through `tracing` and the rest go on.
    pub async fn play(self, control: Control) {
        let start = tokio::time::Instant::now();
        for step in self.steps {
            tokio::time::sleep_until(start + step.after).await;
            if let Err(why) = control.carry_out(step.told) {
                tracing::warn!("a step of the scenario was not carried out: {why}");
            }
        }
    }
}

fn step_of(step: &toml::Value) -> Result<Step, String> {
    let mut fields = match serde_json::to_value(step) {
        Ok(Value::Object(fields)) => fields,
        _ => return Err("it must be a table".to_owned()),
    };
    let seconds = fields.remove("seconds").and_then(|value| value.as_f64());
    let seconds = seconds.ok_or("it needs \"seconds\", a number")?;
    let after = Duration::try_from_secs_f64(seconds)
        .map_err(|_| format!("\"seconds\" is {seconds}, which is no time from the start"))?;
    Ok(Step { after, told: Told::read(Value::Object(fields))? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_sorted_and_a_wrong_one_is_named() {
        let text = "[[at]]\nseconds = 2\ndo = \"reset\"\n[[at]]\nseconds = 0.5\n\
                    do = \"freeze\"\nsymbol = \"BTCUSDT\"\n";
        let scenario = Scenario::parse(text).unwrap();
        let times: Vec<u128> = scenario.steps().iter().map(|step| step.after.as_millis()).collect();
        assert_eq!(times, [500, 2000]);
        let wrong = Scenario::parse("[[at]]\nseconds = 1\ndo = \"dance\"\n").unwrap_err();
        assert!(wrong.contains("step 1") && wrong.contains("dance"), "{wrong}");
        let late = Scenario::parse("[[at]]\ndo = \"reset\"\n").unwrap_err();
        assert!(late.contains("\"seconds\""), "{late}");
        assert!(Scenario::parse("[[when]]\n").unwrap_err().contains("\"when\""));
    }
}
