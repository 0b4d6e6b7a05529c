// The rows of scripts/bench models as tables for people, in Markdown.
import { table } from "./markdown.js";

const REASONS = {
  "OPG-604": "ONNX Runtime refuses the file (OPG-604)",
};

/** @param rows of models that were run */
export function tables(rows) {
  return [
    table(
      ["model", "parameters", "lowering", "nodes", "root", "from cold: ONNX Runtime", "canonical engine"],
      rows.map(({ title, inspected, lowered, coldSeconds }) => [
        title,
        inspected?.parameters,
        seconds(lowered?.seconds),
        lowered?.nodes,
        lowered && `${lowered.root.slice(0, 10)}…`,
        seconds(coldSeconds?.stock),
        seconds(coldSeconds?.canonical),
      ]),
    ),
    table(["model", "output", "median", "99 %", "max", "band", "convicted"], rows.flatMap(deviations)),
    table(
      ["model", "input", "outputs", "answered by", "seconds of it", "claimed after", "job", "deviation", "reproduced"],
      rows.map(job),
    ),
  ];
}

function deviations({ title, compared, bands, convictions, refused }) {
  if (!compared) return [[title, ...Array(5), refusal(refused?.compare)]];
  return compared.outputs.map(({ output, median, p99, max }, index) => [
    index === 0 ? title : "",
    output,
    power(median),
    power(p99),
    power(max),
    band(bands?.find((each) => each.output === output)),
    index === 0 ? convicted(convictions) : "",
  ]);
}

function job({ title, job, reproduced }) {
  if (!job) return [title];
  return [
    title,
    job.byReference ? "by reference" : "in the request",
    job.outputsByReference ? "by reference" : "in the claim",
    job.engine,
    seconds(job.workerSeconds),
    seconds(job.claimSeconds),
    job.state,
    reproduced && power(Math.max(...reproduced.deviations)),
    reproduced && (reproduced.right ? "right" : "WRONG"),
  ];
}

const refusal = (refused) => refused && REASONS[refused.code];
const seconds = (value) => (value === undefined ? undefined : `${value} s`);
const power = (value) => (value === 0 ? "0" : value.toExponential(1));

function band(stated) {
  if (!stated) return undefined;
  const { absolute, relative } = stated;
  return absolute === 0 && relative === 0 ? "exact" : `${power(absolute)} + ${power(relative)}·y`;
}

function convicted(convictions) {
  if (!convictions) return undefined;
  const sum = (field) => convictions.reduce((total, each) => total + each[field], 0);
  return `${sum("convicted")} of ${sum("samples")}`;
}
