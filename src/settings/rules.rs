//! `[rules]` and `[account.rules]`: how far the engine may go, rule by rule, and who said so.
//!
//! For: reading the tables, and answering where a rule stands in an account. Not for: what a
//! demotion takes away again, which is the ledger's. Door: [`Rules`], [`standing`].

use crate::domain::policy::Autonomy;
use crate::domain::trust::{Duty, Ladder, Trust};
use crate::settings::reader::{Document, Section};
use crate::settings::{AccountConfig, Settings, Source, Sourced, values};

/// Rules that the file puts on a rung by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rules(Vec<(Duty, Sourced<Trust>)>);

impl Rules {
    /// Reads a `[rules]` table; an absent one names no rule.
    pub(super) fn read(document: &Document<'_>, section: Section<'_, '_>) -> Self {
        let read = |duty: Duty| {
            let said = section.parsed(duty.name(), |text| values::word(text, &Trust::words()))?;
            let source = Source::File(document.line(&said.span));
            Some((duty, Sourced { value: said.value, source }))
        };
        let rules = Duty::ALL.into_iter().filter_map(read).collect();
        section.finish();
        Self(rules)
    }

    /// The rules that are named, in the order they are listed.
    pub fn iter(&self) -> impl Iterator<Item = (Duty, &Sourced<Trust>)> {
        self.0.iter().map(|(duty, trust)| (*duty, trust))
    }

    fn get(&self, duty: Duty) -> Option<&Sourced<Trust>> {
        self.iter().find(|(known, _)| *known == duty).map(|(_, trust)| trust)
    }

    /// As the policy keeps them.
    pub(super) fn ladder(&self) -> Ladder {
        let mut ladder = Ladder::default();
        for (duty, trust) in self.iter() {
            ladder.set(duty, trust.value);
        }
        ladder
    }
}

/// Where a rule stands in an account by the config alone, and the line that put it there. The
/// nearest word wins, as in `Policy::trust`.
pub fn standing(settings: &Settings, account: &AccountConfig, duty: Duty) -> (Trust, String) {
    let by_name = |rules: &Rules, table: &str| {
        rules.get(duty).map(|said| (said.value, format!("{table}, {}", said.source)))
    };
    let by_preset = |autonomy: &Sourced<Autonomy>, whose: &str| {
        let (word, source) = (autonomy.value.name(), &autonomy.source);
        (duty.preset(autonomy.value), format!("{whose} = {word}, {source}"))
    };
    by_name(&account.rules, "account.rules")
        .or_else(|| account.autonomy.as_ref().map(|said| by_preset(said, "account.autonomy")))
        .or_else(|| by_name(&settings.engine.rules, "rules"))
        .unwrap_or_else(|| by_preset(&settings.engine.autonomy, "engine.autonomy"))
}
