//! The effective config as TOML, each value with where it came from.
//!
//! Door: [`toml`].

use std::fmt::Write as _;

use crate::domain::time::Span;
use crate::settings::file::{ON_BREACH, TRIGGER};
use crate::settings::{AccountConfig, Environment, KeyType, Settings, Source, Sourced};

pub(super) fn toml(settings: &Settings) -> String {
    let mut page = Page(String::new());
    let exists = if settings.config_exists { "" } else { ", does not exist" };
    let (config, state) = (&settings.config, &settings.state_dir);
    page.line(&format!("# config  {}  ({}{exists})", config.value.display(), config.from));
    page.line(&format!("# state   {}  ({})", state.value.display(), state.from));
    page.table("[ledger]");
    let url = format!("sqlite:{}", settings.ledger.value.display());
    page.text("url", &url, &settings.ledger.from);
    engine(&mut page, settings);
    protection(&mut page, settings);
    for account in &settings.accounts {
        self::account(&mut page, account);
    }
    page.0
}

fn engine(page: &mut Page, settings: &Settings) {
    page.table("[engine]");
    page.text("autonomy", settings.autonomy.value.name(), &settings.autonomy.from);
    page.span("sync_interval", &settings.sync_interval);
    page.span("orphan_grace", &settings.orphan_grace);
    let confirmations = &settings.confirmations;
    page.entry("confirmations", &confirmations.value.to_string(), &confirmations.from);
    page.span("confirm_interval", &settings.confirm_interval);
    page.span("verify_timeout", &settings.verify_timeout);
}

fn protection(page: &mut Page, settings: &Settings) {
    page.table("[protection]");
    page.text("stop", &settings.stop.value.to_string(), &settings.stop.from);
    page.text("trigger", word(&TRIGGER, settings.trigger.value), &settings.trigger.from);
    page.text("on_breach", word(&ON_BREACH, settings.on_breach.value), &settings.on_breach.from);
    let trailing = &settings.trailing;
    page.table("[protection.trailing]");
    page.entry("enabled", &trailing.enabled.value.to_string(), &trailing.enabled.from);
    page.text("activation", &trailing.activation.value.to_string(), &trailing.activation.from);
    page.text("callback", &trailing.callback.value.to_string(), &trailing.callback.from);
    page.text("step", &trailing.step.value.to_string(), &trailing.step.from);
}

fn account(page: &mut Page, account: &AccountConfig) {
    page.table("[[account]]");
    let mut put = |key: &str, value: &str| page.text(key, value, &account.source(key));
    put("name", account.name.as_str());
    put("venue", account.venue.name());
    put("environment", word(&Environment::ALL, account.environment));
    put("api_key", &account.key.to_string());
    put("api_secret", &account.secret.to_string());
    put("key_type", word(&KeyType::ALL, account.key_type));
    if let Some(theme) = &account.theme {
        put("theme", theme);
    }
    let hosts = &account.endpoints;
    let named = [
        ("rest", &hosts.rest),
        ("rest_spot", &hosts.rest_spot),
        ("ws_public", &hosts.ws_public),
        ("ws_private", &hosts.ws_private),
    ];
    if named.iter().any(|(_, host)| host.is_some()) {
        page.table("[account.endpoints]");
    }
    for (key, host) in named {
        if let Some(host) = host {
            page.text(key, host, &account.source(key));
        }
    }
}

fn word<T: PartialEq + Copy>(words: &[(&'static str, T)], value: T) -> &'static str {
    words.iter().find(|(_, meaning)| *meaning == value).map_or("", |(word, _)| word)
}

/// The page so far.
struct Page(String);

impl Page {
    fn line(&mut self, line: &str) {
        self.0.push_str(line);
        self.0.push('\n');
    }

    fn table(&mut self, header: &str) {
        self.line("");
        self.line(header);
    }

    fn entry(&mut self, key: &str, value: &str, from: &Source) {
        let entry = format!("{key} = {value}");
        writeln!(self.0, "{entry:<40} # {from}").ok();
    }

    fn text(&mut self, key: &str, value: &str, from: &Source) {
        let quoted = toml::Value::from(value).to_string();
        self.entry(key, &quoted, from);
    }

    fn span(&mut self, key: &str, span: &Sourced<Span>) {
        let text = match span.value.millis() {
            ms if ms % 1000 == 0 => format!("{}s", ms / 1000),
            ms => format!("{ms}ms"),
        };
        self.text(key, &text, &span.from);
    }
}
