//! The program: hands the arguments over and passes the exit code on.

use std::process::ExitCode;

fn main() -> ExitCode {
    ramrole::cli::main(std::env::args_os())
}
