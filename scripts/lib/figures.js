// What scripts/bench measured, for people or as JSON: figures.js [--json] SUBJECT FIGURES...
import { readFileSync } from "node:fs";

const json = process.argv[2] === "--json";
const [subject, ...measured] = process.argv.slice(json ? 3 : 2);
const figures = Object.assign({}, ...measured.map((line) => JSON.parse(line)));

const linesOf = (values) => Object.entries(values).map(([name, value]) => `  ${name.padEnd(34)}${value}`);

function canon() {
  const shown = Object.entries(figures).map(([name, value]) => [name, Number(value.toPrecision(3))]);
  return { result: figures, lines: linesOf(Object.fromEntries(shown)) };
}

function engine() {
  const line = ({ name, threads, nanoseconds, gigaoperationsPerSecond, compensatedShare, exactShare }) =>
    `  ${name.padEnd(36)}${threads} threads  ${Math.round(nanoseconds)} ns  ${gigaoperationsPerSecond.toPrecision(3)} operations/ns` +
    `  compensated ${compensatedShare.toPrecision(2)}, exact ${exactShare.toPrecision(2)}`;
  const milliseconds = (value) => `${value.toPrecision(3)} ms`;
  const comparisonLine = (shape) =>
    `  ${shape.name.padEnd(36)}${shape.threads} threads  ${milliseconds(shape.engineMilliseconds)}` +
    `  ONNX Runtime ${milliseconds(shape.onnxRuntimeMilliseconds)} (${shape.onnxRuntimeLevel})  ratio ${shape.ratio.toPrecision(3)}` +
    `  compensated ${shape.compensatedShare.toPrecision(2)}, exact ${shape.exactShare.toPrecision(2)}` +
    `  commitment ${shape.committedGigabytesPerSecondAndThread.toPrecision(2)} GB/s a thread`;
  const gibibytes = (value) => `${(value / 2 ** 30).toPrecision(3)} GiB`;
  const { name, heapLimitBytes, peakHeapBytes, tensorBytes } = figures.memory;
  const heapLine = `  heap of ${name}: at most ${gibibytes(peakHeapBytes)} of ${gibibytes(heapLimitBytes)}, its tensors ${gibibytes(tensorBytes)}`;
  return { result: figures, lines: [...figures.engine.map(line), ...figures.comparison.map(comparisonLine), heapLine] };
}

const TRANSACTION = 21_000;

/** The gas of a transaction with these calldata: for its execution, or what calldata cost at least (EIP-7623). */
function transactionGas({ bytes, zeroBytes }, execution) {
  const tokens = zeroBytes + 4 * (bytes - zeroBytes);
  return TRANSACTION + Math.max(4 * tokens + execution, 10 * tokens);
}

function precompile() {
  const calls = figures.calls.map((call) => {
    const solidity = figures.solidity[call.name];
    if (solidity === undefined) return call;
    return {
      ...call,
      calldata: 4 * (call.zeroBytes + 4 * (call.bytes - call.zeroBytes)),
      transaction: transactionGas(call, call.gas),
      solidity: { execution: solidity, transaction: transactionGas(call, solidity) },
    };
  });
  const worst = Math.min(...calls.map((call) => call.megagasPerSecond));
  const line = (call) =>
    `  ${call.name.padEnd(44)}${String(Math.round(call.nanoseconds)).padStart(9)} ns ${String(call.gas).padStart(8)} gas` +
    ` ${String(Math.round(call.megagasPerSecond)).padStart(6)} Mgas/s` +
    (call.solidity === undefined
      ? ""
      : `  Solidity ${call.solidity.execution}, ${(call.solidity.execution / call.gas).toPrecision(3)} times;` +
        ` calldata ${call.calldata}; whole ${call.transaction}, ${call.solidity.transaction}`);
  return {
    result: { calls, worstMegagasPerSecond: worst },
    lines: [...calls.map(line), `  worst: ${Math.round(worst)} Mgas/s`],
  };
}

function store() {
  const { bytes, heapLimitBytes, add, fetch, cat, serve, wrong } = figures;
  const mebibytes = (value) => `${Math.round(value / 2 ** 20)} MiB`;
  const rate = ({ seconds, megabytesPerSecond }) =>
    `${seconds.toPrecision(3)} s, ${megabytesPerSecond.toPrecision(3)} MB/s`;
  const heap = ({ peakHeapBytes }) => `, heap at most ${mebibytes(peakHeapBytes)} of ${mebibytes(heapLimitBytes)}`;
  const source = ({ name, blocks, bytes: given, lies, outages, dropped }) =>
    `    ${name}: ${blocks} blocks, ${mebibytes(given)}; corrupt ${lies}, refused or broken off ${outages}${dropped ? "; given up" : ""}`;
  return {
    result: figures,
    lines: [
      `  file of ${mebibytes(bytes)}`,
      `  add    ${rate(add)}${heap(add)}`,
      `  fetch  ${rate(fetch)}${heap(fetch)}`,
      ...fetch.sources.map(source),
      `  cat    ${rate(cat)}`,
      `  serving both: heap at most ${mebibytes(serve.peakHeapBytes)}`,
      `  injected: ${serve.corruptedByFirst} corrupt of ${serve.answersOfFirst} answers; the other dead after ${serve.answersOfSecond}, ${serve.refusedBySecond} requests unanswered`,
      ...wrong.map((reason) => `  WRONG: ${reason}`),
    ],
  };
}

function fleet() {
  const { executors, processors, jobs, gigaOperations, alone, fleet: together, tasksPerSecond } = figures.fleet;
  const line = (name, kind) =>
    `  ${name.padEnd(36)}one machine ${alone[kind].toPrecision(3)}, fleet ${together[kind].toPrecision(3)} claims a second;` +
    ` ratio ${(together[kind] / alone[kind]).toPrecision(3)}`;
  return {
    result: figures.fleet,
    lines: [
      `  ${executors} executors, ${processors} processors, ${jobs} jobs each time`,
      line("a light model", "light"),
      line(`${gigaOperations.toPrecision(2)} billion operations`, "heavy"),
      `  ${Math.round(tasksPerSecond)} tasks a second given away and taken back`,
    ],
  };
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

const { result, lines } = { canon, engine, job, precompile, store, fleet }[subject]();
console.log(json ? JSON.stringify(result) : lines.join("\n"));
