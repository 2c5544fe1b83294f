// Compares the annotations of `ramrole check --format github` with those that @actions/core writes for the same findings.
//
// usage: node annotations.mjs MODULES ANNOTATIONS JSON
//
// MODULES holds @actions/core; JSON is what `--format json` prints for the same files.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [modules, annotations, report] = process.argv.slice(2);
const core = await import(pathToFileURL(join(modules, "@actions/core/lib/core.js")));
const found = readFileSync(annotations, "utf8").split("\n").slice(0, -1);

// The ends of the findings are not in the JSON, so they come from the annotation.
const end = (line, name) => Number(new RegExp(`[ ,]${name}=(\\d+)`).exec(line)?.[1]) || undefined;

function written(call) {
  let text = "";
  const write = process.stdout.write;
  process.stdout.write = (chunk) => (text += chunk, true);
  call();
  process.stdout.write = write;
  return text.replace(/\n$/, "");
}

const commands = { error: core.error, warning: core.warning, note: core.notice };

function expected(path, finding, line) {
  const endLine = end(line, "endLine");
  const columns = endLine === finding.line
    ? { startColumn: finding.column, endColumn: end(line, "endColumn") }
    : {};
  const properties = { title: `ramrole: ${finding.code}`, file: path, startLine: finding.line, endLine, ...columns };
  return written(() => commands[finding.severity](`${finding.message}\nfix: ${finding.fix}`, properties));
}

function unreadable(file) {
  return written(() => core.error(file.error, { title: "ramrole: unreadable", file: file.path }));
}

// The order of properties has no meaning.
function sorted(line) {
  const [, command, properties, message] = /^::(\w+) (.*?)::(.*)$/.exec(line);
  return `::${command} ${properties.split(",").sort().join(",")}::${message}`;
}

const wanted = [];
for (const file of JSON.parse(readFileSync(report, "utf8")).files) {
  for (const finding of file.findings ?? []) {
    wanted.push(expected(file.path, finding, found[wanted.length] ?? ""));
  }
  if (file.error) wanted.push(unreadable(file));
}

let wrong = wanted.length === found.length && wanted.length > 0 ? 0 : 1;
if (wrong) console.log(`${found.length} annotations, but ${wanted.length} findings`);
for (const [index, line] of found.entries()) {
  if (sorted(line) !== sorted(wanted[index] ?? ":: ::")) {
    wrong += 1;
    console.log(`found    ${line}\nexpected ${wanted[index]}`);
  }
}
console.log(`${annotations}: ${found.length} annotations`);
process.exit(wrong ? 1 : 0);
