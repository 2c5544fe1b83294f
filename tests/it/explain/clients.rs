//! The messages of the official credential clients: how many of them `explain` recognizes.

use std::collections::HashSet;

use ramrole::domain::explain::{Client, Messages, clients, errors, explain};

/// A value for each hole of a template, as the sources put it there.
const VALUES: [&str; 4] = ["/root/.aliyun/config.json", "404", "timed out", "lab"];

/// A message made from a template. The values that no hole asks for are left out.
fn message(template: &str, first: usize) -> String {
    let values = VALUES.iter().cycle().skip(first);
    let mut parts = template.split("{}");
    let mut message = parts.next().unwrap_or_default().to_owned();
    for (part, value) in parts.zip(values) {
        let value = if message.ends_with("http") { "://localhost:7002/api/v1/credentials/0" } else { value };
        message.push_str(value);
        message.push_str(part);
    }
    message
}

/// The message as the language of the client prints it.
fn printed(client: &Client, message: &str) -> String {
    match client.id.as_str() {
        "python" => format!(
            "Traceback (most recent call last):\n  File \"train.py\", line 7, in <module>\n\
             alibabacloud_credentials.exceptions.CredentialException: {message}"
        ),
        "java" => format!(
            "com.aliyun.credentials.exception.CredentialException: {message}\n\
             \tat com.example.Train.main(Train.java:21)"
        ),
        "node" => format!(
            "Error: {message}\n    at get (/app/node_modules/@alicloud/credentials/dist/src/client.js:90:15)"
        ),
        "go" => format!("panic: {message}\n\ngithub.com/aliyun/credentials-go/credentials.NewCredential"),
        _ => format!("$ aliyun sts GetCallerIdentity\nERROR: {message}"),
    }
}

/// The level of an error says whether it can stand before the one that the template names.
fn is_recognized(text: &str, messages: &Messages) -> bool {
    explain(text, None).matches.iter().any(|row| row.id == messages.error)
}

#[test]
fn every_message_of_the_clients_is_recognized() {
    let mut missing = Vec::new();
    println!("{:<12} {:<10} {:>9} {:>7} {:>7}", "client", "version", "templates", "printed", "alone");
    for client in &clients().clients {
        let [mut total, mut recognized, mut alone] = [0; 3];
        for messages in &client.messages {
            for template in &messages.templates {
                total += 1;
                let known = (0..VALUES.len())
                    .all(|first| is_recognized(&printed(client, &message(template, first)), messages));
                recognized += usize::from(known);
                alone += usize::from(is_recognized(&message(template, 0), messages));
                if !known || !messages.common && !is_recognized(&message(template, 0), messages) {
                    missing.push(format!("{} {}: {template}", client.id, messages.error));
                }
            }
        }
        println!("{:<12} {:<10} {total:>9} {recognized:>7} {alone:>7}", client.id, client.version);
    }
    assert!(missing.is_empty(), "{} not recognized:\n{}", missing.len(), missing.join("\n"));
}

#[test]
fn a_message_names_the_client_that_says_it_and_what_it_was_doing() {
    for client in &clients().clients {
        for messages in client.messages.iter().filter(|messages| !messages.common) {
            for template in &messages.templates {
                let wrappers = explain(&message(template, 0), None).wrappers;
                let named = wrappers.iter().any(|wrapper| wrapper.reporters.contains(&client.id.as_str()));
                assert!(named, "{}: {template}: {wrappers:?}", client.id);
            }
        }
    }
}

#[test]
fn every_client_has_a_version_and_a_license_and_its_messages_a_meaning() {
    let known: HashSet<&str> = errors().rows.iter().map(|row| row.id.as_str()).collect();
    for client in &clients().clients {
        let facts = [&client.title, &client.package, &client.version, &client.license, &client.address];
        assert!(facts.iter().all(|fact| !fact.is_empty()), "{}", client.id);
        for messages in &client.messages {
            assert!(known.contains(messages.error.as_str()), "{}: {}", client.id, messages.error);
            assert!(clients().steps.contains_key(&messages.step), "{}: {}", client.id, messages.step);
        }
    }
}

#[test]
fn every_step_is_used() {
    let all = clients().clients.iter().flat_map(|client| &client.messages);
    let used: HashSet<&str> = all.map(|messages| messages.step.as_str()).collect();
    for step in clients().steps.keys() {
        assert!(used.contains(step.as_str()), "{step}");
    }
}
