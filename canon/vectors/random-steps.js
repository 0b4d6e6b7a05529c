// Random programs in their jobs, as programs.json has them, one on each line, until they have so many elements computed:
//
//   node canon/vectors/random-steps.js ELEMENTS
import { programVector } from "./cases/model.js";
import { SEED, randomSteps } from "./cases/randomSteps.js";

let number = 0;
for (const { model, descriptors } of randomSteps(SEED, Number(process.argv[2]))) {
  const vector = programVector(`random ${number}`, { descriptors, outputs: [] }, model, BigInt(number++));
  // Whoever reads more slowly than this writes is waited for.
  if (!process.stdout.write(`${JSON.stringify(vector)}\n`)) {
    await new Promise((resolve) => process.stdout.once("drain", resolve));
  }
}
