//! What values there are: secrets of well-known services, and what looks a little like one and is none.

use super::Dice;

/// Makes a value.
pub type Make = fn(&mut Dice) -> String;

const ALNUM: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const UPPER: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const LOWER: &str = "abcdefghijklmnopqrstuvwxyz0123456789";
const HEX: &str = "0123456789abcdef";
const BASE64: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const URL64: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// A text whose parts stand apart in this file.
macro_rules! joined {
    ($dice:ident, $($part:expr),+) => { [$(String::from($part)),+].concat() };
}

/// Secrets.
pub const SECRETS: [(&str, Make); 32] = [
    ("an AccessKey ID", |d| joined!(d, "LT", "AI5t", d.text(ALNUM, 18))),
    ("a temporary AccessKey ID", |d| joined!(d, "ST", "S.N", d.text(ALNUM, 24))),
    ("a security token", |d| joined!(d, "CA", "IS", d.text(BASE64, 300))),
    ("an AWS key", |d| joined!(d, "AK", "IA", d.text(UPPER, 16))),
    ("a temporary AWS key", |d| joined!(d, "AS", "IA", d.text(UPPER, 16))),
    ("a GitHub token", |d| joined!(d, "gh", "p_", d.text(ALNUM, 36))),
    ("a GitHub OAuth token", |d| joined!(d, "gh", "o_", d.text(ALNUM, 36))),
    ("a GitHub app token", |d| joined!(d, "gh", "s_", d.text(ALNUM, 36))),
    ("a fine-grained GitHub token", |d| {
        joined!(d, "github", "_pat_", d.text(ALNUM, 22), "_", d.text(ALNUM, 59))
    }),
    ("a GitLab token", |d| joined!(d, "gl", "pat-", d.text(ALNUM, 20))),
    ("a Slack bot token", |d| joined!(d, "xo", "xb-", d.text("0123456789", 12), "-", d.text(ALNUM, 24))),
    ("a Slack user token", |d| {
        joined!(d, "xo", "xp-", d.text("0123456789", 12), "-", d.text("0123456789", 12), "-", d.text(HEX, 32))
    }),
    ("a Slack webhook", |d| {
        joined!(
            d,
            "https://hooks.slack",
            ".com/services/T",
            d.text(UPPER, 8),
            "/B",
            d.text(UPPER, 8),
            "/",
            d.text(ALNUM, 24)
        )
    }),
    ("a Hugging Face token", |d| joined!(d, "h", "f_", d.text(&ALNUM[..52], 34))),
    ("an npm token", |d| joined!(d, "np", "m_", d.text(ALNUM, 36))),
    ("a PyPI token", |d| joined!(d, "py", "pi-", "AgEIcHlwaS5vcmc", d.text(URL64, 70))),
    ("a Google key", |d| joined!(d, "AI", "za", d.text(URL64, 35))),
    ("a Stripe key", |d| joined!(d, "sk", "_live_", d.text(ALNUM, 24))),
    ("a SendGrid key", |d| joined!(d, "S", "G.", d.text(URL64, 22), ".", d.text(URL64, 43))),
    ("a model service's key", |d| joined!(d, "s", "k-", d.text(ALNUM, 48))),
    ("a web token", |d| {
        joined!(d, "ey", "JhbGciOiJIUzI1NiJ9.", "ey", "J", d.text(URL64, 60), ".", d.text(URL64, 43))
    }),
    ("a private key", |d| pem(d, "PRIVATE KEY")),
    ("an RSA key", |d| pem(d, "RSA PRIVATE KEY")),
    ("an OpenSSH key", |d| pem(d, "OPENSSH PRIVATE KEY")),
    ("a login in a URL", |d| joined!(d, "https://owl:", d.text(ALNUM, 16), "@example.com/repo.git")),
    ("a signed URL", |d| {
        joined!(
            d,
            "https://b.oss-cn-hangzhou.aliyuncs.com/a?Expires=1790000000&Signature=",
            d.text(ALNUM, 27),
            "%3D"
        )
    }),
    ("a SAS", |d| {
        joined!(
            d,
            "https://a.blob.core.windows.net/c?sv=2024-01-01&se=2027-01-01&sig=",
            d.text(ALNUM, 43),
            "%3D"
        )
    }),
    ("an account key", |d| {
        joined!(d, "DefaultEndpointsProtocol=https;AccountName=owl;AccountKey=", d.text(BASE64, 86), "==")
    }),
    ("a connection string", |d| joined!(d, "Server=db;User=owl;Password=", d.text(ALNUM, 14), ";")),
    ("a password option", |d| joined!(d, "--password=", d.text(ALNUM, 12))),
    ("an auth option", |d| joined!(d, "--auth=", d.text(ALNUM, 20))),
    ("a secret that only chance makes", |d| d.text(BASE64, 44)),
];

fn pem(dice: &mut Dice, label: &str) -> String {
    let lines: Vec<String> = (0..6).map(|_| dice.text(BASE64, 64)).collect();
    ["-----BEGIN ", label, "-----\n", &lines.join("\n"), "\n-----END ", label, "-----"].concat()
}

/// What is no secret.
pub const HARMLESS: [(&str, Make); 30] = [
    ("a digest", |d| joined!(d, "registry.example.com/owl/serve@sha256:", d.text(HEX, 64))),
    ("a bare digest", |d| joined!(d, "sha256:", d.text(HEX, 64))),
    ("a commit", |d| d.text(HEX, 40)),
    ("a UUID", |d| {
        let parts = [8, 4, 4, 4, 12].map(|length| d.text(HEX, length));
        parts.join("-")
    }),
    ("a request ID", |d| {
        let parts = [8, 4, 4, 4, 12].map(|length| d.text(&HEX.to_uppercase(), length));
        parts.join("-")
    }),
    ("a role", |d| joined!(d, "acs:ram::", d.text("123456789", 16), ":role/aliyunpairankservice")),
    ("a resource", |d| joined!(d, "acs:oss:*:*:night-owl-models/", d.text(LOWER, 6), "/*")),
    ("a bucket's path", |d| joined!(d, "oss://night-owl-", d.text("0123456789", 6), "/models/v2/")),
    ("an endpoint", |_| "https://oss-cn-hangzhou-internal.aliyuncs.com".into()),
    ("a URL with a query", |d| joined!(d, "https://example.com/search?q=owl&page=", d.text("0123456789", 3))),
    ("an image", |d| {
        joined!(
            d,
            "eas-registry-vpc.cn-hangzhou.cr.aliyuncs.com/pai-eas/torch:2.",
            d.text("0123456789", 1),
            "-gpu"
        )
    }),
    ("a path", |d| joined!(d, "/mnt/data/checkpoints/step-", d.text("0123456789", 6), "/model.safetensors")),
    ("a model", |_| "Qwen/Qwen2.5-72B-Instruct-GPTQ-Int4".into()),
    ("a long model", |_| "deepseek-ai/DeepSeek-R1-Distill-Qwen-32B".into()),
    ("an identifier", |_| "AliyunPAIDLCAccessingOSSRoleForTrainingJobs".into()),
    ("a Java class", |_| "com.example.serving.TensorFlowPredictorServiceImplementationFactory".into()),
    ("a Python module", |_| "transformers.models.qwen2.modeling_qwen2".into()),
    ("a placeholder", |_| "YOUR_ACCESS_KEY_ID".into()),
    ("another placeholder", |_| "<access-key-secret>".into()),
    ("asterisks", |_| "****************".into()),
    ("a variable", |_| "${OSS_ACCESS_KEY_SECRET}".into()),
    ("prose", |_| "the model answers within two hundred milliseconds on one card".into()),
    ("a version", |d| joined!(d, "12.4.1-cudnn-devel-ubuntu22.04-", d.text("0123456789", 4))),
    ("a workspace", |d| d.text("123456789", 6)),
    ("an account", |d| d.text("123456789", 16)),
    ("a time", |_| "2026-11-25T20:14:34.123456Z".into()),
    ("an option", |d| joined!(d, "--max-num-batched-tokens=", d.text("123456789", 5))),
    ("another option", |_| "--tokenizer-mode=auto".into()),
    ("a machine type", |_| "ecs.gn7i-c16g1.4xlarge".into()),
    ("a job", |d| joined!(d, "dlc", d.text(LOWER, 15))),
];
