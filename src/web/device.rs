//! Things of this device: its settings (never synchronised), its clock, its randomness, where the app lies.

use js_sys::Date;
use serde::{Deserialize, Serialize};

use super::js;
use crate::domain::{CivilTime, Currency, Day, Id};
use crate::engine::api::Language;

/// Settings that stay on this device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DeviceSettings {
    /// `None`: as the browser prefers.
    pub language: Option<Language>,
    pub theme: Theme,
    /// Columns of the customer list, in order; empty: the usual ones.
    pub columns: Vec<String>,
    /// Days without a backup after which to remind; 0: never.
    pub remind_backup_days: u32,
}

impl Default for DeviceSettings {
    fn default() -> Self {
        Self { language: None, theme: Theme::default(), columns: Vec::new(), remind_backup_days: 7 }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

/// The device's settings; the usual ones where there are none, or the browser refuses to keep any.
#[must_use]
pub fn load() -> DeviceSettings {
    let text = local_storage().and_then(|s| s.get_item(&settings_key()).ok().flatten());
    text.and_then(|t| js::from_json(&t)).unwrap_or_default()
}

/// Keeps the settings; false when the browser refuses, and then they hold until the page is closed.
pub fn save(settings: &DeviceSettings) -> bool {
    let Some(text) = js::to_json(settings) else { return false };
    local_storage().is_some_and(|s| s.set_item(&settings_key(), &text).is_ok())
}

fn settings_key() -> String {
    format!("kith:{}:device", app_path())
}

pub(super) fn local_storage() -> Option<web_sys::Storage> {
    // Reading the property throws where storage is forbidden.
    web_sys::window()?.local_storage().ok().flatten()
}

/// The languages that the browser prefers, best first: does Chinese come before English?
#[must_use]
pub fn browser_language() -> Language {
    let Some(window) = web_sys::window() else { return Language::default() };
    for tag in window.navigator().languages().iter().filter_map(|tag| tag.as_string()) {
        match tag.get(..2).unwrap_or_default().to_ascii_lowercase().as_str() {
            "zh" => return Language::Zh,
            "en" => return Language::En,
            _ => {}
        }
    }
    Language::default()
}

/// The browser's own tag for this language, such as `en-GB`, so that dates and numbers look as the person is used to;
/// `None` where it does not prefer the language.
#[must_use]
pub fn browser_tag(language: Language) -> Option<String> {
    let wanted = match language {
        Language::Zh => "zh",
        Language::En => "en",
    };
    let languages = web_sys::window()?.navigator().languages();
    // Some systems hand out tags that Intl refuses, such as `en-US@posix`.
    let is_plain = |tag: &str| {
        tag.split('-').all(|part| (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
    };
    let is_wanted =
        |tag: &String| tag.get(..2).is_some_and(|start| start.eq_ignore_ascii_case(wanted)) && is_plain(tag);
    languages.iter().filter_map(|tag| tag.as_string()).find(is_wanted)
}

/// The currency of the region that the browser speaks for, such as pounds for `en-GB`: a first guess for an empty book.
/// A language without a region speaks for the one where most speak it. `None` where it names neither that we know.
#[must_use]
pub fn browser_currency() -> Option<Currency> {
    let languages = web_sys::window()?.navigator().languages();
    languages.iter().filter_map(|tag| tag.as_string()).find_map(|tag| region_currency(&tag))
}

fn region_currency(tag: &str) -> Option<Currency> {
    const REGIONS: [(&str, &str); 15] = [
        ("CN", "CNY"),
        ("US", "USD"),
        ("GB", "GBP"),
        ("HK", "HKD"),
        ("TW", "TWD"),
        ("SG", "SGD"),
        ("JP", "JPY"),
        ("KR", "KRW"),
        ("AU", "AUD"),
        ("CA", "CAD"),
        ("NZ", "NZD"),
        ("IN", "INR"),
        ("CH", "CHF"),
        ("ZA", "ZAR"),
        ("BR", "BRL"),
    ];
    const EURO: [&str; 20] = [
        "DE", "FR", "ES", "IT", "NL", "BE", "AT", "IE", "PT", "FI", "GR", "LU", "SK", "SI", "EE", "LV", "LT", "MT",
        "CY", "HR",
    ];
    const LANGUAGES: [(&str, &str); 4] = [("zh", "CN"), ("en", "US"), ("ja", "JP"), ("ko", "KR")];
    let usual = || LANGUAGES.iter().find(|(language, _)| *language == tag).map(|(_, region)| (*region).to_owned());
    let named = tag.split('-').skip(1).find(|part| part.len() == 2).map(str::to_ascii_uppercase);
    let region = named.or_else(usual)?;
    if EURO.contains(&region.as_str()) {
        return Some(Currency::EUR);
    }
    REGIONS.iter().find(|(name, _)| *name == region).and_then(|(_, code)| Currency::parse(code))
}

/// The folder that the app is served from, such as `/` or `/shop/kith/`: names database, lock and channel, so that two
/// copies on one host do not meet.
#[must_use]
pub fn app_path() -> String {
    let document = web_sys::window().and_then(|w| w.document());
    let base = document.and_then(|d| d.base_uri().ok().flatten()).and_then(|b| web_sys::Url::new(&b).ok());
    let path = base.map(|b| b.pathname()).unwrap_or_default();
    path.rfind('/').map_or_else(|| "/".to_owned(), |end| path[..=end].to_owned())
}

/// Today on the wall calendar of this device.
#[must_use]
pub fn today() -> Day {
    civil_now().day()
}

/// How far the wall clock of this device is ahead of UTC.
#[must_use]
pub fn ahead_minutes() -> i32 {
    -(Date::new_0().get_timezone_offset() as i32)
}

/// Now on the wall clock of this device.
#[must_use]
pub fn civil_now() -> CivilTime {
    let now = Date::new_0();
    let wall_ms = Date::utc(f64::from(now.get_full_year()), f64::from(now.get_month()))
        + f64::from(now.get_date() - 1) * 86_400_000.0
        + f64::from(now.get_hours()) * 3_600_000.0
        + f64::from(now.get_minutes()) * 60_000.0
        + f64::from(now.get_seconds()) * 1_000.0
        + f64::from(now.get_milliseconds());
    CivilTime(wall_ms as i64)
}

/// Milliseconds since 1970 UTC.
#[must_use]
pub fn now_ms() -> u64 {
    Date::now() as u64
}

/// Random bits from the browser's cryptographic source.
#[must_use]
pub fn random_u128() -> u128 {
    let mut bytes = [0u8; 16];
    if getrandom::fill(&mut bytes).is_err() {
        // No browser that runs wasm lacks the source; time and chance still keep ids apart.
        for byte in &mut bytes {
            *byte = (js_sys::Math::random() * 256.0) as u8;
        }
    }
    u128::from_le_bytes(bytes)
}

/// A new id for a record made by hand.
#[must_use]
pub fn new_id() -> Id {
    Id::new_v7(now_ms(), random_u128())
}
