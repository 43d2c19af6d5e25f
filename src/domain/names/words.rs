//! Words that names are made of and that say nothing by themselves: titles, company forms, short forms.

/// Titles after a Chinese name, the longer first; whether they say a man, a woman or neither.
pub(super) const HAN_TITLES: [(&str, Option<bool>); 20] = [
    ("总经理", None),
    ("副总", None),
    ("先生", Some(true)),
    ("女士", Some(false)),
    ("小姐", Some(false)),
    ("太太", Some(false)),
    ("夫人", Some(false)),
    ("阿姨", Some(false)),
    ("大姐", Some(false)),
    ("老师", None),
    ("医生", None),
    ("大夫", None),
    ("博士", None),
    ("教授", None),
    ("经理", None),
    ("主任", None),
    ("师傅", None),
    ("同学", None),
    ("老板", None),
    ("总", None),
];

pub(super) const LATIN_TITLES: [(&str, Option<bool>); 24] = [
    ("mr", Some(true)),
    ("mister", Some(true)),
    ("sir", Some(true)),
    ("herr", Some(true)),
    ("mrs", Some(false)),
    ("ms", Some(false)),
    ("miss", Some(false)),
    ("madam", Some(false)),
    ("mme", Some(false)),
    ("mlle", Some(false)),
    ("frau", Some(false)),
    ("lady", Some(false)),
    ("mx", None),
    ("dr", None),
    ("prof", None),
    ("professor", None),
    ("rev", None),
    ("jr", None),
    ("sr", None),
    ("phd", None),
    ("md", None),
    ("esq", None),
    ("ii", None),
    ("iii", None),
];

/// Surnames of two characters.
pub(super) const DOUBLE: [&str; 32] = [
    "欧阳", "尉迟", "司马", "上官", "诸葛", "东方", "皇甫", "慕容", "令狐", "长孙", "宇文", "司徒", "夏侯", "公孙",
    "轩辕", "端木", "独孤", "南宫", "万俟", "澹台", "申屠", "淳于", "赫连", "钟离", "闻人", "濮阳", "太史", "拓跋",
    "呼延", "鲜于", "闾丘", "西门",
];

/// What a company is called behind its name, the longer first.
pub(super) const HAN_COMPANY: [&str; 12] = [
    "股份有限公司",
    "有限责任公司",
    "集团有限公司",
    "有限公司",
    "分公司",
    "总公司",
    "公司",
    "集团",
    "工作室",
    "合伙企业",
    "商行",
    "厂",
];
pub(super) const LATIN_COMPANY: [&str; 20] = [
    "ltd",
    "limited",
    "inc",
    "incorporated",
    "llc",
    "llp",
    "gmbh",
    "corp",
    "corporation",
    "company",
    "co",
    "plc",
    "pty",
    "pte",
    "sarl",
    "srl",
    "bv",
    "oy",
    "ab",
    "group",
];

/// Shares of all people that these names have, at least, whatever a small book says: so common that they tell little.
pub(super) const COMMON: &str = "伟 芳 娜 敏 静 丽 强 磊 军 洋 勇 艳 杰 娟 涛 明 超 秀英 秀兰 霞 平 刚 桂英 桂兰 建国 建华 建军 志强 志明 玉兰 红 玲 燕 鹏 辉 斌 浩 婷 \
雪 宇 鑫 波 华 英 慧 健 俊 帆 颖 莉 琳 佳 倩 浩然 子轩 梓涵 欣怡 雨桐 一诺 婷婷 丹丹 海燕 小明 小红 \
john david michael james robert william mary anna maria peter paul thomas mark susan linda sarah emma jane anne alex daniel \
laura george elizabeth andrew richard chris wei li jing min fang jun yan ling hui";
pub(super) const COMMON_SURNAMES: &str = "王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗 梁 宋 郑 谢 韩 唐 冯 于 董 萧 程 曹 袁 邓 许 傅 沈 曾 彭 吕 \
smith johnson williams brown jones miller davis taylor wilson martin garcia muller schmidt wang zhang li liu chen yang zhao huang zhou wu xu lin";

/// Given names with what their bearers are called for short, a line each.
pub(super) const SHORT: &str = "\
robert bob bobby rob robbie
william bill billy will willy
richard dick rick ricky rich
james jim jimmy jamie
john jon johnny
michael mike mick
thomas tom tommy
joseph joe joey
charles charlie chuck
edward ed eddie ted teddy
daniel dan danny
david dave
matthew matt
christopher chris
anthony tony
steven stephen steve
andrew andy
benjamin ben benny
samuel sam sammy
alexander alex alec sandy
nicholas nick nicky
gregory greg
jeffrey geoffrey jeff geoff
kenneth ken kenny
ronald ron ronnie
donald don donnie
timothy tim
patrick paddy
peter pete
philip phillip phil
lawrence laurence larry
henry harry hank
frederick fred freddy
jonathan jon
joshua josh
elizabeth liz lizzie beth betty eliza
katherine catherine kathryn kate katie kathy cathy
margaret maggie meg peggy
jennifer jen jenny
jessica jess jessie
rebecca becky becca
susan sue susie
deborah debbie deb
patricia trish tricia
barbara barb
victoria vicky
samantha sammie
christina christine tina
kimberly kim
cynthia cindy
stephanie steph
amanda mandy
sandra sandy
theresa tess terri";
