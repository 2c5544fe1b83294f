//! A role put into any text: what comes out can be read, says the role, and takes the same role unchanged; a
//! document that is refused is refused with a reason. The first byte of the input picks the role.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ramrole::domain::association::Association;
use ramrole::domain::json::{Value, read};
use ramrole::domain::service_config::{Wanted, associate, patch};

const ARN: &str = "acs:ram::1234567890123456:role/rank";

fuzz_target!(|input: (u8, &str)| {
    let (pick, text) = input;
    let custom = Association::Custom(ARN.parse().expect("an ARN"));
    let association = [Association::Default, custom, Association::None][usize::from(pick) % 3].clone();
    let workspace_id = (pick & 4 != 0).then_some("12345");
    let wanted = Wanted { association: &association, workspace_id };
    let edit = match associate(text, &wanted) {
        Ok(edit) => edit,
        Err(findings) => return assert!(!findings.is_empty()),
    };
    let document = read(&edit.after).expect("an edit can be read");
    let root = document.root();
    let on = root.at(&["options", "enable_ram_role"]).and_then(Value::as_bool);
    let role_arn = root.get("role_arn");
    match association {
        Association::Default => assert!(on == Some(true) && role_arn.is_none()),
        Association::Custom(_) => assert!(on == Some(true) && role_arn.is_some_and(|value| value.is_str(ARN))),
        Association::None => assert!(on != Some(true) && role_arn.is_none()),
    }
    assert_eq!(associate(&edit.after, &wanted).expect("an edit edits again").after, edit.after);
    let _ = edit.diff("service.json");
    assert!(patch(text, &wanted).is_ok());
});
