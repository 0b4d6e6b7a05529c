// What scripts/bench measured, for people or as JSON: figures.js [--json] SUBJECT FIGURES
import { readFileSync } from "node:fs";

const json = process.argv[2] === "--json";
const [subject, measured] = process.argv.slice(-2);
const figures = JSON.parse(measured);

const linesOf = (values) => Object.entries(values).map(([name, value]) => `  ${name.padEnd(34)}${value}`);

function canon() {
  const shown = Object.entries(figures).map(([name, value]) => [name, Number(value.toPrecision(3))]);
  return { result: figures, lines: linesOf(Object.fromEntries(shown)) };
}

function engine() {
  const line = ({ name, threads, nanoseconds, gigaoperationsPerSecond, compensatedShare, exactShare }) =>
    `  ${name.padEnd(36)}${threads} threads  ${Math.round(nanoseconds)} ns  ${gigaoperationsPerSecond.toPrecision(3)} operations/ns` +
    `  compensated ${compensatedShare.toPrecision(2)}, exact ${exactShare.toPrecision(2)}`;
  return { result: figures, lines: figures.engine.map(line) };
}

function job() {
  const snapshot = JSON.parse(readFileSync(new URL("../../gas-snapshot.json", import.meta.url), "utf8"));
  const gas = Object.fromEntries(
    Object.entries(snapshot)
      .filter(([name]) => name.startsWith("second job, "))
      .map(([name, value]) => [name.slice("second job, ".length), value]),
  );
  const gasLines = Object.entries(gas).map(
    ([output, { request, claim, finalise, total }]) =>
      `  gas, output of ${output.padEnd(9)}${total} = request ${request} + claim ${claim} + finalise ${finalise}`,
  );
  return { result: { inference: figures, secondJobGas: gas }, lines: [...linesOf(figures), ...gasLines] };
}

const { result, lines } = { canon, engine, job }[subject]();
console.log(json ? JSON.stringify(result) : lines.join("\n"));
