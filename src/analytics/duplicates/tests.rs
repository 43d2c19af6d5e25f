use super::*;

fn book(people: &[Fields]) -> (Vec<Pair>, Frequencies) {
    let fields = |at: u32| people.get(at as usize).copied();
    let mut scan = Scan::new(people.len() as u32, 0, 1);
    let mut last = 0;
    while scan.step(&fields) {
        let ScanState { done, total } = scan.state();
        assert!(last <= done && done <= total);
        last = done;
    }
    scan.finish()
}

fn percent(a: Fields, b: Fields) -> u8 {
    let others = [Fields { name: "周杰", phone: "13911112222", ..Fields::default() }];
    let (_, frequencies) = book(&[&[a, b], &others[..]].concat());
    compare(&frequencies, &Person::read(&a), &Person::read(&b)).map_or(0, |score| score.percent)
}

fn of<'a>(name: &'a str, phone: &'a str, email: &'a str) -> Fields<'a> {
    Fields { name, phone, email, ..Fields::default() }
}

#[test]
fn twins() {
    for (a, b) in [
        (of("张伟", "13800138001", ""), of("张伟先生", "+86 138-0013-8001", "")),
        (of("王秀英", "", "xiuying@example.com"), of("王秀英", "", "XiuYing@Example.COM")),
        (of("张伟", "13800138001", ""), of("", "138 0013 8001", "")),
        (of("張偉", "13800138001", ""), of("张伟", "13800138001", "")),
        (of("Zhang Wei", "13800138001", ""), of("张伟", "13800138001", "")),
        (of("John Smith", "", "js@example.com"), of("Smith, John", "", "js@example.com")),
        (of("Jonathan Smith", "+44 20 7946 0958", ""), of("Jonathon Smith", "020 7946 0958", "")),
        (of("王先生", "13800138001", ""), of("王伟", "13800138001", "")),
        (of("J. Smith", "+1 212 555 0143", ""), of("John Smith", "(212) 555-0143", "")),
        (of("王小明", "13800138001", ""), of("王晓明", "13800138001", "")),
        (of("杭州云上科技有限公司", "0571-88001234", ""), of("杭州云上科技", "+86 571 8800 1234", "")),
        // Nothing but a name that nobody else has.
        (of("Bartholomew Featherstone", "", ""), of("Featherstone Bartholomew", "", "")),
        // A new number, the same mailbox.
        (of("李敏慧", "13800138001", "lmh@example.com"), of("李敏慧", "13900139000", "lmh@example.com")),
        (of("李敏慧", "13800138001", "<lmh@example.com>"), of("李敏慧", "", "lmh@example.com")),
        // One digit wrong.
        (of("欧阳修远", "13800138001", ""), of("欧阳修远", "13800138007", "")),
    ] {
        assert!(percent(a, b) >= 50, "{a:?} {b:?}: {}", percent(a, b));
    }
}

#[test]
fn no_twins() {
    for (a, b) in [
        (of("王伟", "", ""), of("王伟", "", "")),
        (of("王伟", "13800138001", ""), of("王伟", "13900139000", "")),
        (of("John Smith", "", ""), of("John Smith", "", "")),
        // Families.
        (of("张伟", "13800138001", ""), of("张芳", "13800138001", "")),
        (of("John Smith", "+44 20 7946 0958", ""), of("Jane Smith", "+44 20 7946 0958", "")),
        (
            of("John Smith", "+44 20 7946 0958", "smith@example.com"),
            of("Jane Smith", "+44 20 7946 0958", "smith@example.com"),
        ),
        (of("王先生", "13800138001", ""), of("王女士", "13800138001", "")),
        (of("Mr Smith", "+44 20 7946 0958", ""), of("Mrs Smith", "+44 20 7946 0958", "")),
        (of("John Smith Sr.", "+44 20 7946 0958", ""), of("John Smith, Jr.", "+44 20 7946 0958", "")),
        // Colleagues.
        (
            of("Ann Lee", "010-65529988 转 12", "info@example.com"),
            of("Bob Day", "010-65529988 转 13", "info@example.com"),
        ),
        (of("张伟", "", ""), of("Zhang Wei", "", "")),
        (of("", "", ""), of("", "", "")),
    ] {
        assert!(percent(a, b) < 50, "{a:?} {b:?}: {}", percent(a, b));
    }
    // A birthday and an address that stand for “not known”.
    let mut crowd: Vec<Fields> = vec![Fields { birthday: "1900-01-01", address: "Mall", ..of("", "", "") }; 60];
    let king = |phone| Fields { birthday: "1900-01-01", address: "Mall", ..of("王伟", phone, "") };
    crowd.extend([king("13800138001"), king("13900139000")]);
    let (_, frequencies) = book(&crowd);
    let kings = compare(&frequencies, &Person::read(&crowd[60]), &Person::read(&crowd[61]));
    assert!(kings.as_ref().is_none_or(|score| score.percent < 50), "{kings:?}");
    // Real twins.
    let born = |name| Fields { birthday: "2001-05-20", ..of(name, "13800138001", "") };
    assert!(percent(born("王小明"), born("王小红")) < 50);
}

#[test]
fn reasons_come_strongest_first() {
    let a = Fields { city: "杭州", ..of("张伟", "13800138001", "") };
    let b = Fields { city: "杭州市", ..of("張偉", "+86 13800138001", "") };
    let (_, frequencies) = book(&[a, b]);
    let score = compare(&frequencies, &Person::read(&a), &Person::read(&b)).unwrap();
    assert_eq!(score.reasons[..2], [Reason::Phone, Reason::Name]);
}

#[test]
fn a_scan_finds_each_pair_once_and_only_with_newcomers() {
    let people = [
        of("Ann Lee", "13800138001", "ann@example.com"),
        of("Lee Ann", "13800138001", "ANN@example.com"),
        of("Bob Day", "", "bob@example.com"),
        of("Bob Day", "", "bob@example.com"),
    ];
    let (pairs, _) = book(&people);
    assert_eq!(pairs.iter().map(|p| (p.a, p.b)).collect::<Vec<_>>(), [(0, 1), (2, 3)]);
    let mut scan = Scan::new(4, 3, 50);
    while scan.step(&|at| people.get(at as usize).copied()) {}
    assert_eq!(scan.finish().0.iter().map(|p| (p.a, p.b)).collect::<Vec<_>>(), [(2, 3)]);
}

proptest::proptest! {
    #[test]
    fn comparing_is_symmetric_and_finite(
        a in proptest::array::uniform9("[\\PC]{0,8}"), b in proptest::array::uniform9("[\\PC]{0,8}"),
    ) {
        fn fields(of: &[String; 9]) -> Fields<'_> {
            let [name, phone, email, company, city, address, birthday, source, key] = of;
            Fields { name, phone, email, company, city, address, birthday, source, key }
        }
        let (a, b) = (fields(&a), fields(&b));
        let (_, frequencies) = book(&[a, b]);
        let (x, y) = (Person::read(&a), Person::read(&b));
        proptest::prop_assert_eq!(compare(&frequencies, &x, &y), compare(&frequencies, &y, &x));
    }
}
