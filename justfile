# Common commands; `just` lists them. Install just with `pip install rust-just` or `cargo install just`.

# List the commands
default:
    @just --list

# Run the wizard
run *arguments:
    cargo run --locked -- {{arguments}}

# Format, lint and check the documentation
lint:
    cargo fmt
    cargo clippy --all-targets --locked -- -D warnings
    RUSTDOCFLAGS='-D warnings' cargo doc --no-deps --locked

# Run the tests, or only those whose names contain a word
test *words:
    cargo test --locked -- {{words}}

# Update screens, pictures and printed fixtures; review the diff afterwards
bless *words:
    RAMROLE_BLESS=1 cargo test --locked --test it -- {{words}}

# Run random walks through the wizard with another seed
walk seed:
    RAMROLE_SEED={{seed}} cargo test --locked --test it -- walk

# Fuzz each property for some seconds
fuzz seconds="30":
    RAMROLE_FUZZ_SECONDS={{seconds}} cargo test --locked --test it -- fuzz:: --nocapture

# Measure the processes, the wizard and the credential service
bench:
    cargo build --release --locked
    python3 benches/measure.py
    python3 benches/screen.py
    python3 benches/serve.py

# Build and test the wheels and archives for Linux
package:
    packaging/wheels
    packaging/archives

# Run everything that must pass before a change lands
ci:
    .ci/run
