//! Weak secrets, which only their place shows: after a name, beside a name, in a command; and what is much like them.

use serde_json::json;

use super::Dice;
use super::carriers::pretty;

/// A document, and the secret in it.
pub struct Case {
    pub label: String,
    pub document: String,
    pub secret: String,
}

/// Names whose values are secrets, whatever they are.
const NAMES: [&str; 38] = [
    "password",
    "pw",
    "SMTP_PW",
    "user_pw",
    "db_pswd",
    "WIFI_PSK",
    "masterauth",
    "AESKEY",
    "TOKEN1",
    "accessToken2",
    "DB_PASSWORD",
    "PASSCODE",
    "dbpassword1",
    "PASS_PHRASE",
    "clientSecret",
    "APP_KEY",
    "SIGN_KEY",
    "OPENAI_API_KEY",
    "ALIYUN_SK",
    "x-acs-security-token",
    "requirepass",
    "密码",
    "数据库密码",
    "口令",
    "密钥",
    "秘密鍵",
    "パスワード",
    "Passwort",
    "Kennwort",
    "contraseña",
    "mot_de_passe",
    "senha",
    "ｐａｓｓｗｏｒｄ",
    "ＤＢ＿ＰＡＳＳＷＯＲＤ",
    "пароль",
    "비밀번호",
    "pass-word",
    "MYSQL_ROOT_PASS",
];

/// Names whose values are secrets if they look like passwords.
const HINTS: [&str; 14] = [
    "AUTH",
    "REDIS_AUTH",
    "CREDENTIAL",
    "db_cred",
    "CONNECTION_STRING",
    "conn_str",
    "DSN",
    "DATABASE_URL",
    "WEBHOOK",
    "SALT",
    "kerberos_keytab",
    "LOGIN_PIN",
    "app_salt",
    "凭证",
];

/// A document in which a value has a name.
type Name = fn(&str, &str) -> String;

const NAMED: [(&str, Name); 15] = [
    ("a member", |name, value| pretty(&json!({ "name": "owl", name: value }))),
    ("a variable", |name, value| pretty(&json!({ "env": [{ "name": name, "value": value }] }))),
    ("a value before its name", |name, value| format!(r#"[{{"Value":"{value}","Name":"{name}"}}]"#)),
    ("key and val", |name, value| pretty(&json!([{ "key": name, "val": value }]))),
    ("k and v", |name, value| pretty(&json!([{ "k": name, "v": value }]))),
    ("field and content", |name, value| pretty(&json!([{ "field": name, "content": value }]))),
    ("name and default", |name, value| {
        pretty(
            &json!([{ "name": name, "type": "string", "default": value, "description": "of the database" }]),
        )
    }),
    ("JSON in a string", |name, value| pretty(&json!({ "config": json!({ name: value }).to_string() }))),
    ("YAML in a string", |name, value| {
        pretty(&json!({ "config": format!("a: 1\n{name}: {value}\nb: 2\n") }))
    }),
    ("YAML", |name, value| format!("env:\n- name: {name}\n  value: {value}\n")),
    ("an ini file", |name, value| format!("[app]\n{name} = {value}\nport = 8000\n")),
    ("broken JSON", |name, value| format!("{{\n  \"{name}\": \"{value}\",\n  \"a\" 1\n}}\n")),
    ("a broken variable", |name, value| {
        format!(r#"{{"env":[{{"name":"{name}","value":"{value}"}}] "x":1}}"#)
    }),
    ("attributes", |name, value| pretty(&json!({ "x": format!(r#"<add key="{name}" value="{value}"/>"#) }))),
    ("a property", |name, value| {
        pretty(&json!({ "x": format!("<property><name>{name}</name><value>{value}</value></property>") }))
    }),
];

/// Commands and texts with a secret in the place of `@`.
const TEXTS: [&str; 47] = [
    "mysql -u root -p@ db",
    "sshpass -p @ ssh a@b",
    "redis-cli -h h -a @ ping",
    "curl -u alice:@ https://x",
    "curl -ualice:@ https://x",
    "wget --http-passwd @ https://x",
    "docker login -u a -p @ r.io",
    "echo @ | docker login -u a --password-stdin r.io",
    "echo 'root:@' | chpasswd",
    "echo root:@ | chpasswd",
    "openssl rsa -passin pass:@ -in k",
    "unzip -P @ a.zip",
    "unzip -P@ a.zip",
    "7z x a.7z -p@",
    "smbclient //h/s -U alice%@",
    "htpasswd -b f alice @",
    "htpasswd -bc f alice @",
    "htpasswd -nb alice @",
    "wandb login @",
    "ldapsearch -D cn=a -w @ -b x",
    "mongosh -u a -p @ h",
    "sqlcmd -S h -U sa -P @",
    "clickhouse-client --password @",
    "java -Dspring.datasource.password=@ -jar a",
    "keytool -storepass @ -list",
    "mount -t cifs //h/s /m -o username=a,password=@",
    "kubectl create secret generic a --from-literal=pw=@",
    "kubectl create secret generic a --from-literal=anything=@",
    "setx DB_PASSWORD @",
    "setenv DB_PASSWORD @",
    "set -x DB_PASSWORD @",
    "set -gx DB_PASSWORD @",
    "ENV DB_PASSWORD @",
    "export DB_PASSWORD=@",
    "machine h login a password @",
    "h:5432:db:alice:@",
    "psql -h h # h.example.com:5432:*:alice:@",
    "jdbc:oracle:thin:scott/@@//h:1521/x",
    "a=1&password%3D@",
    "a=1&password%3d@&b=2",
    "curl -sSu alice:@ https://x",
    "unzip -qP @ a.zip",
    "ldapsearch -xw @ -b x",
    "helm registry login -u a -p @ r.io",
    "<add value='@' key='password'/>",
    "<password>@</password>",
    "<AccessKeySecret>@</AccessKeySecret>",
];

/// Weak secrets in every place.
pub fn secrets(dice: &mut Dice) -> Vec<Case> {
    let mut cases = Vec::new();
    let mut add = |label: String, document: String, secret: &str| {
        cases.push(Case { label, document, secret: secret.to_owned() });
    };
    for name in NAMES.iter().chain(&HINTS) {
        for (place, carry) in NAMED {
            let value = weak(dice);
            add(format!("{name} in {place}"), carry(name, &value), &value);
        }
    }
    for text in TEXTS {
        let value = weak(dice);
        let text = text.replacen('@', &value, 1);
        add(format!("{text} in a string"), pretty(&json!({ "script": text })), &value);
        add(
            format!("{text} in a script"),
            pretty(&json!({ "script": format!("cd /a\n{text}\nls\n") })),
            &value,
        );
        add(format!("{text} in a file"), format!("cd /a\n{text}\nls\n"), &value);
        if !text.contains(['"', '<']) {
            add(format!("{text} in broken JSON"), format!("{{\"a\" 1, \"script\": \"{text}\"}}\n"), &value);
        }
    }
    for list in [
        r#"{"command":["sshpass","-p","@" "x"]}"#,
        "{\"command\":[\"sshpass\",\n\"-p\",\n\"@\" \"x\"]}",
        "{\"command\":[\"x\",\n\"--password\",\n\"@\" \"x\"]}",
        r#"{"command":["mysql","-p","@" "x"]}"#,
        r#"{"command":["sshpass","-p","@"]}"#,
        r#"{"env":[["DB_PASSWORD","@"]]}"#,
        r#"{"env":["DB_PASSWORD","@"]}"#,
        r#"{"env":[["DB_PASSWORD","@" "x"]]}"#,
        r#"{"kind":"Secret","stringData":{"db":"@"}}"#,
    ] {
        let value = weak(dice);
        add(list.to_owned(), list.replace('@', &value), &value);
    }
    strong(dice, &mut add);
    cases
}

/// Random secrets in places that usually hold something else.
fn strong(dice: &mut Dice, add: &mut dyn FnMut(String, String, &str)) {
    const ALNUM: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    for _ in 0..5 {
        let key = dice.text(ALNUM, 30);
        for template in [
            r#"{"@": 1}"#,
            r#"{"x": "https://h/hook/@"}"#,
            r#"{"x": "https://h.example.com/api/@/send"}"#,
            r#"{"Version": "@", "Statement": []}"#,
            r#"{"RoleArn": "@"}"#,
            "POST https://h.example.com/hook/@\n",
            "{\"Version\": \"@\" \"x\"}",
        ] {
            add(template.to_owned(), template.replace('@', &key), &key);
        }
        let inner = ["pass", "word=", &weak(dice)].concat();
        let encoded = base64(inner.as_bytes());
        add(
            "a data URL".to_owned(),
            pretty(&json!({ "x": format!("data:text/plain;base64,{encoded}") })),
            &encoded,
        );
        for (prefix, salt, length) in [("$apr1$", 8, 22), ("$2y$10$", 0, 53), ("$6$", 16, 86), ("$1$", 8, 22)]
        {
            let salt = if salt > 0 { format!("{}$", dice.text(ALNUM, salt)) } else { String::new() };
            let hash = format!("{prefix}{salt}{}", dice.text(ALNUM, length));
            add(format!("a {prefix} hash"), pretty(&json!({ "x": format!("alice:{hash}") })), &hash);
        }
    }
}

/// A password such as people choose: a word, a digit or more, perhaps another word.
fn weak(dice: &mut Dice) -> String {
    let letters = "abcdefghijklmnopqrstuvwxyz";
    [dice.text(letters, 6), dice.text("23456789", 2), dice.text(letters, 4)].concat()
}

/// Base64, made at test time.
fn base64(bytes: &[u8]) -> String {
    let digits = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for part in bytes.chunks(3) {
        let bits =
            part.iter().fold(0_usize, |bits, byte| bits << 8 | usize::from(*byte)) << (8 * (3 - part.len()));
        for place in 0..=part.len() {
            text.push(char::from(digits[bits >> (18 - 6 * place) & 63]));
        }
        text.extend(std::iter::repeat_n('=', 3 - part.len()));
    }
    text
}

/// Members that hold no secret.
const MEMBERS: [&str; 48] = [
    r#""token_expire": 3600"#,
    r#""token_num": 5"#,
    r#""prompt_token_cost": 3"#,
    r#""pass_rate": 0.95"#,
    r#""pass_threshold": 3"#,
    r#""pass@1": 0.62"#,
    r#""user_key": "user_id""#,
    r#""item_key": "item_id""#,
    r#""event_key": "timestamp""#,
    r#""redis_key": "rec:items:{uid}""#,
    r#""kafka_key": "uid""#,
    r#""input_key": "image""#,
    r#""output_key": "label""#,
    r#""sort_key": "createdAtTimestamp2024""#,
    r#""next_token": "abc""#,
    r#""eos_token": "end""#,
    r#""secretary": "Alice Smith""#,
    r#""keyboard": "us""#,
    r#""num_tokens": 4096"#,
    r#""tokenizer": "Qwen2TokenizerFast""#,
    r#""tokenizer_mode": "auto""#,
    r#""pin_memory": true"#,
    r#""pin": "GPIO17""#,
    r#""auth": "oauth2""#,
    r#""auth_type": "kerberos5""#,
    r#""credential_type": "instance2024""#,
    r#""keytab": "/etc/security/hive.keytab""#,
    r#""DATABASE_URL": "postgres://db:5432/owl""#,
    r#""WEBHOOK": "https://example.com/hooks/deploy""#,
    r#""secretName": "my-tls""#,
    r#""secretKeyRef": { "name": "db-secret", "key": "password" }"#,
    r#""volumes": [{ "secret": { "secretName": "my-tls", "items": [{ "key": "tls", "path": "tls.crt" }] } }]"#,
    r#""imagePullSecrets": [{ "name": "regcred" }]"#,
    r#""env": [{ "name": "DB_PASSWORD", "valueFrom": { "secretKeyRef": { "name": "db", "key": "pw" } } }]"#,
    r#""fields": [{ "type": "password", "title": "Enter your passphrase", "id": "login" }]"#,
    r#""features": [{ "feature_name": "user_key", "value_type": "String" }]"#,
    r#""labels": [{ "key": "tokenizer", "value": "Qwen2TokenizerFast" }]"#,
    r#""containers": [{ "name": "auth-token", "image": "registry.example.com/token-service:v1.2.3" }]"#,
    r#""mounts": [{ "name": "api-token", "mountPath": "/var/run/token" }]"#,
    r#""description": "Set the password: see the wiki page. The token is injected by the platform.""#,
    r#""x": "token: 0.002 per 1k""#,
    r#""说明": "密码：见文档""#,
    r#""max_token": 4096"#,
    r#""token_type_ids": [0, 0]"#,
    r#""properties": { "password": { "type": "string", "description": "of the database" } }"#,
    r#""required": ["password", "username"]"#,
    r#""security": { "type": "apiKey", "in": "header", "name": "X-API-Key" }"#,
    r#""Version": "2026-11-25""#,
];

/// Commands that hold no secret.
const COMMANDS: [&str; 24] = [
    "docker run -p 8080:80 -v /a:/b --name x img",
    "podman run -p 127.0.0.1:8080:80 img",
    "docker run --user 1000:1000 img",
    "python -pV1Model",
    "mkdir -p /mnt/Data1/Checkpoint-2024 && cp -pR a b",
    "ssh -p 2222 user@host && scp -P 2222 a b && nc -p 80",
    "python eval.py --pass_rate 0.9 --token_num 5",
    "python x.py --input_key image --output_key label",
    "redis-cli --user app:readonly",
    "kubectl port-forward -p 8080:80",
    "nginx -p 127.0.0.1:80:8080",
    "rsync -p A1:B2 c",
    "torchrun --nproc_per_node=8 --master_port 29500 -p 8080:80 train.py --pass-through",
    "vllm serve /model --max-num-batched-tokens 8192 --tokenizer-mode auto --api-key $KEY",
    "java -Xmx4g -XX:+UseG1GC -Dspring.profiles.active=prod-cn-hangzhou-2024A -jar App-1.0.0-SNAPSHOT.jar",
    "set the token limit of the model",
    "git checkout 3b18e512dba79e4c8300dd08aeb37f8e728b8dad",
    "echo done | tee log.txt",
    "echo $PASSWORD | docker login -u a --password-stdin r.io",
    "kubectl create configmap a --from-literal=mode=fast",
    "curl -u $USER:$PASS https://x",
    "curl https://example.com/v1/models/Qwen2.5-72B-Instruct-GPTQ-Int4/resolve/main/config.json",
    "awk '{print $1$2}' names.txt",
    "if a > b then c; x -> y",
];

/// Documents that hold no secret.
pub fn harmless() -> Vec<Case> {
    let mut cases = Vec::new();
    let mut add =
        |label: String, document: String| cases.push(Case { label, document, secret: String::new() });
    for member in MEMBERS {
        add(format!("{member} in one line"), format!("{{{member}}}\n"));
        add(
            format!("{member} among others"),
            format!("{{\n  \"name\": \"owl\",\n  {member},\n  \"port\": 8000\n}}\n"),
        );
    }
    for command in COMMANDS {
        add(format!("{command} in a string"), pretty(&json!({ "script": command })));
        add(
            format!("{command} in a script"),
            pretty(&json!({ "script": format!("cd /a\n{command}\nls\n") })),
        );
        add(
            format!("{command} in a list"),
            pretty(&json!({ "command": command.split(' ').collect::<Vec<_>>() })),
        );
        add(format!("{command} in a file"), format!("cd /a\n{command}\nls\n"));
    }
    cases
}
