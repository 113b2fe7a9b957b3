//! Making a failure small: the fewest deeds, holdings and accounts that still break its law.
//!
//! Parts are left out, halves first and then one by one, and what breaks the same law without
//! them stays without; bounded in runs. Not for: finding failures (that is `fleet`).
//! Door: [`shrink`].

use crate::domain::count::counted;
use crate::domain::time::Span;
use crate::worlds::fleet::twice;
use crate::worlds::plan::{Bot, Deed, Plan, Store};
use crate::worlds::world::{Outcome, run};

/// A failure made small.
#[derive(Clone, Debug)]
pub struct Shrunk {
    /// What is left of its plan.
    pub plan: Plan,
    /// How it ends.
    pub outcome: Outcome,
    /// How many worlds were run for it.
    pub runs: usize,
    /// Seed, law and what was left out, a line each.
    pub remarks: Vec<String>,
}

/// What kind of law a sentence tells of: its words without names and numbers.
pub fn kind(law: &str) -> String {
    let named = ["one", "two", "three", "net", "long", "short", "buy", "sell"];
    let number = law.get(..law.find(':').unwrap_or(0)).filter(|n| n.starts_with('I'));
    let plain = |word: &&str| {
        word.chars().all(|letter| letter.is_ascii_lowercase()) && !named.contains(word)
    };
    let words = law.split_whitespace().map(|word| word.trim_end_matches([',', ':', ';']));
    number.into_iter().chain(words.filter(plain).take(5)).collect::<Vec<_>>().join(" ")
}

/// Whoever tries smaller plans.
struct Trial {
    kind: String,
    /// Only a second run with scrutiny sees it.
    deep: bool,
    best: Plan,
    outcome: Outcome,
    runs: usize,
    most: usize,
}

impl Trial {
    /// Keeps a plan that breaks the same law.
    fn keeps(&mut self, plan: Plan) -> bool {
        if self.runs >= self.most || plan == self.best {
            return false;
        }
        self.runs += 1;
        let outcome = if self.deep { twice(&plan) } else { run(&plan, false) };
        let same = outcome.breach.as_ref().is_some_and(|(_, law)| kind(&law.0) == self.kind);
        if same {
            (self.best, self.outcome) = (plan, outcome);
        }
        same
    }

    /// Leaves out as many parts of a list as can be: halves, quarters, and at last single ones.
    fn thin<T: Clone>(
        &mut self,
        list: impl Fn(&Plan) -> Vec<T>,
        with: impl Fn(&Plan, Vec<T>) -> Plan,
    ) {
        let mut size = list(&self.best).len().div_ceil(2);
        while size > 0 {
            let mut at = 0;
            while at < list(&self.best).len() {
                let mut rest = list(&self.best);
                rest.drain(at..(at + size).min(rest.len()));
                if !self.keeps(with(&self.best, rest)) {
                    at += size;
                }
            }
            size = if size == 1 { 0 } else { size.div_ceil(2) };
        }
    }

    /// Ends the trouble as early as can be.
    fn hasten(&mut self) {
        let broken = self.outcome.breach.as_ref().map_or(Span(0), |(at, _)| *at);
        let last = self.best.deeds.iter().map(|timed| timed.at).max().unwrap_or(Span(0));
        for peace in [Span(broken.0 + 1), Span(last.0 + 1), Span::secs(20), Span::secs(40)] {
            if peace < self.best.setting.peace {
                let mut plan = self.best.clone();
                plan.setting.peace = peace;
                plan.deeds.retain(|timed| timed.at < peace);
                self.keeps(plan);
            }
        }
    }

    /// Leaves whole accounts out.
    fn fewer_accounts(&mut self) {
        for account in self.best.setting.accounts.clone() {
            if self.best.setting.accounts.len() == 1 {
                return;
            }
            let mut plan = self.best.clone();
            let name = &account.name;
            plan.setting.accounts.retain(|known| known.name != *name);
            plan.holdings.retain(|held| held.account != *name);
            plan.deeds.retain(|timed| match &timed.deed {
                Deed::Exchange { account, .. } | Deed::Bot(Bot::Opens { account, .. }) => {
                    account != name
                }
                _ => true,
            });
            self.keeps(plan);
        }
    }

    /// Takes the plainer setting where that changes nothing.
    fn plainer(&mut self) {
        let mut plan = self.best.clone();
        plan.setting.trailing = false;
        self.keeps(plan);
        let mut plan = self.best.clone();
        plan.setting.store = Store::Memory;
        self.keeps(plan);
    }
}

/// Makes a failing plan small, in `most` runs at most.
pub fn shrink(plan: &Plan, outcome: &Outcome, most: usize) -> Shrunk {
    let law = outcome.breach.as_ref().map(|(_, law)| law.0.clone()).unwrap_or_default();
    let deep = run(plan, false).breach.is_none();
    let (best, outcome) = (plan.clone(), outcome.clone());
    let mut trial = Trial { kind: kind(&law), deep, best, outcome, runs: 1, most };
    loop {
        let before = trial.best.clone();
        trial.hasten();
        trial.fewer_accounts();
        let with = |plan: &Plan, deeds| Plan { deeds, ..plan.clone() };
        trial.thin(|plan| plan.deeds.clone(), with);
        let with = |plan: &Plan, holdings| Plan { holdings, ..plan.clone() };
        trial.thin(|plan| plan.holdings.clone(), with);
        trial.plainer();
        if trial.best == before || trial.runs >= trial.most {
            break;
        }
    }
    let Trial { best, outcome, runs, .. } = trial;
    let remarks = remarks(plan, &best, &outcome, runs);
    Shrunk { plan: best, outcome, runs, remarks }
}

fn remarks(whole: &Plan, small: &Plan, outcome: &Outcome, runs: usize) -> Vec<String> {
    let mut remarks = vec![format!("seed {}", whole.setting.seed)];
    remarks
        .extend(outcome.breach.as_ref().map(|(at, law)| format!("broken after {at}: {}", law.0)));
    let count = |plan: &Plan| {
        let (accounts, holdings) = (plan.setting.accounts.len(), plan.holdings.len());
        format!(
            "{}, {}, {}",
            counted(accounts, "account", "accounts"),
            counted(holdings, "holding", "holdings"),
            counted(plan.deeds.len(), "deed", "deeds")
        )
    };
    remarks.push(format!(
        "left of {}: {}, in {}",
        count(whole),
        count(small),
        counted(runs, "run", "runs")
    ));
    remarks.iter().map(|remark| remark.replace('\n', " ")).collect()
}

#[cfg(test)]
mod tests {
    use super::kind;

    #[test]
    fn a_kind_of_law_has_no_names_and_no_numbers() {
        let one = "I4: our own request uncovered one BTCUSDT BOTH: Cover { amount: 3 }";
        let other = "I4: our own request uncovered two ETHUSDT LONG: Cover { amount: 0.1 }";
        assert_eq!(kind(one), kind(other));
        assert_ne!(kind(one), kind("I8: one/BTCUSDT/net is bare and shown as covered"));
    }
}
