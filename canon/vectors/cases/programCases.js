// Programs in their jobs: layers of models, single rules, void nodes, verdicts, and programs drawn at random.

import { LAYERS } from "./layerCases.js";
import { Model, programVector } from "./model.js";
import { randomPrograms } from "./randomPrograms.js";
import { RULES } from "./ruleCases.js";
import { verdictRuns } from "./verdictCases.js";
import { VOID_NODES } from "./voidCases.js";

const SEED = 0x0badcafe;

export function programCases() {
  const written = [...LAYERS, ...RULES, ...VOID_NODES].map(([name, build, isValid = true], number) => {
    const model = new Model(SEED + number);
    model.outputs = build(model);
    return { name, program: model.program, job: model, isValid };
  });
  const verdicts = verdictRuns().map((run) => ({ ...run, isValid: true }));
  const random = randomPrograms().map((model, number) => ({
    name: `random ${number}`,
    program: model.program,
    job: model,
    isValid: true,
  }));
  return [...written, ...verdicts, ...random].map(({ name, program, job, isValid }, number) => {
    const vector = programVector(name, program, job, BigInt(number));
    if (vector.valid !== isValid) throw new Error(`${name} is ${isValid ? "not " : ""}valid`);
    return vector;
  });
}
