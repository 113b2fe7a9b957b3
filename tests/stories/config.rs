//! What a story's config says: the policy, its accounts and rules, and what a venue lists.

use holdfast::domain::key::{AccountName, Venue};
use holdfast::domain::order::TriggerBy;
use holdfast::domain::policy::{Autonomy, OnBreach};
use holdfast::domain::trust::{Duty, Ladder, Trust};

use super::table::{self, Args};
use super::trails;
use super::verbs::Teller;

impl Teller {
    pub fn account(&mut self, words: &mut Args) -> Result<(), String> {
        let name = words.next("account name")?;
        let venue = match words.try_next(|w| Some(w.to_owned())).as_deref() {
            Some("binance") => Venue::BinanceUsdm,
            Some("bybit") => Venue::BybitLinear,
            Some(other) => return Err(format!("no venue {other}")),
            None => self.world.usual,
        };
        self.world.add_account(&name, venue);
        Ok(())
    }

    pub fn policy(&mut self, words: &mut Args) -> Result<(), String> {
        if let Some(name) = words.value("on") {
            return self.account_policy(&AccountName::from(name), words);
        }
        let policy = &mut self.world.policy;
        if let Some(span) = words.parsed("sync", table::span)? {
            policy.sync_interval = span;
        }
        if let Some(span) = words.parsed("grace", table::span)? {
            policy.orphan_grace = span;
        }
        if let Some(span) = words.parsed("confirm", table::span)? {
            policy.confirm_interval = span;
        }
        if let Some(count) = words.parsed("confirmations", table::number)? {
            policy.confirmations = count;
        }
        if let Some(share) = words.parsed("stop", table::percent)? {
            policy.protection.stop = share;
        }
        if let Some(plan) = words.parsed("trailing", trails::plan)? {
            policy.protection.trailing = plan;
        }
        if words.value("trigger").as_deref() == Some("last") {
            policy.protection.trigger = TriggerBy::Last;
        }
        if let Some(autonomy) = words.parsed("autonomy", autonomy)? {
            policy.autonomy = autonomy;
        }
        rules(&mut policy.rules, words)?;
        match words.value("on_breach").as_deref() {
            Some("alert") => policy.protection.on_breach = OnBreach::Alert,
            Some("close") => policy.protection.on_breach = OnBreach::Close,
            Some(other) => return Err(format!("on_breach {other}?")),
            None => {}
        }
        Ok(())
    }

    /// What stands elsewhere in one account.
    fn account_policy(&mut self, name: &AccountName, words: &mut Args) -> Result<(), String> {
        let accounts = &mut self.world.policy.accounts;
        let account = accounts.iter_mut().find(|a| a.name == *name);
        let account = account.ok_or(format!("no account {name}"))?;
        account.autonomy = words.parsed("autonomy", autonomy)?.or(account.autonomy);
        rules(&mut account.rules, words)
    }

    pub fn instrument(&mut self, words: &mut Args) -> Result<(), String> {
        let key = words.key()?;
        self.world.list(&key.account, &key.symbol)?;
        let venue = self.world.venue(&key.account)?;
        let rules = venue.instruments.get_mut(&key.symbol).ok_or("not listed")?;
        if let Some(tick) = words.parsed("tick", table::price)? {
            rules.tick = tick;
        }
        if let Some(step) = words.parsed("step", table::qty)? {
            (rules.step, rules.market_step, rules.market_min) = (step, step, step);
        }
        if let Some(min) = words.parsed("min", table::qty)? {
            rules.market_min = min;
        }
        if let Some(max) = words.parsed("max", table::qty)? {
            rules.market_max = max;
        }
        Ok(())
    }
}

fn autonomy(text: &str) -> Option<Autonomy> {
    let all = [Autonomy::Observe, Autonomy::Guard, Autonomy::Auto];
    all.into_iter().find(|autonomy| autonomy.name() == text)
}

/// `close_phantom propose adopt repair`: rules put on a rung by name.
fn rules(ladder: &mut Ladder, words: &mut Args) -> Result<(), String> {
    let rung = |text: &str| Trust::words().into_iter().find(|(name, _)| *name == text);
    for duty in Duty::ALL {
        if let Some((_, trust)) = words.parsed(duty.name(), rung)? {
            ladder.set(duty, trust);
        }
    }
    Ok(())
}
