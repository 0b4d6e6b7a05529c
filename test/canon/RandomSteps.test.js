import { expect } from "chai";
import { network } from "hardhat";
import { pick, randomBetween, randomWords } from "../../canon/vectors/cases/random.js";
import { randomModel } from "../../canon/vectors/cases/randomPrograms.js";
import { hexOfBytes } from "../../canon/vectors/reference/bytes.js";
import { DATA_TYPES } from "../../canon/vectors/reference/dataTypes.js";
import { operandsOf } from "../../canon/vectors/reference/descriptors.js";
import { evaluateDescriptors } from "../../canon/vectors/reference/evaluation.js";
import { FOLDS } from "../../canon/vectors/reference/folds.js";
import { PRIMITIVES } from "../../canon/vectors/reference/primitives.js";
import { Openable, deployCanon, nodeOf, stepOf } from "../support/canon.js";
import { damaged } from "./damage.js";
import { compareNode, elementsOf } from "./nodes.js";

const { networkHelpers } = await network.getOrCreate();

const SEED = 0x57e9;
const STEPS = process.env.OPG_LONG ? 1_000_000 : 3_000;
const SUMS = ["DOT", "SUM", "MEAN", "MEANSQ"];
const COMPUTED = ["MAP", "FOLD", "GATHER"];

/** Beyond these, a damaged node would take the reference too long. */
const ELEMENTS = 200;
const TERMS = 2_000;

describe("Canon on random programs", () => {
  it(`computes ${STEPS} elements as the third implementation (seed ${SEED})`, async function () {
    this.timeout(0);
    const { canon, steps } = await networkHelpers.loadFixture(deployCanon);
    const next = randomWords(SEED);
    const met = new Map();
    const meet = (what, times = 1) => met.set(what, (met.get(what) ?? 0) + times);

    for (let computed = 0; computed < STEPS;) {
      const model = randomModel(next);
      const descriptors = model.descriptors.map((descriptor, position) => changed(descriptor, position, next));
      const tensors = evaluateDescriptors(descriptors, model);
      const openables = tensors.map(({ type, count, data }) => new Openable({ dtype: type?.code ?? 0, count, data }));
      for (const [position, descriptor] of descriptors.entries()) {
        const tensor = tensors[position];
        const elements = await compareNode(steps, descriptor, position, tensor, openables);
        computed += elements;
        const node = nodeOf(descriptor, position);
        count(node, tensor, elements, meet);
        if (node?.kind === "FOLD" && SUMS.includes(node.fold.name) && tensor.type !== undefined) {
          const operands = operandsOf(node).map((operand) => openables[operand.node].openedWhole());
          const element = next() % tensor.count;
          const value = await spread(canon, descriptor, position, operands, element, node, next);
          expect(value, `${hexOfBytes(descriptor)}, spread`).to.equal(elementsOf(tensor)[element]);
          meet("spread");
        }
      }
    }

    const wanted = [
      ...["void descriptor", "void operand", "spread", ...COMPUTED],
      ...FOLDS.flatMap(({ name }) => [`fold ${name}`]),
      ...PRIMITIVES.map(({ name }) => `primitive ${name}`),
      ...DATA_TYPES.map(({ name }) => `result ${name}`),
    ];
    expect(wanted.filter((what) => !met.has(what))).to.deep.equal([]);
  });
});

/** One in twenty nodes that compute is damaged. */
function changed(descriptor, position, next) {
  if (!COMPUTED.includes(nodeOf(descriptor, position).kind) || next() % 20 !== 0) return descriptor;
  const other = damaged(descriptor, next);
  const node = nodeOf(other, position);
  if (node === undefined) return other;
  const terms = node.foldSpace?.reduce((product, extent) => product * extent, 1n) ?? 1n;
  return COMPUTED.includes(node.kind) && node.count <= ELEMENTS && terms <= TERMS ? other : descriptor;
}

function count(node, tensor, elements, meet) {
  if (node === undefined) return meet("void descriptor");
  if (!COMPUTED.includes(node.kind)) return meet("given");
  if (tensor.type === undefined) return meet("void operand");
  meet(node.kind, elements);
  meet(`result ${tensor.type.name}`, elements);
  if (node.kind === "FOLD") meet(`fold ${node.fold.name}`, elements);
  for (const { rule } of node.primitives ?? []) meet(`primitive ${rule.name}`, elements);
}

/** The element of a sum whose terms are added in parts, some of which the last step adds. */
async function spread(canon, descriptor, position, operands, element, { foldSpace }, next) {
  const terms = Number(foldSpace.reduce((product, extent) => product * extent, 1n));
  let accumulator = "0x";
  for (let until = 0; until < terms && next() % 4 !== 0;) {
    until = randomBetween(next, until + 1, terms);
    const asked = stepOf(hexOfBytes(descriptor), position, operands, { element, accumulator });
    ({ accumulator } = await canon.accumulate(asked, until));
  }
  return (await canon.step(stepOf(hexOfBytes(descriptor), position, operands, { element, accumulator }))).value;
}
