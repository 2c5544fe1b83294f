//! What is mended of what a check finds, and what is left to a person; every case also with CRLF and with tabs.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use ramrole::domain::check::{DocumentKind, check};
use ramrole::domain::finding::{Finding, Severity};
use ramrole::domain::json::read;
use ramrole::domain::mend::{mend, mendable};
use serde_json::json;

use crate::layout::{Tree, layouts};

/// A rule, a document that breaks it, and the document mended.
const MENDED: &[(&str, &str, &str)] = &[
    // Commas, semicolons and colons.
    ("json-syntax", r#"{"a": 1 "b": 2}"#, r#"{"a": 1, "b": 2}"#),
    (
        "json-syntax",
        "{\n  \"a\": \"one\" // why\n  \"b\": 2\n}\n",
        "{\n  \"a\": \"one\", // why\n  \"b\": 2\n}\n",
    ),
    ("json-syntax", "{\n  \"a\": {\n  }\n  \"b\": 2\n}", "{\n  \"a\": {\n  },\n  \"b\": 2\n}"),
    ("json-syntax", r#"["a" "b"]"#, r#"["a", "b"]"#),
    ("json-syntax", r#"[{"a": 1}{"b": 2}]"#, r#"[{"a": 1},{"b": 2}]"#),
    ("json-syntax", "[\n  1\n  2\n]", "[\n  1,\n  2\n]"),
    ("json-syntax", r#"{"a": 1,, "b": 2}"#, r#"{"a": 1, "b": 2}"#),
    ("json-syntax", "{,\n  , \"a\": 1}", "{ \"a\": 1}"),
    ("json-syntax", r#"{"a": 1; "b": 2}"#, r#"{"a": 1, "b": 2}"#),
    ("json-syntax", r#"{"a": 1; }"#, r#"{"a": 1 }"#),
    ("json-syntax", r#"{"a": 1},"#, r#"{"a": 1}"#),
    ("json-syntax", "{\"a\": 1};\n", "{\"a\": 1}\n"),
    ("json-syntax", r#"{"a" 1}"#, r#"{"a": 1}"#),
    ("json-syntax", "{\n  \"a\"\n  {}}", "{\n  \"a\":\n  {}}"),
    ("json-syntax", r#"{"a" = 1}"#, r#"{"a" : 1}"#),
    ("json-syntax", r#"{"a"=>1}"#, r#"{"a":1}"#),
    ("json-syntax", r#"{"a"：1， "b": 2}"#, r#"{"a":1， "b": 2}"#),
    // Brackets.
    (
        "json-syntax",
        "{\n  \"a\": {\n    \"b\": [\n      1 // last\n",
        "{\n  \"a\": {\n    \"b\": [\n      1 // last\n    ]\n  }\n}\n",
    ),
    ("json-syntax", "{\n  \"a\": {\n    \"b\": 1\n  }\n\n", "{\n  \"a\": {\n    \"b\": 1\n  }\n}\n\n"),
    ("json-syntax", "[[1, 2 /* two */", "[[1, 2]] /* two */"),
    ("json-syntax", r#"{"a": [1, 2}"#, r#"{"a": [1, 2]}"#),
    ("json-syntax", "{\n  \"a\": [\n    1 // one\n}\n", "{\n  \"a\": [\n    1 // one\n  ]\n}\n"),
    ("json-syntax", r#"{"a": [1, 2}, "b": 3}"#, r#"{"a": [1, 2], "b": 3}"#),
    ("json-syntax", r#"{"a": [1, 2}]}"#, r#"{"a": [1, 2]}"#),
    ("json-syntax", "{\n  \"a\": 1\n}\n}\n]\n", "{\n  \"a\": 1\n}\n"),
    // Quotes and words.
    ("json-syntax", r"{a-b: 1}", r#"{"a-b": 1}"#),
    ("json-syntax", r#"{a": 1}"#, r#"{"a": 1}"#),
    ("json-syntax", r#"{"a": acs:ram::1:role/b, "c": 1}"#, r#"{"a": "acs:ram::1:role/b", "c": 1}"#),
    (
        "json-syntax",
        r#"{"a": /mnt/data // why
}"#,
        "{\"a\": \"/mnt/data\" // why\n}",
    ),
    ("json-syntax", r#"{"a": b"}"#, r#"{"a": "b"}"#),
    ("json-syntax", r#"{'a': 'it\'s "b"'}"#, r#"{"a": 'it\'s "b"'}"#),
    ("json-syntax", r#"{"a": 'it\'s "b"\n'}"#, r#"{"a": "it's \"b\"\n"}"#),
    ("json-syntax", r#"["a", `b`]"#, r#"["a", "b"]"#),
    ("json-syntax", r"{“a”: “b”}", r#"{"a": “b”}"#),
    ("json-syntax", r#"{"a": "b”}"#, r#"{"a": "b"}"#),
    ("json-syntax", "{\"a\": ‘b’}", r#"{"a": "b"}"#),
    ("json-syntax", "{\n  \"a\": \"b,\n  \"c\": 1\n}", "{\n  \"a\": \"b\",\n  \"c\": 1\n}"),
    ("json-syntax", "{\n  \"a\": \"b  \n}", "{\n  \"a\": \"b\"  \n}"),
    ("json-syntax", "{\"a\": \"one\ntwo\nthree\"}", r#"{"a": "one\ntwo\nthree"}"#),
    ("json-syntax", "{\"a\": \"b\tc\u{1b}d\", \"e\": 1}", r#"{"a": "b\tc\u001bd", "e": 1}"#),
    ("json-syntax", r"[True, False]", r"[true, False]"),
    ("json-syntax", r#"{"a": None}"#, r#"{"a": null}"#),
    ("json-syntax", r"[+1, .5]", r"[1, .5]"),
    ("json-syntax", r"[.5]", r"[0.5]"),
    ("json-syntax", r"[1_000]", r"[1000]"),
    ("json-syntax", "[1,\u{3000}\u{a0}2]", "[1,  2]"),
    ("json-syntax", "{\"a\": 1}\u{200b}", "{\"a\": 1}"),
    ("json-syntax", "{\n\u{feff}\u{feff}\"a\": 1}", "{\n\"a\": 1}"),
    ("json-syntax", "{\n  #why\n  \"a\": 1 # how\n}", "{\n  //why\n  \"a\": 1 # how\n}"),
    ("json-syntax", "{\n  \"a\": 1 # how\n}", "{\n  \"a\": 1 // how\n}"),
    // What strict readers refuse.
    (
        "json-comment",
        "// head\n{\n  // why\n  \"metadata\": {}, // how\n  \"options\": /* x */ {}\n}\n",
        "{\n  \"metadata\": {},\n  \"options\": {}\n}\n",
    ),
    ("json-comment", r#"{"metadata": /* y */ {}} // z"#, r#"{"metadata": {}}"#),
    ("json-trailing-comma", r#"{"metadata": {"a": [1, ], }}"#, r#"{"metadata": {"a": [1 ] }}"#),
    (
        "json-trailing-comma",
        "{\n  \"metadata\": {\n    \"a\": 1, // last\n  },\n}\n",
        "{\n  \"metadata\": {\n    \"a\": 1 // last\n  }\n}\n",
    ),
    ("json-byte-order-mark", "\u{feff}{\n  \"metadata\": {}\n}\n", "{\n  \"metadata\": {}\n}\n"),
    ("json-byte-order-mark", "\u{feff}// why\n{\"metadata\": {}}", "// why\n{\"metadata\": {}}"),
    // The same thing twice.
    (
        "json-duplicate-key",
        "{\n  \"metadata\": {\n    \"a\": [1, 2],\n    \"a\": [1,2] // again\n  }\n}\n",
        "{\n  \"metadata\": {\n    \"a\": [1, 2]\n    // again\n  }\n}\n",
    ),
    ("json-duplicate-key", r#"{"metadata": {"a": 1, "\u0061": 1}}"#, r#"{"metadata": {"a": 1}}"#),
    (
        "policy-duplicate-key",
        r#"{"Version": "1", "Version": "1", "Statement": [{"Effect": "Deny", "Action": "oss:*", "Resource": "*"}]}"#,
        r#"{"Version": "1", "Statement": [{"Effect": "Deny", "Action": "oss:*", "Resource": "*"}]}"#,
    ),
    (
        "config-duplicate-key",
        "{\n  \"options\": {\n    \"enable_ram_role\": true,\n    \"enable_ram_role\": true\n  }\n}\n",
        "{\n  \"options\": {\n    \"enable_ram_role\": true\n  }\n}\n",
    ),
    // The grammar of policies.
    (
        "policy-version",
        "{\n  \"Statement\": [\n    {\"Effect\": \"Deny\", \"Action\": \"oss:*\", \"Resource\": \"*\"}\n  ] // all\n}\n",
        "{\n  \"Statement\": [\n    {\"Effect\": \"Deny\", \"Action\": \"oss:*\", \"Resource\": \"*\"}\n  ], // all\n  \"Version\": \"1\"\n}\n",
    ),
    (
        "policy-version",
        r#"{"Version":"2012-10-17", "Statement":[{"Effect":"Deny", "Action":"oss:*", "Resource":"*"}]}"#,
        r#"{"Version":"1", "Statement":[{"Effect":"Deny", "Action":"oss:*", "Resource":"*"}]}"#,
    ),
    (
        "policy-version",
        "{\n  \"Version\": 1, // one\n  \"Statement\": [{\"Effect\": \"Deny\", \"Action\": \"oss:*\", \"Resource\": \"*\"}]\n}",
        "{\n  \"Version\": \"1\", // one\n  \"Statement\": [{\"Effect\": \"Deny\", \"Action\": \"oss:*\", \"Resource\": \"*\"}]\n}",
    ),
    (
        "policy-statement",
        "{\n  \"Version\": \"1\",\n  \"Statement\": { // only one\n    \"Effect\": \"Deny\", \"Action\": \"oss:*\", \"Resource\": \"*\"\n  }\n}\n",
        "{\n  \"Version\": \"1\",\n  \"Statement\": [{ // only one\n    \"Effect\": \"Deny\", \"Action\": \"oss:*\", \"Resource\": \"*\"\n  }]\n}\n",
    ),
    (
        "policy-effect",
        "{\n  \"Version\": \"1\",\n  \"Statement\": [{\"Effect\": \"allow\" /* yes */, \"Action\": \"oss:List*\", \"Resource\": \"*\"}]\n}\n",
        "{\n  \"Version\": \"1\",\n  \"Statement\": [{\"Effect\": \"Allow\" /* yes */, \"Action\": \"oss:List*\", \"Resource\": \"*\"}]\n}\n",
    ),
    (
        "policy-effect",
        r#"{"Version":"1","Statement":[{"Effect":"Deney","Action":"oss:*","Resource":"*"}]}"#,
        r#"{"Version":"1","Statement":[{"Effect":"Deny","Action":"oss:*","Resource":"*"}]}"#,
    ),
    (
        "policy-unknown-key",
        "{\n  \"Version\": \"1\",\n  \"statements\": [\n    {\"Effect\": \"Deny\", \"Action\": \"oss:*\", \"Resource\": \"*\"}\n  ]\n}\n",
        "{\n  \"Version\": \"1\",\n  \"Statement\": [\n    {\"Effect\": \"Deny\", \"Action\": \"oss:*\", \"Resource\": \"*\"}\n  ]\n}\n",
    ),
    (
        "policy-unknown-key",
        r#"{"Version":"1","Statement":[{"Effect":"Deny","Action":"oss:*","Resources":"*"}]}"#,
        r#"{"Version":"1","Statement":[{"Effect":"Deny","Action":"oss:*","Resource":"*"}]}"#,
    ),
    (
        "policy-unknown-key",
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"service":["pai.aliyuncs.com"]}}]}"#,
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":["pai.aliyuncs.com"]}}]}"#,
    ),
    // Trust policies.
    (
        "trust-principal",
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"RAM":["pai.aliyuncs.com"]}}]}"#,
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":["pai.aliyuncs.com"]}}]}"#,
    ),
    (
        "trust-principal",
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service": "acs:ram::1234567890123456:root"}}]}"#,
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"RAM": "acs:ram::1234567890123456:root"}}]}"#,
    ),
    (
        "trust-principal-typo",
        "{\n  \"Version\": \"1\",\n  \"Statement\": [\n    {\n      \"Effect\": \"Allow\",\n      \"Action\": \"sts:AssumeRole\",\n      \"Principal\": {\n        \"Service\": [\n          \"pai.aliyun.cs.com\" // DLC\n        ]\n      }\n    }\n  ]\n}\n",
        "{\n  \"Version\": \"1\",\n  \"Statement\": [\n    {\n      \"Effect\": \"Allow\",\n      \"Action\": \"sts:AssumeRole\",\n      \"Principal\": {\n        \"Service\": [\n          \"pai.aliyuncs.com\" // DLC\n        ]\n      }\n    }\n  ]\n}\n",
    ),
    (
        "trust-principal-typo",
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":["1234567890123456@PAI.aliyuncs.com"]}}]}"#,
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":["1234567890123456@pai.aliyuncs.com"]}}]}"#,
    ),
    (
        "trust-principal-typo",
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":["dlc.aliyuncs.com", "pai.aliyuncs.com"]}}]}"#,
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":["pai.aliyuncs.com"]}}]}"#,
    ),
    (
        "trust-principal-duplicate",
        "{\n  \"Version\": \"1\",\n  \"Statement\": [\n    {\n      \"Effect\": \"Deny\",\n      \"Action\": \"sts:*\",\n      \"Principal\": {\n        \"Service\": [\n          \"pai.aliyuncs.com\", // one\n          \"pai.aliyuncs.com\" // two\n        ]\n      }\n    }\n  ]\n}\n",
        "{\n  \"Version\": \"1\",\n  \"Statement\": [\n    {\n      \"Effect\": \"Deny\",\n      \"Action\": \"sts:*\",\n      \"Principal\": {\n        \"Service\": [\n          \"pai.aliyuncs.com\" // one\n          // two\n        ]\n      }\n    }\n  ]\n}\n",
    ),
    (
        "trust-principal-duplicate",
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:*","Principal":{"Service":"pai.aliyuncs.com"}},{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":"pai.aliyuncs.com"}}]}"#,
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:*","Principal":{"Service":"pai.aliyuncs.com"}}]}"#,
    ),
    (
        "trust-principal-duplicate",
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:*","Principal":{"Service":"pai.aliyuncs.com"}},{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":["pai.aliyuncs.com"],"RAM":"acs:ram::1234567890123456:root"}}]}"#,
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:*","Principal":{"Service":"pai.aliyuncs.com"}},{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"RAM":"acs:ram::1234567890123456:root"}}]}"#,
    ),
    (
        "trust-action",
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":["assumeRole"],"Principal":{"Service":"pai.aliyuncs.com"}}]}"#,
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":["sts:AssumeRole"],"Principal":{"Service":"pai.aliyuncs.com"}}]}"#,
    ),
    (
        "trust-resource",
        "{\n  \"Version\": \"1\",\n  \"Statement\": [\n    {\n      \"Effect\": \"Allow\",\n      \"Action\": \"sts:AssumeRole\",\n      \"Principal\": {\"Service\": \"pai.aliyuncs.com\"}, // PAI\n      \"Resource\": \"*\"\n    }\n  ]\n}\n",
        "{\n  \"Version\": \"1\",\n  \"Statement\": [\n    {\n      \"Effect\": \"Allow\",\n      \"Action\": \"sts:AssumeRole\",\n      \"Principal\": {\"Service\": \"pai.aliyuncs.com\"} // PAI\n    }\n  ]\n}\n",
    ),
    (
        "trust-api-answer",
        "{\n  \"RequestId\": \"1\",\n  \"Role\": {\"AssumeRolePolicyDocument\": \"{\\\"Statement\\\":[]}\\n\"}\n}\n",
        "{\"Statement\":[]}\n",
    ),
    (
        "trust-api-answer",
        r#""{\"Statement\":[{\"Action\":\"sts:AssumeRole\"}]}""#,
        r#"{"Statement":[{"Action":"sts:AssumeRole"}]}"#,
    ),
    // Service configs.
    ("config-not-object", "[{\"metadata\": {}}]\n", "{\"metadata\": {}}\n"),
    (
        "config-not-object",
        "[\n  {\n    \"metadata\": {} // x\n  },\n]\n",
        "{\n    \"metadata\": {} // x\n  }\n",
    ),
    (
        "config-switch-type",
        "{\n  \"options\": {\n    \"enable_ram_role\": \"True\" // on\n  }\n}\n",
        "{\n  \"options\": {\n    \"enable_ram_role\": true // on\n  }\n}\n",
    ),
    ("config-switch-type", r#"{"options":{"enable_ram_role":1}}"#, r#"{"options":{"enable_ram_role":true}}"#),
    (
        "config-switch-type",
        r#"{"options":{"enable_ram_role":"false"}}"#,
        r#"{"options":{"enable_ram_role":false}}"#,
    ),
    (
        "config-role-arn",
        r#"{"options":{"enable_ram_role":true},"role_arn":" acs:ram::1234567890123456:role/rank\n"}"#,
        r#"{"options":{"enable_ram_role":true},"role_arn":"acs:ram::1234567890123456:role/rank"}"#,
    ),
    (
        "config-role-without-switch",
        "{\n  \"metadata\": {}, // m\n  \"role_arn\": \"acs:ram::1234567890123456:role/rank\"\n}\n",
        "{\n  \"metadata\": {}, // m\n  \"options\": {\n    \"enable_ram_role\": true\n  },\n  \"role_arn\": \"acs:ram::1234567890123456:role/rank\"\n}\n",
    ),
    (
        "config-role-without-switch",
        r#"{"role_arn":"acs:ram::1234567890123456:role/rank","options":{"enable_ram_role":false}}"#,
        r#"{"role_arn":"acs:ram::1234567890123456:role/rank","options":{"enable_ram_role":true}}"#,
    ),
    (
        "config-role-misplaced",
        "{\n  \"metadata\": {\n    \"name\": \"owl\", // o\n    \"enable_ram_role\": true\n  }\n}\n",
        "{\n  \"metadata\": {\n    \"name\": \"owl\" // o\n  },\n  \"options\": {\n    \"enable_ram_role\": true\n  }\n}\n",
    ),
    (
        "config-role-misplaced",
        r#"{"options":{"enable_ram_role":true,"role_arn":"acs:ram::1234567890123456:role/rank"}}"#,
        r#"{"options":{"enable_ram_role":true},"role_arn":"acs:ram::1234567890123456:role/rank"}"#,
    ),
    (
        "config-role-misplaced",
        r#"{"metadata":{"options":{"enable_ram_role":true}},"options":{"enable_ram_role":true}}"#,
        r#"{"metadata":{"options":{}},"options":{"enable_ram_role":true}}"#,
    ),
    // Credentials.
    (
        "credential-field",
        "{\n  \"Enable\": true,\n  \"Configs\": [{\n    \"key\": \"0\", // k\n    \"Type\": \"Role\", \"Roles\": []\n  }]\n}\n",
        "{\n  \"Enable\": true,\n  \"Configs\": [{\n    \"Key\": \"0\", // k\n    \"Type\": \"Role\", \"Roles\": []\n  }]\n}\n",
    ),
    ("credential-type", r#"{"Enable":"true","Configs":[]}"#, r#"{"Enable":true,"Configs":[]}"#),
    (
        "credential-type",
        r#"{"Enable":true,"AliyunEnvRoleKey":0,"Configs":[]}"#,
        r#"{"Enable":true,"AliyunEnvRoleKey":"0","Configs":[]}"#,
    ),
    (
        "credential-type",
        r#"{"Enable":true,"Configs":[{"Key":"0","Type":"role","Roles":[]}]}"#,
        r#"{"Enable":true,"Configs":[{"Key":"0","Type":"Role","Roles":[]}]}"#,
    ),
    (
        "credential-type",
        "{\n  \"Enable\": true,\n  \"Configs\": { // one\n    \"Key\": \"0\", \"Type\": \"Role\", \"Roles\": []\n  }\n}\n",
        "{\n  \"Enable\": true,\n  \"Configs\": [{ // one\n    \"Key\": \"0\", \"Type\": \"Role\", \"Roles\": []\n  }]\n}\n",
    ),
    (
        "credential-type",
        "{\n  \"EnableCredentialInject\": true,\n  \"CredentialConfigItems\": [{\n    \"Roles\": [\n      \"acs:ram::1234567890123456:role/rank\" // r\n    ]\n  }]\n}\n",
        "{\n  \"EnableCredentialInject\": true,\n  \"CredentialConfigItems\": [{\n    \"Roles\": [\n      {\n        \"RoleType\": \"service\",\n        \"RoleArn\": \"acs:ram::1234567890123456:role/rank\"\n      } // r\n    ]\n  }]\n}\n",
    ),
    (
        "credential-role-arn",
        r#"{"EnableCredentialInject":true,"CredentialConfigItems":[{"Roles":[{"RoleArn":"acs:ram::1234567890123456:role/rank "}]}]}"#,
        r#"{"EnableCredentialInject":true,"CredentialConfigItems":[{"Roles":[{"RoleArn":"acs:ram::1234567890123456:role/rank"}]}]}"#,
    ),
    (
        "credential-key",
        "{\n  \"Enable\": true,\n  \"AliyunEnvRoleKey\": \"1\", // which\n  \"Configs\": [{\"Key\": \"0\", \"Type\": \"Role\", \"Roles\": []}]\n}\n",
        "{\n  \"Enable\": true,\n  \"AliyunEnvRoleKey\": \"0\", // which\n  \"Configs\": [{\"Key\": \"0\", \"Type\": \"Role\", \"Roles\": []}]\n}\n",
    ),
];

/// A rule, and a document that breaks it where a person must decide.
const LEFT_ALONE: &[(&str, &str)] = &[
    // A comma, a colon, or a quote that belongs to the text.
    ("json-syntax", r#"{"a": "say "hi" there"}"#),
    ("json-syntax", r#"{"a": "one" "two"}"#),
    ("json-syntax", r#"["one""two"]"#),
    ("json-syntax", r#"["a" "b": 1]"#),
    ("json-syntax", "[1 000]"),
    ("json-syntax", r#"{"a" "b": 1}"#),
    ("json-syntax", r#"{"a" == 1}"#),
    ("json-syntax", r#"{"a": , "b": 1}"#),
    ("json-syntax", "[1,,2]"),
    ("json-syntax", r#"{"a", "b"}"#),
    // More was to come, or it is not plain where something ends.
    ("json-syntax", r#"{"a": 1,"#),
    ("json-syntax", r#"{"a": ["#),
    ("json-syntax", r#"{"a":"#),
    ("json-syntax", r#"{"a""#),
    ("json-syntax", r#"{"a": "b"#),
    ("json-syntax", r#"{"a": 1}, "b": 2}"#),
    ("json-syntax", r#"{"a": 1}}, {"b": 2}"#),
    ("json-syntax", "{\"a\": \"b,\n\"c\": \"d,\n\"e\": 1}"),
    ("json-syntax", "{\"a\": 'it's'}"),
    ("json-syntax", "{\"a\": `${b}`}"),
    ("json-syntax", "{\"a\": “he said “b” to me”}"),
    ("json-syntax", "{} /* never ends"),
    // Words and numbers that may be this or that.
    ("json-syntax", r#"{"a": yes}"#),
    ("json-syntax", r#"{"a": two words}"#),
    ("json-syntax", r#"{"a": b : 1}"#),
    ("json-syntax", r"[2026_01]"),
    ("json-syntax", r#"{"a": NaN}"#),
    ("json-syntax", r#"{"a": 007}"#),
    ("json-syntax", r#"{"a": 2012-10-17}"#),
    ("json-syntax", r#"{"a": 16Gi}"#),
    ("json-syntax", r#"{"a": "C:\Users\name"}"#),
    ("json-syntax", r#"{"a": #fff, "b": 1}"#),
    ("json-syntax", r#"{"a": <name>}"#),
    ("json-syntax", r#"{"a": 1, ...}"#),
    ("json-syntax", "name: svc\n"),
    ("json-syntax", ""),
    ("json-syntax", r#"{"CredentialConfig": "{Enable: true}"}"#),
    // Two members that say different things, and three of one name.
    ("json-duplicate-key", r#"{"metadata": {"a": 1, "a": 2}}"#),
    ("json-duplicate-key", r#"{"metadata": {"a": 1, "a": 1, "a": 1}}"#),
    ("json-duplicate-key", r#"{"metadata": {"a": 1, "a": /* why */ 1}}"#),
    // What a policy allows is not ours to say.
    ("policy-effect", r#"{"Version":"1","Statement":[{"Action":"oss:*","Resource":"*"}]}"#),
    ("policy-effect", r#"{"Version":"1","Statement":[{"Effect":"All","Action":"oss:*","Resource":"*"}]}"#),
    (
        "policy-effect",
        r#"{"Version":"1","Statement":[{"Effect":"allow","Action":"sts:AssumeRole","Principal":{"RAM":"*"}}]}"#,
    ),
    (
        "policy-unknown-key",
        r#"{"Version":"1","Statement":[{"Effect":"Deny","Action":"oss:*","Resource":"*","Whatever":"*"}]}"#,
    ),
    (
        "policy-unknown-key",
        r#"{"Version":"1","Statement":[{"Effect":"Deny","otAction":"oss:*","Resource":"*"}]}"#,
    ),
    (
        "policy-unknown-key",
        r#"{"Version":"1","Statement":[{"Effect":"Deny","Actions":"oss:*","action":"ecs:*"}]}"#,
    ),
    ("policy-unknown-key", r#"{"Version":"1","Statement":[],"statement":[]}"#),
    ("policy-statement", r#"{"Version":"1","Statement":[]}"#),
    ("policy-statement", r#"{"Version":"1","Statement":"x"}"#),
    (
        "trust-principal",
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":["acs:ram::*:root"]}}]}"#,
    ),
    (
        "trust-principal",
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"RAM":["pai.aliyuncs.com","acs:ram::1234567890123456:root"]}}]}"#,
    ),
    (
        "trust-principal-duplicate",
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":"pai.aliyuncs.com"}},{"Effect":"Allow","Action":"sts:*","Principal":{"Service":"pai.aliyuncs.com"}}]}"#,
    ),
    (
        "trust-action",
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"*","Principal":{"Service":"pai.aliyuncs.com"}}]}"#,
    ),
    (
        "trust-resource",
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":"pai.aliyuncs.com"},"Resource":["*" /* why */]}]}"#,
    ),
    ("trust-api-answer", r#"{"Role":{"AssumeRolePolicyDocument":"%7B%7D"}}"#),
    // Service configs and credentials.
    ("config-not-object", r#"[{"metadata": {}}, {"metadata": {}}]"#),
    ("config-switch-type", r#"{"options":{"enable_ram_role":"yes"}}"#),
    (
        "config-switch-type",
        r#"{"options":{"enable_ram_role":"false"},"role_arn":"acs:ram::1234567890123456:role/rank"}"#,
    ),
    ("config-role-without-switch", r#"{"options":[],"role_arn":"acs:ram::1234567890123456:role/rank"}"#),
    (
        "config-role-misplaced",
        r#"{"options":{"enable_ram_role":true,"role_arn":"acs:ram::1234567890123456:role/a"},"role_arn":"acs:ram::1234567890123456:role/b"}"#,
    ),
    ("config-role-misplaced", r#"{"metadata":{"role_arn":"acs:ram::1234567890123456:role/a"}}"#),
    ("config-role-misplaced", r#"{"metadata":{"enable_ram_role":"true"}}"#),
    ("credential-field", r#"{"EnableCredentialInject":true,"Configs":[]}"#),
    ("credential-field", r#"{"Enable":true,"Configs":[{"Key":"0","key":"1","Type":"Role","Roles":[]}]}"#),
    ("credential-type", r#"{"Enable":true,"Configs":["0"]}"#),
    ("credential-type", r#"{"Enable":true,"Configs":[{"Key":"0","Type":"Rolle","Roles":[]}]}"#),
    (
        "credential-key",
        r#"{"Enable":true,"AliyunEnvRoleKey":"2","Configs":[{"Key":"0","Type":"Role","Roles":[]},{"Key":"1","Type":"Role","Roles":[]}]}"#,
    ),
];

fn of_rule(text: &str, code: &str) -> Vec<Finding> {
    check(text, None).findings.into_iter().filter(|finding| finding.rule.code == code).collect()
}

/// The text as it is, with CRLF, and with tabs.
fn variants(text: &str) -> [String; 3] {
    let tabs = |line: &str| {
        let bare = line.trim_start_matches(' ');
        format!("{}{bare}", "\t".repeat((line.len() - bare.len()) / 2))
    };
    let tabbed: Vec<String> = text.split('\n').map(tabs).collect();
    [text.to_owned(), text.replace('\n', "\r\n"), tabbed.join("\n")]
}

#[test]
fn every_row_mends_its_cases() {
    for (code, before, after) in MENDED {
        for (before, after) in variants(before).into_iter().zip(variants(after)) {
            let found = of_rule(&before, code);
            assert!(!found.is_empty(), "{code} is not found in {before}");
            let mended = found.iter().find_map(|finding| Some((finding, mend(&before, finding)?)));
            let Some((finding, mended)) = mended else { panic!("{code} is left alone: {before}") };
            assert_eq!(mended, after, "{code}: {before}");
            assert_sound(&before, None, finding, &mended);
        }
    }
}

#[test]
fn every_row_has_a_case() {
    let mended: BTreeSet<_> = MENDED.iter().map(|(code, ..)| *code).collect();
    let mut rows: BTreeSet<_> = mendable().map(|rule| rule.code).collect();
    // Its case is a fixture: it takes a long document.
    rows.remove("policy-size");
    assert_eq!(mended, rows);
    assert_eq!(mendable().count(), rows.len() + 1, "one row a rule");
}

#[test]
fn what_a_person_must_decide_is_left_alone() {
    for (code, text) in LEFT_ALONE {
        let found = of_rule(text, code);
        assert!(!found.is_empty(), "{code} is not found in {text}");
        for finding in found {
            assert_eq!(mend(text, &finding), None, "{code}: {text}");
        }
    }
}

#[test]
fn a_finding_of_another_text_is_left_alone() {
    let text = r#"{"options":{"enable_ram_role":1}}"#;
    let finding = &of_rule(text, "config-switch-type")[0];
    assert!(mend(text, finding).is_some());
    assert_eq!(mend(r#"{"options":{"enable_ram_role":true}}"#, finding), None);
    assert_eq!(mend(&format!(" {text}"), finding), None);
    assert_eq!(mend("{", finding), None);
}

#[test]
fn white_space_goes_where_that_is_enough() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/check");
    let read = |name: &str| fs::read_to_string(folder.join(name).join("input.json")).expect("input");
    let text = read("too-long-by-its-white-space");
    let mended = mend(&text, &of_rule(&text, "policy-size")[0]).expect("a mend");
    assert!(check(&mended, None).findings.is_empty());
    assert_eq!(mended.find(' '), None);
    assert!(mended.ends_with("}\n") && mended.lines().count() == 1);
    let commented = text.replacen('{', "{ // mine\n", 1);
    assert_eq!(mend(&commented, &of_rule(&commented, "policy-size")[0]), None);
    let text = read("too-long-however-it-is-written");
    assert_eq!(mend(&text, &of_rule(&text, "policy-size")[0]), None);
}

/// Rules before whose mend the rest of the document was not checked.
const UNCOVERING: [&str; 3] = ["json-syntax", "trust-api-answer", "config-not-object"];

/// What holds for every mend: the finding is gone and stays gone, no error is new, and every comment is there. A
/// document counts as what it is recognised as, whatever it was said to be, if the finding is made then too.
fn assert_sound(before: &str, kind: Option<DocumentKind>, finding: &Finding, after: &str) {
    let told = || format!("{}: {before}\n→ {after}", finding.rule.code);
    let start = |finding: &Finding| finding.span.as_ref().map(|span| span.start);
    let kind = kind.filter(|_| !check(before, None).findings.contains(finding));
    let left = check(after, kind).findings;
    let again = |other: &&Finding| other.rule == finding.rule && start(other) == start(finding);
    assert_eq!(left.iter().find(again), None, "{}", told());
    assert_eq!(mend(after, finding), None, "a second time: {}", told());
    if !UNCOVERING.contains(&finding.rule.code) {
        let known = errors(&check(before, kind).findings);
        for (code, count) in errors(&left) {
            assert!(known.get(code).is_some_and(|known| count <= *known), "a new {code}: {}", told());
        }
    }
    if let (Ok(before), Ok(after)) = (read(before), read(after)) {
        let count = |document: &ramrole::domain::json::Document| document.comments().count();
        assert!(finding.rule.code == "json-comment" || count(&before) == count(&after), "{}", told());
    }
}

fn errors(findings: &[Finding]) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for finding in findings.iter().filter(|finding| finding.severity() == Severity::Error) {
        *counts.entry(finding.rule.code).or_default() += 1;
    }
    counts
}

/// Mends what can be mended until nothing is left; the rules that were, in their order.
fn mend_all(text: &str, kind: Option<DocumentKind>) -> (String, Vec<&'static str>) {
    let (mut text, mut rules) = (text.to_owned(), Vec::new());
    loop {
        let findings = check(&text, kind).findings;
        let mended = findings.iter().find_map(|finding| Some((finding, mend(&text, finding)?)));
        let Some((finding, after)) = mended else { return (text, rules) };
        assert_sound(&text, kind, finding, &after);
        rules.push(finding.rule.code);
        assert!(rules.len() < 200, "it does not end: {text}");
        text = after;
    }
}

fn fixtures() -> Vec<(PathBuf, Option<DocumentKind>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/check");
    let cases = fs::read_dir(folder).expect("cases").map(|entry| entry.expect("case").path());
    let kind = |case: &Path| {
        let kind = fs::read_to_string(case.join("kind")).ok();
        kind.map(|kind| kind.trim().parse().expect("kind"))
    };
    let mut fixtures: Vec<_> = cases.map(|case| (case.join("input.json"), kind(&case))).collect();
    fixtures.sort_by(|(a, _), (b, _)| a.cmp(b));
    fixtures
}

fn assert_mends(path: &Path, kind: Option<DocumentKind>) -> Vec<&'static str> {
    let text = fs::read_to_string(path).expect("UTF-8");
    for finding in check(&text, kind).findings {
        if let Some(after) = mend(&text, &finding) {
            assert_sound(&text, kind, &finding, &after);
        }
    }
    mend_all(&text, kind).1
}

#[test]
fn the_mends_of_the_fixtures_are_sound() {
    let mut rules: BTreeSet<_> = BTreeSet::new();
    for (path, kind) in fixtures() {
        let mended = assert_mends(&path, kind);
        if std::env::var_os("RAMROLE_SHOW").is_some() && !mended.is_empty() {
            println!("{}: {mended:?}", path.display());
        }
        rules.extend(mended);
    }
    assert!(rules.len() > 15, "{rules:?}");
}

#[test]
fn the_mends_of_the_corpus_are_sound() {
    let Some(corpus) = std::env::var_os("RAMROLE_CORPUS").map(PathBuf::from) else {
        eprintln!("skipped: RAMROLE_CORPUS is not set");
        return;
    };
    for folder in ["policies", "service-configs"] {
        for entry in fs::read_dir(corpus.join(folder)).expect("corpus") {
            let path = entry.expect("entry").path();
            for kind in DocumentKind::ALL.into_iter().map(Some).chain([None]) {
                assert_mends(&path, kind);
            }
        }
    }
}

proptest! {
    #[test]
    fn damaged_fixtures_are_mended_soundly(
        index in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        with in "[\\[\\]{}\",:a0'# \\n]{0,3}",
    ) {
        let fixtures = fixtures();
        let (path, kind) = &fixtures[index.index(fixtures.len())];
        let mut text = fs::read_to_string(path).expect("UTF-8");
        prop_assume!(!text.is_empty() && text.len() < 4000);
        let at = at.index(text.len());
        prop_assume!(text.is_char_boundary(at) && text.is_char_boundary(at + 1));
        text.replace_range(at..=at, &with);
        mend_all(&text, *kind);
        mend_all(&text, None);
    }

    #[test]
    fn every_layout_becomes_strict_json_of_the_same_meaning(layout in layouts()) {
        let statement = json!({"Effect": "Deny", "Action": ["oss:*", "ecs:*"], "Resource": "*", "Condition": {}});
        let policy = json!({"Version": "1", "Statement": [statement.clone(), statement]});
        let (text, _) = mend_all(&layout.write(&Tree::from(policy.clone())), None);
        let strict: serde_json::Value = serde_json::from_str(&text).expect("strict JSON");
        prop_assert_eq!(strict, policy);
        prop_assert_eq!(check(&text, None).findings.to_vec(), vec![]);
    }

    #[test]
    fn any_text_is_mended_soundly(text in "[\\[\\]{}\",:a1'#“”：\u{a0}\\\\/*; \\r\\n]{0,24}") {
        mend_all(&text, None);
    }
}
