//! Text as it is compared: small letters, half width, without accents, simplified characters for the traditional ones that
//! are frequent in names.

/// Latin letters with a mark, U+00C0 to U+017F, as what people type; a space where that takes two letters or none.
const LATIN: &str = "aaaaaa ceeeeiiiidnooooo ouuuuy  aaaaaa ceeeeiiiidnooooo ouuuuy yaaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii  jjkkkllllllllllnnnnnnnnnoooooo  rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

/// Frequent in names, traditional before simplified.
const VARIANTS: &str = "\
東东楊杨張张陳陈劉刘趙赵黃黄吳吴馬马孫孙鄭郑謝谢馮冯許许鄧邓蕭萧韓韩葉叶蘇苏呂吕蔣蒋賈贾鍾钟鐘钟閻阎譚谭鄒邹陸陆龍龙萬万錢钱湯汤尹尹黎黎賀贺賴赖龔龚莊庄\
嚴严牛牛聶聂焦焦俞俞齊齐魯鲁關关紀纪歐欧陽阳項项連连顧顾師师單单華华範范祝祝藍蓝褚褚邊边寧宁應应樊樊衛卫費费盧卢倉仓婁娄駱骆喬乔甯宁鄺邝羅罗宋宋\
國国偉伟強强麗丽靜静軍军濤涛傑杰紅红嬋婵娟娟蘭兰鳳凤慶庆榮荣寶宝義义愛爱學学進进遠远順顺達达運运過过選选衝冲術术親亲觀观訓训記记詠咏詩诗詳详誠诚誼谊\
豐丰貝贝貴贵賢贤賓宾質质贊赞軒轩輝辉農农鄉乡釗钊鈞钧銀银銘铭銳锐鋒锋鋼钢錦锦鎮镇鑫鑫長长門门開开閏闰閣阁陝陕陰阴際际隨随險险雙双雲云電电靈灵頂顶順顺\
頌颂領领頻频顏颜願愿風风飛飞馨馨駿骏騰腾驍骁鬆松魚鱼鴻鸿鵬鹏鶴鹤麥麦點点齡龄龐庞倫伦偉伟傳传億亿儀仪優优兒儿凱凯則则創创劍剑勁劲動动勝胜勞劳勳勋\
區区協协單单卻却厲厉參参員员啟启喚唤嘯啸嚮向圓圆團团堅坚報报場场塊块壽寿夢梦奮奋妝妆孫孙寬宽實实審审將将專专尋寻對对導导屬属岡冈島岛嶺岭巖岩師师\
帥帅幣币幹干幾几廣广廠厂廳厅彥彦彌弥後后徑径從从徵征德德憲宪懷怀戀恋戰战戲戏拋抛擇择擴扩擺摆敏敏數数斌斌於于時时晉晋晝昼暉晖曄晔曉晓書书會会條条棟栋\
榮荣業业樂乐樓楼標标樹树橋桥機机歡欢歲岁歷历歸归殿殿毅毅氣气決决沖冲況况涼凉淨净淵渊湧涌溫温滄沧滿满漢汉潔洁潤润澤泽濟济濱滨瀟潇灣湾為为烏乌無无煒炜\
煥焕燁烨燈灯燦灿燕燕爾尔獎奖獻献現现瑋玮瑩莹瑪玛璽玺環环瓊琼產产畢毕畫画異异當当療疗發发皚皑盛盛監监礎础禎祯禮礼禪禅種种積积穎颖穩稳競竞筆笔範范簡简\
約约純纯紗纱細细終终結结給给絲丝經经綠绿維维網网綺绮綸纶緒绪緣缘縣县總总繼继續续纓缨羅罗義义習习翔翔聖圣聞闻聯联聰聪職职肅肃脈脉臨临興兴舉举艦舰藝艺\
蓮莲蔣蒋薈荟藍蓝蘆芦虛虚號号蝦虾術术衛卫裡里補补裝装製制複复見见規规視视覺觉計计訊讯設设試试話话語语課课調调論论諾诺謙谦講讲證证識识譜谱議议護护讓让\
財财貨货貿贸資资賽赛贏赢躍跃車车輕轻輪轮輯辑轉转辦办這这週周遊游適适遲迟郵邮醫医釀酿釋释里里針针鏡镜鐵铁鑽钻間间陳陈陣阵陸陆隊队階阶難难霞霞韻韵響响頓顿\
題题額额類类飯饭飲饮館馆馳驰駕驾驗验體体";

/// The simplified form of a character, where it is a traditional one that is frequent in names.
#[must_use]
pub fn simplified(c: char) -> char {
    use std::sync::OnceLock;
    static TABLE: OnceLock<Vec<(char, char)>> = OnceLock::new();
    if !('\u{4e00}'..'\u{a000}').contains(&c) {
        return c;
    }
    let table = TABLE.get_or_init(|| {
        let (mut pairs, mut chars) = (Vec::new(), VARIANTS.chars());
        while let (Some(from), Some(to)) = (chars.next(), chars.next()) {
            if from != to {
                pairs.push((from, to));
            }
        }
        crate::domain::sort::sort_by(&mut pairs, Ord::cmp);
        pairs.dedup_by_key(|pair| pair.0);
        pairs
    });
    table.binary_search_by_key(&c, |pair| pair.0).ok().and_then(|at| table.get(at)).map_or(c, |pair| pair.1)
}

/// What stands for `c` when texts are compared; nothing for combining marks.
pub fn fold_char(c: char, mut push: impl FnMut(char)) {
    match c {
        '\0'..='\u{7f}' => push(c.to_ascii_lowercase()),
        'ß' => ['s', 's'].into_iter().for_each(push),
        'Æ' | 'æ' => ['a', 'e'].into_iter().for_each(push),
        'Œ' | 'œ' => ['o', 'e'].into_iter().for_each(push),
        'Þ' | 'þ' => ['t', 'h'].into_iter().for_each(push),
        '\u{a0}' | '\u{3000}' | '\u{2000}'..='\u{200a}' => push(' '),
        // Marks on letters, characters without width, directions of writing.
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}' => {}
        '\u{c0}'..='\u{17f}' => {
            let place = (u32::from(c) - 0xc0) as usize;
            match LATIN.as_bytes().get(place).copied().map(char::from).filter(|plain| *plain != ' ') {
                Some(plain) => push(plain),
                None => c.to_lowercase().for_each(push),
            }
        }
        '\u{ff01}'..='\u{ff5e}' => {
            push(char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c).to_ascii_lowercase());
        }
        '\u{4e00}'..='\u{9fff}' => push(simplified(c)),
        _ => c.to_lowercase().for_each(push),
    }
}

/// Text as it is compared.
#[must_use]
pub fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    text.chars().for_each(|c| fold_char(c, |c| out.push(c)));
    out
}

/// Whether a text is this one as it is compared, blanks around it aside; `want` is folded already.
#[must_use]
pub fn folds_to(text: &str, want: &str) -> bool {
    let (mut left, mut same) = (want.chars(), true);
    for c in text.trim().chars() {
        fold_char(c, |c| same = same && left.next() == Some(c));
        if !same {
            return false;
        }
    }
    left.next().is_none()
}

/// Whether one name holds the other, as people write them shorter or longer. What is empty says nothing against any.
#[must_use]
pub fn same_name(a: &str, b: &str) -> bool {
    let (a, b) = (folded(a.trim()), folded(b.trim()));
    a.contains(&b) || b.contains(&a)
}

/// Whether one typing slip at most lies between `typed` and `word`: a letter left out, added or changed, or two
/// neighbours exchanged (Damerau, *A technique for computer detection and correction of spelling errors*, CACM 7, 1964).
#[must_use]
pub fn within_slip<T: PartialEq>(typed: &[T], word: &[T]) -> bool {
    one_slip(typed, word, false)
}

/// The same for a word that is still being typed: `typed` against any beginning of `word`. A slip in the last letter
/// does not count, for then anything would do.
#[must_use]
pub fn begins_with_slip<T: PartialEq>(typed: &[T], word: &[T]) -> bool {
    one_slip(typed, word, true)
}

fn one_slip<T: PartialEq>(typed: &[T], word: &[T], beginning: bool) -> bool {
    let same = typed.iter().zip(word).take_while(|(a, b)| a == b).count();
    let rest = |of: &[T], skip: usize| -> Option<usize> { of.len().checked_sub(same + skip) };
    let fits = |skip_typed: usize, skip_word: usize| {
        let (Some(a), Some(b)) = (rest(typed, skip_typed), rest(word, skip_word)) else { return false };
        let typed = typed.get(same + skip_typed..).unwrap_or_default();
        let word = word.get(same + skip_word..).unwrap_or_default();
        if beginning { a > 0 && word.starts_with(typed) } else { a == b && typed == word }
    };
    if same == typed.len() {
        return beginning || word.len() <= same + 1;
    }
    let exchanged = || {
        let two = |of: &[T]| of.len() >= same + 2;
        two(typed)
            && two(word)
            && typed.get(same) == word.get(same + 1)
            && typed.get(same + 1) == word.get(same)
            && match (typed.get(same + 2..), word.get(same + 2..)) {
                (Some(typed), Some(word)) => {
                    if beginning {
                        word.starts_with(typed)
                    } else {
                        typed == word
                    }
                }
                _ => false,
            }
    };
    fits(1, 1) || fits(0, 1) || fits(1, 0) || exchanged()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn folding() {
        let cases = [
            ("José ÁLVAREZ", "jose alvarez"),
            ("Müller", "muller"),
            ("Straße", "strasse"),
            ("Łukasz Żółć", "lukasz zolc"),
            ("ＡＢＣ　１２３", "abc 123"),
            ("張偉", "张伟"),
            ("陳曉東", "陈晓东"),
            ("е́ж", "еж"),
            ("ŌSAKA", "osaka"),
            ("Đào", "dao"),
            ("Ñandú Çelik Øre Åse", "nandu celik ore ase"),
        ];
        for (text, want) in cases {
            assert_eq!(folded(text), want, "{text}");
        }
        // One letter for each place of the table.
        assert_eq!(LATIN.len(), 0x180 - 0xc0);
        assert_eq!(VARIANTS.chars().count() % 2, 0);
    }

    #[test]
    fn slips() {
        let yes =
            [("john", "john"), ("jhon", "john"), ("jon", "john"), ("joohn", "john"), ("jahn", "john"), ("ohn", "john")];
        for (typed, word) in yes {
            assert!(within_slip(typed.as_bytes(), word.as_bytes()), "{typed} {word}");
        }
        for (typed, word) in [("jn", "john"), ("nhoj", "john"), ("jooohn", "john"), ("jhno", "john"), ("", "ab")] {
            assert!(!within_slip(typed.as_bytes(), word.as_bytes()), "{typed} {word}");
        }
        for (typed, word) in [("jhon", "johnson"), ("jonso", "johnson"), ("johns", "johnson"), ("johhns", "johnson")] {
            assert!(begins_with_slip(typed.as_bytes(), word.as_bytes()), "{typed} {word}");
        }
        for (typed, word) in [("johx", "johnson"), ("jox", "johnson"), ("johnsonx", "johnson"), ("xyz", "johnson")] {
            assert!(!begins_with_slip(typed.as_bytes(), word.as_bytes()), "{typed} {word}");
        }
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,20}") {
            let once = folded(&text);
            // A letter whose small form is written with a mark of its own loses it in the second round.
            prop_assert_eq!(folded(&folded(&once)), folded(&once));
        }

        #[test]
        fn slips_are_those_of_the_textbook(a in "[abc]{0,6}", b in "[abc]{0,6}") {
            let (x, y) = (a.as_bytes(), b.as_bytes());
            let mut d = vec![vec![0usize; y.len() + 1]; x.len() + 1];
            for i in 0..=x.len() {
                for j in 0..=y.len() {
                    d[i][j] = if i == 0 || j == 0 { i + j } else {
                        let cost = usize::from(x[i - 1] != y[j - 1]);
                        let mut best = (d[i - 1][j] + 1).min(d[i][j - 1] + 1).min(d[i - 1][j - 1] + cost);
                        if i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1] {
                            best = best.min(d[i - 2][j - 2] + 1);
                        }
                        best
                    };
                }
            }
            prop_assert_eq!(within_slip(x, y), d[x.len()][y.len()] <= 1);
        }
    }
}
