//! Names of columns' roles, and sentences for what is wrong with a file or a row. Every variant has its words, or it does
//! not compile. Sizes and counts come in as text, because only the page can format them.

use super::{Locale, fill};
use crate::files::orders::{DateOrder, FileError, FileWarning, Role, RowError, RowReason, Target};

impl Locale {
    #[must_use]
    pub fn role(self, role: Role) -> &'static str {
        let t = &self.t().data;
        match role {
            Role::Ignore => t.role_ignore,
            Role::OrderNumber => t.role_order_number,
            Role::OrderDate => t.role_order_date,
            Role::OrderTime => t.role_order_time,
            Role::CustomerKey => t.role_customer_key,
            Role::CustomerName => t.role_customer_name,
            Role::Phone => t.role_phone,
            Role::Email => t.role_email,
            Role::Company => t.role_company,
            Role::Country => t.role_country,
            Role::City => t.role_city,
            Role::Address => t.role_address,
            Role::ProductKey => t.role_product_key,
            Role::ProductName => t.role_product_name,
            Role::Category => t.role_category,
            Role::Quantity => t.role_quantity,
            Role::UnitPrice => t.role_unit_price,
            Role::LineTotal => t.role_line_total,
            Role::UnitCost => t.role_unit_cost,
            Role::Channel => t.role_channel,
            Role::Status => t.role_status,
            Role::CurrencyCode => t.role_currency_code,
            Role::Note => t.role_note,
            Role::ResponseKey => t.role_response_key,
            Role::Expectation => t.role_expectation,
            Role::Experience => t.role_experience,
            Role::Recommend => t.role_recommend,
            Role::Satisfied => t.role_satisfied,
            Role::Comment => t.role_comment,
            Role::Staff => t.role_staff,
            Role::Birthday => t.role_birthday,
            Role::Tags => t.role_tags,
            Role::Owner => t.role_owner,
            Role::InteractionKey => t.role_interaction_key,
            Role::Direction => t.role_direction,
            Role::Mood => t.role_mood,
        }
    }

    /// What the rows of a file are.
    #[must_use]
    pub fn target(self, target: Target) -> &'static str {
        let t = &self.t().data;
        match target {
            Target::Orders => t.target_orders,
            Target::Customers => t.target_customers,
            Target::Products => t.target_products,
            Target::Interactions => t.target_interactions,
            Target::Responses => t.target_responses,
        }
    }

    #[must_use]
    pub fn date_order(self, order: DateOrder) -> &'static str {
        let t = &self.t().data;
        match order {
            DateOrder::YearMonthDay => t.date_ymd,
            DateOrder::DayMonthYear => t.date_dmy,
            DateOrder::MonthDayYear => t.date_mdy,
            DateOrder::ExcelSerial => t.date_excel,
        }
    }

    /// The reason alone, for a list sorted by reasons.
    #[must_use]
    pub fn row_reason(self, reason: RowReason) -> &'static str {
        let t = &self.t().data;
        match reason {
            RowReason::NoSuchDate => t.reason_no_such_date,
            RowReason::NotADate => t.reason_not_a_date,
            RowReason::YearOutOfRange => t.reason_year,
            RowReason::NotANumber => t.reason_not_a_number,
            RowReason::TooLarge => t.reason_too_large,
            RowReason::Missing => t.reason_missing,
            RowReason::Ragged => t.reason_ragged,
            RowReason::Cut => t.reason_cut,
            RowReason::OtherCustomer => t.reason_other_customer,
            RowReason::OtherCurrency => t.reason_other_currency,
            RowReason::UnknownCurrency => t.reason_unknown_currency,
            RowReason::ControlCharacter => t.reason_control,
            RowReason::NotASale => t.reason_not_a_sale,
            RowReason::ScoreOutOfRange => t.reason_score,
            RowReason::NothingSaid => t.reason_nothing_said,
            RowReason::UnknownCustomer => t.reason_unknown_customer,
            RowReason::UnknownOrder => t.reason_unknown_order,
            RowReason::UnknownProduct => t.reason_unknown_product,
            RowReason::UnknownLink => t.reason_unknown_link,
            RowReason::Duplicate => t.reason_duplicate,
            RowReason::FormulaError => t.reason_formula,
            RowReason::DigitsLost => t.reason_digits_lost,
            RowReason::TooLong => t.reason_too_long,
            RowReason::NotAChoice => t.reason_not_a_choice,
        }
    }

    /// “Row 812, “Date”: the date 2011-02-30 does not exist”.
    #[must_use]
    pub fn row_error(self, error: &RowError) -> String {
        let t = &self.t().data;
        let text = match error.reason {
            RowReason::NoSuchDate => t.row_no_such_date,
            RowReason::NotADate => t.row_not_a_date,
            RowReason::YearOutOfRange => t.row_year,
            RowReason::NotANumber => t.row_not_a_number,
            RowReason::TooLarge => t.row_too_large,
            RowReason::Missing => t.row_missing,
            RowReason::Ragged => t.row_ragged,
            RowReason::Cut => t.row_cut,
            RowReason::OtherCustomer => t.row_other_customer,
            RowReason::OtherCurrency => t.row_other_currency,
            RowReason::UnknownCurrency => t.row_unknown_currency,
            RowReason::ControlCharacter => t.row_control,
            RowReason::NotASale => t.row_not_a_sale,
            RowReason::ScoreOutOfRange => t.row_score,
            RowReason::NothingSaid => t.row_nothing_said,
            RowReason::UnknownCustomer => t.row_unknown_customer,
            RowReason::UnknownOrder => t.row_unknown_order,
            RowReason::UnknownProduct => t.row_unknown_product,
            RowReason::UnknownLink => t.row_unknown_link,
            RowReason::Duplicate => t.row_duplicate,
            RowReason::FormulaError => t.row_formula,
            RowReason::DigitsLost => t.row_digits_lost,
            RowReason::TooLong => t.row_too_long,
            RowReason::NotAChoice => t.row_not_a_choice,
        };
        let reason = fill(text, &[("value", &error.value)]);
        let row = error.row.to_string();
        match error.column.as_deref() {
            // Of an order, which may have many.
            None if error.row == 0 => reason,
            Some(column) => fill(t.row_column_sentence, &[("row", &row), ("column", column), ("reason", &reason)]),
            None => fill(t.row_sentence, &[("row", &row), ("reason", &reason)]),
        }
    }

    /// Why a file cannot be read and what to do. `bytes` and `int` put sizes and counts into words.
    #[must_use]
    pub fn file_error(self, error: &FileError, bytes: impl Fn(u64) -> String, int: impl Fn(u64) -> String) -> String {
        let t = &self.t().data;
        match error {
            FileError::Empty => t.file_empty.to_owned(),
            FileError::NoRows => t.file_no_rows.to_owned(),
            FileError::TooLarge { bytes: size, limit } => {
                fill(t.file_too_large, &[("size", &bytes(*size)), ("limit", &bytes(*limit))])
            }
            FileError::TooManyRows { limit } => fill(t.file_too_many_rows, &[("limit", &int(*limit))]),
            FileError::TooManyColumns { columns, limit } => {
                fill(t.file_too_many_columns, &[("columns", &int(*columns)), ("limit", &int(*limit))])
            }
            FileError::NotText { what } => fill(t.file_not_text, &[("what", self.file_kind(what))]),
            FileError::Encoding { line, .. } => fill(t.file_encoding, &[("line", &int(*line))]),
            FileError::UnclosedQuote { row } => fill(t.file_unclosed_quote, &[("row", &int(*row))]),
            FileError::FieldTooLong { row, limit } => {
                fill(t.file_field_too_long, &[("row", &int(*row)), ("limit", &int(*limit))])
            }
            FileError::MissingRole { role } => fill(t.file_missing_role, &[("role", self.role(*role))]),
            FileError::RoleTwice { role } => fill(t.file_role_twice, &[("role", self.role(*role))]),
            FileError::Password => t.file_password.to_owned(),
            FileError::Broken { detail } => fill(t.file_broken, &[("detail", detail)]),
            FileError::Inflates { limit } => fill(t.file_inflates, &[("limit", &bytes(*limit))]),
            FileError::Unreadable { detail } => fill(t.file_unreadable, &[("detail", detail)]),
            FileError::Stopped => t.file_stopped.to_owned(),
            FileError::Cancelled => t.file_cancelled.to_owned(),
        }
    }

    fn file_kind(self, what: &str) -> &str {
        let t = &self.t().data;
        match what {
            "xlsx" | "xls" | "xlsb" => t.file_not_text_excel,
            "zip" => t.file_not_text_archive,
            "image" => t.file_not_text_image,
            "pdf" => "PDF",
            "binary" => t.file_not_text_binary,
            other => other,
        }
    }

    /// Something about the file that the person should look at.
    #[must_use]
    pub fn file_warning(self, warning: &FileWarning) -> String {
        let t = &self.t().data;
        match warning {
            FileWarning::DuplicateHeader { name } => fill(t.warn_duplicate, &[("name", name)]),
            FileWarning::ManyCandidates { role, columns } => {
                fill(t.warn_many, &[("role", self.role(*role)), ("columns", &columns.join(self.comma()))])
            }
            FileWarning::NoHeader => t.warn_no_header.to_owned(),
            FileWarning::OneColumn => t.warn_one_column.to_owned(),
            FileWarning::MacrosIgnored => t.warn_macros.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::api::Language;

    #[test]
    fn rows_say_where_and_why() {
        let error = RowError {
            row: 812,
            column: Some("InvoiceDate".into()),
            value: "2011-02-30".into(),
            reason: RowReason::NoSuchDate,
        };
        assert_eq!(
            Locale::new(Language::En).row_error(&error),
            "Row 812, “InvoiceDate”: the date 2011-02-30 does not exist"
        );
        assert_eq!(Locale::new(Language::Zh).row_error(&error), "第 812 行“InvoiceDate”：日期 2011-02-30 不存在");
        // What stands in the file is shown as it is, braces too.
        let odd = RowError { value: "{row}".into(), reason: RowReason::NotADate, ..error };
        assert_eq!(Locale::new(Language::En).row_error(&odd), "Row 812, “InvoiceDate”: “{row}” is not a date");
    }

    #[test]
    fn files_say_what_to_do() {
        let say = |language, error: &FileError| {
            Locale::new(language).file_error(error, |b| format!("{b} B"), |n| n.to_string())
        };
        let large = FileError::TooLarge { bytes: 9, limit: 5 };
        assert_eq!(say(Language::En, &large), "The file is 9 B; Kith reads up to 5 B. Split it, for example by year.");
        let excel = FileError::NotText { what: "xlsx".into() };
        assert_eq!(
            say(Language::Zh, &excel),
            "文件类型是“旧格式的 Excel 工作簿”，知客读不了。请用对应的程序打开，另存为 .xlsx 或 CSV。"
        );
        let missing = FileError::MissingRole { role: Role::OrderDate };
        assert_eq!(say(Language::Zh, &missing), "没有哪一列是“订单日期”，请指定。");
    }
}
