//! The effective config as text: valid TOML, each line with what decided it, no secret.

use std::fmt::Write;

use crate::domain::key::Venue;
use crate::domain::policy::OnBreach;
use crate::domain::time::Span;
use crate::domain::trust::{Demotion, Duty, Trust};
use crate::settings::accounts::environment_name;
use crate::settings::{AccountConfig, Rules, Settings, Source, Sourced, standing};

/// Writes the config as it is in force, and what the ledger holds back of it.
pub(super) fn text(settings: &Settings, demoted: &[Demotion]) -> String {
    let mut page = Page(String::new());
    let engine = &settings.engine;
    page.head("ledger");
    let url = format!("sqlite:{}", settings.ledger.value.display());
    page.quoted("url", &url, &settings.ledger.source);
    page.head("engine");
    page.quoted("autonomy", engine.autonomy.value.name(), &engine.autonomy.source);
    page.span("sync_interval", &engine.sync_interval);
    page.span("orphan_grace", &engine.orphan_grace);
    page.bare("confirmations", engine.confirmations.value, &engine.confirmations.source);
    page.span("confirm_interval", &engine.confirm_interval);
    page.span("verify_timeout", &engine.verify_timeout);
    page.rules("rules", &engine.rules);
    page.head("protection");
    page.quoted("stop", &engine.stop.value.to_string(), &engine.stop.source);
    page.quoted("trigger", engine.trigger.value.name(), &engine.trigger.source);
    let breach = match engine.on_breach.value {
        OnBreach::Close => "close",
        OnBreach::Alert => "alert",
    };
    page.quoted("on_breach", breach, &engine.on_breach.source);
    let trailing = &engine.trailing;
    page.head("protection.trailing");
    page.bare("enabled", trailing.enabled.value, &trailing.enabled.source);
    for (key, share) in [
        ("activation", &trailing.activation),
        ("callback", &trailing.callback),
        ("step", &trailing.step),
    ] {
        page.quoted(key, &share.value.to_string(), &share.source);
    }
    for account in &settings.accounts {
        page.account(account);
        page.standing(settings, account, demoted);
    }
    let known = |held: &&Demotion| settings.accounts.iter().any(|a| a.name == held.account);
    for held in demoted.iter().filter(|held| !known(held)) {
        page.line(&format!(
            "# {} is held back in {}, which this config does not name: {}",
            held.duty.name(),
            held.account,
            since(held)
        ));
    }
    page.0
}

fn since(held: &Demotion) -> String {
    format!("since {} by undo of {}", held.at.rfc3339(), held.repair.0)
}

struct Page(String);

impl Page {
    fn line(&mut self, text: &str) {
        self.0.push_str(text);
        self.0.push('\n');
    }

    fn head(&mut self, name: &str) {
        if !self.0.is_empty() {
            self.line("");
        }
        self.line(&format!("[{name}]"));
    }

    fn bare(&mut self, key: &str, value: impl std::fmt::Display, source: &Source) {
        let setting = format!("{key} = {value}");
        let _ = writeln!(self.0, "{setting:<40} # {source}");
    }

    fn quoted(&mut self, key: &str, value: &str, source: &Source) {
        self.bare(key, toml::Value::from(value), source);
    }

    fn span(&mut self, key: &str, span: &Sourced<Span>) {
        self.quoted(key, &duration(span.value), &span.source);
    }

    fn plain(&mut self, key: &str, value: &str) {
        let value = toml::Value::from(value);
        let _ = writeln!(self.0, "{key} = {value}");
    }

    fn account(&mut self, account: &AccountConfig) {
        self.line("\n[[account]]");
        self.plain("name", account.name.as_str());
        self.plain("venue", account.venue.name());
        self.plain("environment", environment_name(account.environment));
        self.plain("api_key", &account.key.to_string());
        self.plain("api_secret", &account.secret.to_string());
        if let Some(kind) = account.kind {
            self.plain("key_type", &format!("{kind:?}").to_lowercase());
        }
        if let Some(theme) = &account.theme {
            self.plain("theme", theme);
        }
        if let Some(autonomy) = &account.autonomy {
            self.quoted("autonomy", autonomy.value.name(), &autonomy.source);
        }
        self.rules("account.rules", &account.rules);
        self.line("[account.endpoints]");
        self.plain("rest", &account.endpoints.rest);
        if let Some(spot) = &account.endpoints.rest_spot {
            self.plain("rest_spot", spot);
        }
        self.plain("ws_public", &account.endpoints.ws_public);
        if account.venue == Venue::BybitLinear {
            self.plain("ws_private", &account.endpoints.ws_private);
        }
    }

    fn rules(&mut self, table: &str, rules: &Rules) {
        if rules.iter().next().is_none() {
            return;
        }
        self.head(table);
        for (duty, trust) in rules.iter() {
            self.quoted(duty.name(), trust.value.name(), &trust.source);
        }
    }

    /// Where every rule stands in an account, and what put it there.
    fn standing(&mut self, settings: &Settings, account: &AccountConfig, demoted: &[Demotion]) {
        let name = &account.name;
        self.line(&format!("# how far the engine goes by itself in {name}:"));
        for duty in Duty::ALL {
            let (mut trust, mut why) = standing(settings, account, duty);
            let held = demoted.iter().find(|held| held.account == *name && held.duty == duty);
            if let Some(held) = held {
                trust = trust.min(Trust::Propose);
                let lift = format!(":restore {name} {} lifts it", duty.name());
                why = format!("demoted {}; {lift}; without it: {why}", since(held));
            }
            self.line(&format!("#   {:<16} {:<8} {why}", duty.name(), trust.name()));
        }
    }
}

/// The shortest exact way to write a duration.
fn duration(span: Span) -> String {
    let ms = span.millis();
    match ms {
        _ if ms.is_multiple_of(3_600_000) => format!("{}h", ms / 3_600_000),
        _ if ms.is_multiple_of(60_000) => format!("{}m", ms / 60_000),
        _ if ms.is_multiple_of(1_000) => format!("{}s", ms / 1_000),
        _ => format!("{ms}ms"),
    }
}
