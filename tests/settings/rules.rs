//! `[rules]`, `[account.rules]` and an account's autonomy: which word wins, and how it is shown.

use holdfast::domain::journal::RepairId;
use holdfast::domain::policy::Autonomy;
use holdfast::domain::time::Time;
use holdfast::domain::trust::{Demotion, Duty, Trust};
use holdfast::settings::Settings;

use crate::{ACCOUNT, parse, problems};

/// Two accounts: `main` says nothing of its own, `by` has its own autonomy and a rule.
fn two() -> Settings {
    let by = ACCOUNT.replace("main", "by").replace("KEY", "KEY2");
    parse(&format!(
        "[engine]\nautonomy = \"auto\"\n[rules]\nclose_phantom = \"propose\"\n\
         adopt = \"observe\"\n{ACCOUNT}{by}autonomy = \"observe\"\n\
         [account.rules]\nprotect = \"repair\"\n"
    ))
}

fn trust(settings: &Settings, account: &str, duty: Duty) -> Trust {
    settings.policy().trust(&account.into(), duty)
}

#[test]
fn the_nearest_word_decides_where_a_rule_stands() {
    let settings = two();
    for (account, duty, wanted) in [
        ("main", Duty::Protect, Trust::Repair),
        ("main", Duty::ClosePhantom, Trust::Propose),
        ("main", Duty::Adopt, Trust::Observe),
        ("by", Duty::Protect, Trust::Repair),
        ("by", Duty::ClosePhantom, Trust::Observe),
        ("by", Duty::FollowQuantity, Trust::Observe),
    ] {
        assert_eq!(trust(&settings, account, duty), wanted, "{account} {duty:?}");
    }
}

#[test]
fn the_presets_put_the_rules_where_the_contract_says() {
    for (word, adopt, others) in [
        ("observe", Trust::Observe, Trust::Observe),
        ("guard", Trust::Propose, Trust::Repair),
        ("auto", Trust::Repair, Trust::Repair),
    ] {
        let settings = parse(&format!("[engine]\nautonomy = \"{word}\"\n{ACCOUNT}"));
        assert_eq!(trust(&settings, "main", Duty::Adopt), adopt, "{word}");
        assert_eq!(trust(&settings, "main", Duty::Protect), others, "{word}");
        assert_eq!(trust(&settings, "main", Duty::ClosePhantom), others, "{word}");
    }
}

#[test]
fn a_rule_or_rung_that_is_none_is_named_with_its_line_and_what_there_is() {
    let text = problems("[rules]\nclose_fantom = \"repair\"\nadopt = \"auto\"\n");
    assert_eq!(
        text,
        "config.toml:2: unknown key rules.close_fantom; \
         the nearest known key is rules.close_phantom\n\
         config.toml:3: rules.adopt: \"auto\" is not one of observe, propose, repair"
    );
    let account = format!("{ACCOUNT}autonomy = \"propose\"\n[account.rules]\nstops = \"repair\"");
    let text = problems(&account);
    for part in [
        "config.toml:7: account.autonomy: \"propose\" is not one of observe, guard, auto",
        "config.toml:9: unknown key account.rules.stops; the nearest known key is account.rules.",
    ] {
        assert!(text.contains(part), "{text}");
    }
    assert!(problems("[rules]\nadopt = true").contains("rules.adopt must be text in quotes"));
}

fn line<'a>(shown: &'a str, account: &str, rule: &str) -> &'a str {
    let head = format!("# how far the engine goes by itself in {account}:");
    let mut lines = shown.lines().skip_while(|line| *line != head);
    lines.find(|line| line.starts_with(&format!("#   {rule} "))).unwrap()
}

#[test]
fn every_rule_of_every_account_is_shown_with_what_put_it_there() {
    let shown = two().show(&[]);
    for (account, rule, rung, why) in [
        ("main", "protect", "repair", "engine.autonomy = auto, config line 2"),
        ("main", "close_phantom", "propose", "rules, config line 4"),
        ("by", "protect", "repair", "account.rules, config line 20"),
        ("by", "adopt", "observe", "account.autonomy = observe, config line 18"),
    ] {
        let line = line(&shown, account, rule);
        assert!(line.contains(&format!(" {rung} ")) && line.contains(why), "{line}");
    }
    let again = parse(&shown);
    assert_eq!(again.policy(), two().policy(), "{shown}");
}

#[test]
fn a_demotion_in_the_ledger_is_shown_with_its_repair_and_how_it_is_lifted() {
    let demoted = |account: &str, duty| Demotion {
        account: account.into(),
        duty,
        repair: RepairId("r-0123456789ab".into()),
        at: Time::parse("2026-11-21T14:02:00Z").unwrap(),
    };
    let shown = two().show(&[
        demoted("main", Duty::Protect),
        demoted("by", Duty::ClosePhantom),
        demoted("gone", Duty::Adopt),
    ]);
    let held = line(&shown, "main", "protect");
    for part in [
        " propose ",
        "demoted since 2026-11-21T14:02:00.000Z by undo of r-0123456789ab",
        ":restore main protect",
        "without it: engine.autonomy = auto",
    ] {
        assert!(held.contains(part), "{part:?} is missing: {held}");
    }
    // A demotion takes a rule down, never up.
    assert!(line(&shown, "by", "close_phantom").contains(" observe "), "{shown}");
    assert!(line(&shown, "by", "protect").contains(" repair "), "of the other account");
    assert!(shown.contains("adopt is held back in gone, which this config does not name"));
    assert_eq!(parse(&shown).policy().autonomy, Autonomy::Auto);
}
