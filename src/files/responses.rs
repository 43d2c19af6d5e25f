//! Answers of customers in a file: what its columns are called, and what a row becomes. The reading itself is that of
//! [`super::orders`]: the same encodings, dates, limits and row errors.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::numbers::{clean, parse_decimal};
use super::orders::{DecimalSign, ParseReport, ParsedOrders, Role, RowReason, Target};
use crate::domain::{CivilTime, ResponseDraft};

/// One answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParsedResponse {
    /// Where it stands in the file, as a spreadsheet counts.
    pub row: u64,
    /// The answer's number; where the file has none, one made from what it is about.
    pub key: String,
    /// Number, phone, email or name of the customer, as in a file of orders.
    pub customer: String,
    pub at: CivilTime,
    /// Number of the order, key or name of the product, empty if none is named.
    pub order: String,
    pub product: String,
    pub staff: String,
    /// 0–10.
    pub expectation: Option<u8>,
    /// 0–10.
    pub experience: Option<u8>,
    /// 0–10.
    pub nps: Option<u8>,
    /// 1–5.
    pub csat: Option<u8>,
    pub comment: String,
}

impl ParsedResponse {
    fn says_something(&self) -> bool {
        let scored = [self.expectation, self.experience, self.nps, self.csat].iter().any(Option::is_some);
        scored || !self.comment.is_empty()
    }
}

/// A score as a whole number of its scale (satisfied 1–5, else 0–10): `8`, `8.0`, `8 分`, `8/10`. `None`: not given.
///
/// # Errors
/// [`RowReason::NotANumber`] or [`RowReason::ScoreOutOfRange`].
pub fn parse_score(role: Role, cell: &str, sign: DecimalSign) -> Result<Option<u8>, RowReason> {
    let text = clean(cell);
    if text.is_empty() {
        return Ok(None);
    }
    let (range, out_of) = if role == Role::Satisfied { (ResponseDraft::FIVE, "5") } else { (ResponseDraft::TEN, "10") };
    let text = text.trim_end_matches('分').trim_end();
    let text = text.rsplit_once('/').filter(|(_, of)| of.trim() == out_of).map_or(text, |(score, _)| score);
    let tenths = parse_decimal(text, sign, 1).map_err(|_| RowReason::NotANumber)?;
    let whole = (tenths % 10 == 0 && range.contains(&(tenths / 10))).then_some(tenths / 10);
    whole.and_then(|n| u8::try_from(n).ok()).map(Some).ok_or(RowReason::ScoreOutOfRange)
}

/// Answers as they are read, each once.
#[derive(Clone, Debug, Default)]
pub(super) struct Said {
    all: Vec<ParsedResponse>,
    /// Place of each key in `all`.
    places: FxHashMap<String, usize>,
}

impl Said {
    /// Keeps an answer. Without a number of its own it is known by customer, time, order and product; several about the
    /// same are told apart by their order in the file.
    pub fn take(&mut self, mut response: ParsedResponse) -> Result<(), RowReason> {
        if !response.says_something() {
            return Err(RowReason::NothingSaid);
        }
        let numbered = !response.key.is_empty();
        let stem = match &response {
            ParsedResponse { key, .. } if numbered => key.clone(),
            r => [&r.customer, &r.at.0.to_string(), &r.order, &r.product].map(String::as_str).join("\u{1f}"),
        };
        let mut key = stem.clone();
        let mut nth = 1u32;
        while let Some(before) = self.places.get(&key).and_then(|&at| self.all.get(at)) {
            response.key.clone_from(&key);
            let same = ParsedResponse { row: response.row, ..before.clone() } == response;
            if numbered || same {
                return Err(RowReason::Duplicate);
            }
            nth += 1;
            key = format!("{stem}\u{1f}{nth}");
        }
        response.key.clone_from(&key);
        self.places.insert(key, self.all.len());
        self.all.push(response);
        Ok(())
    }

    pub fn finish(self) -> ParsedOrders {
        let times = || self.all.iter().map(|r| r.at);
        let report = ParseReport {
            responses: self.all.len() as u64,
            first: times().min(),
            last: times().max(),
            ..ParseReport::default()
        };
        ParsedOrders { report, responses: self.all, ..ParsedOrders::default() }
    }
}

/// Header names as [`normalise`](super::orders) leaves them, best first per role.
const NAMES: [(Role, &str); 8] = [
    (
        Role::ResponseKey,
        "responseid responseno answerid answernumber surveyid feedbackid reviewid 答卷编号 答卷id 评价编号 评价id 问卷编号 反馈编号",
    ),
    (
        Role::Expectation,
        "expectation expectation010 expected expectationscore hoped 期望 期望值 期望分 期望评分 期望得分 预期 预期分",
    ),
    (
        Role::Experience,
        "experience experience010 experienced experiencescore score rating reviewscore 体验 体验值 体验分 体验评分 体验得分 实际体验 评分 得分 \
         打分 实际",
    ),
    (
        Role::Recommend,
        "nps npsscore recommend recommendation wouldrecommend010 likelihoodtorecommend wouldrecommend 推荐意愿 推荐 推荐分 推荐度 推荐值 nps分 nps评分",
    ),
    (
        Role::Satisfied,
        "csat csatscore satisfaction satisfied satisfied15 satisfactionscore satisfactionrating stars 满意度 满意 满意度评分 满意分 星级",
    ),
    (
        Role::Comment,
        "comment comments feedback remarks remark review note notes message text 评价 评论 备注 意见 反馈 留言 评价内容 客户原话 建议",
    ),
    (Role::Staff, "staff employee agent servedby salesperson cashier 员工 店员 客服 导购 服务人员 接待人"),
    (
        Role::OrderDate,
        "date answeredat respondedat responsedate reviewdate surveydate submittedat timestamp 评价时间 评价日期 答题时间 \
         提交时间 填写时间 反馈时间 回访日期 回访时间 日期 时间",
    ),
];

/// Names that no file of orders has in a column.
fn is_score(name: &str) -> bool {
    let unmistakable = |role: &Role| Role::SCORES.contains(role);
    NAMES.iter().any(|(role, names)| unmistakable(role) && names.split_ascii_whitespace().any(|n| n == name))
}

/// Answers if a column is called by a score and none holds money.
pub(super) fn guess_target(header: &[String], as_orders: &[Role]) -> Target {
    let money = as_orders.iter().any(|r| matches!(r, Role::UnitPrice | Role::Quantity));
    let scores = header.iter().filter(|h| is_score(&super::orders::normalise(h))).count();
    if scores > 0 && !money { Target::Responses } else { Target::Orders }
}

/// Roles of a file of answers; who, when and what it is about are guessed as in a file of orders.
pub(super) fn guess_roles(header: &[String], rows: &[Vec<String>], as_orders: &[Role]) -> Vec<Role> {
    let names: Vec<String> = header.iter().map(|h| super::orders::normalise(h)).collect();
    let mut roles = vec![Role::Ignore; header.len()];
    for (role, words) in NAMES {
        let numeric = Role::SCORES.contains(&role);
        let fits = |column: usize| !numeric || super::orders::are_numbers(column, rows);
        let ranked = names.iter().enumerate().filter_map(|(column, name)| {
            let rank = words.split_ascii_whitespace().position(|w| w == name)?;
            (roles.get(column) == Some(&Role::Ignore) && fits(column)).then_some((rank, column))
        });
        if let Some(slot) = ranked.min().and_then(|(_, column)| roles.get_mut(column)) {
            *slot = role;
        }
    }
    for (column, role) in as_orders.iter().enumerate() {
        if role.is_of(Target::Responses)
            && !roles.contains(role)
            && let Some(slot) = roles.get_mut(column).filter(|slot| **slot == Role::Ignore)
        {
            *slot = *role;
        }
    }
    roles
}

#[cfg(test)]
mod tests;
