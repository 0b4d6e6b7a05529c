// Adds up what scripts/test ran: totals.js [--json] SECONDS LOGS NOT_RUN STAGE=STATUS...
// Reads Hardhat's summaries, and those of guides.js and trials.js, which look alike, from the logs and JUnit's from Surefire's reports; exits 1 if anything failed.
import { globSync, readFileSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";

// The causes of failures come last, cut to this length, so that the end of a log is enough to know them.
const LONGEST = 4_000;

const json = process.argv[2] === "--json";
const [seconds, logs, notRunFile, ...results] = process.argv.slice(json ? 3 : 2);

const nothing = () => ({ passed: 0, failed: 0, skipped: 0, failures: [], notRun: [] });

/** The last "12 passing", "1 failing"... of each kind in a Hardhat log. */
function hardhatCounts(stage) {
  const log = stripVTControlCharacters(readFileSync(`${logs}/${stage}.log`, "utf8"));
  const count = (kind) => Number([...log.matchAll(new RegExp(`^\\s*(\\d+) (?:${kind})\\b`, "gm"))].at(-1)?.[1] ?? 0);
  const failed = count("failing");
  return {
    ...nothing(),
    passed: count("passing"),
    failed,
    skipped: count("pending|skipped"),
    failures: failed > 0 ? [reportOfFailures(log)] : [],
  };
}

/** What Hardhat writes after the number of failures: each test with its cause. */
const reportOfFailures = (log) => log.slice(log.search(/^\s*\d+ failing\b/m)).trim();

const unescape = (text) =>
  text
    .replaceAll("&quot;", '"')
    .replaceAll("&apos;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&#10;", "\n")
    .replaceAll("&amp;", "&");

/** The sum of all Surefire reports; a skipped test is something not run, with the reason that the report gives. */
function surefireCounts() {
  const counts = nothing();
  for (const path of globSync("{.,*,*/*}/target/surefire-reports/TEST-*.xml")) {
    const report = readFileSync(path, "utf8");
    const suite = report.match(/<testsuite\s[^>]*>/)[0];
    const attribute = (name) => Number(suite.match(new RegExp(`\\s${name}="(\\d+)"`))[1]);
    const failed = attribute("errors") + attribute("failures");
    counts.passed += attribute("tests") - failed - attribute("skipped");
    counts.failed += failed;
    counts.skipped += attribute("skipped");
    for (const [, test, suiteName, outcome, reason] of report.matchAll(
      /<testcase name="([^"]*)" classname="([^"]*)"[^>]*>\s*<(skipped|failure|error)(?: message="([^"]*)")?/g,
    )) {
      const line = unescape(`${suiteName}.${test}: ${reason ?? "no reason given"}`);
      (outcome === "skipped" ? counts.notRun : counts.failures).push(line);
    }
  }
  return counts;
}

/** What scripts/prove ends with. */
function proofCounts() {
  const log = readFileSync(`${logs}/proofs.log`, "utf8");
  const [proved, not, refuted] = (log.match(/^(\d+) proved, (\d+) not, (\d+) refuted$/m) ?? [0, 0, 0, 0])
    .slice(1)
    .map(Number);
  return {
    ...nothing(),
    passed: proved,
    failed: not + refuted,
    failures: log.match(/^.*(?:not proved|refuted): .*$/gm) ?? [],
  };
}

const readers = {
  format: nothing,
  solidity: () => hardhatCounts("solidity"),
  mocha: () => hardhatCounts("mocha"),
  java: surefireCounts,
  proofs: proofCounts,
  precompile: () => hardhatCounts("precompile"),
  besu: nothing,
  guides: () => hardhatCounts("guides"),
  trials: () => hardhatCounts("trials"),
  chaos: () => hardhatCounts("chaos"),
};

const stages = {};
const total = { passed: 0, failed: 0, skipped: 0 };
const failures = [];
const notRun = readFileSync(notRunFile, "utf8").split("\n").filter(Boolean);
for (const result of results) {
  const [stage, status] = result.split("=");
  const counts = readers[stage]();
  // A stage that fails without a failed test (a compiler error, say) is one failure.
  if (status !== "0" && counts.failed === 0) counts.failed = 1;
  for (const kind of Object.keys(total)) total[kind] += counts[kind];
  failures.push(...counts.failures);
  notRun.push(...counts.notRun);
  stages[stage] = { ok: status === "0", passed: counts.passed, failed: counts.failed, skipped: counts.skipped };
}

if (json) {
  console.log(JSON.stringify({ ...total, stages, failures, notRun, seconds: Number(seconds) }));
} else {
  for (const [stage, { ok, passed, failed, skipped }] of Object.entries(stages)) {
    console.log(
      `  ${stage.padEnd(12)}${ok ? "ok    " : "FAILED"}  ${passed} passed, ${failed} failed, ${skipped} skipped`,
    );
  }
  for (const failure of failures)
    console.log(`  FAILED   ${failure.slice(0, LONGEST).replaceAll("\n", "\n           ")}`);
  for (const line of notRun) console.log(`  NOT RUN  ${line}`);
  console.log(`  ${seconds} s`);
  console.log(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ""}`);
}
process.exitCode = total.failed > 0 ? 1 : 0;
