import { expect } from "chai";
import { network } from "hardhat";
import { randomBetween, randomWords } from "../../canon/vectors/cases/random.js";
import { Met, SEED, randomSteps } from "../../canon/vectors/cases/randomSteps.js";
import { hexOfBytes } from "../../canon/vectors/reference/bytes.js";
import { nodeOf, operandsOf } from "../../canon/vectors/reference/descriptors.js";
import { Openable, deployCanon, stepOf } from "../support/canon.js";
import { compareNode, elementsOf } from "./nodes.js";

const { networkHelpers } = await network.getOrCreate();

const ELEMENTS = process.env.OPG_LONG ? 1_000_000 : 3_000;
const SUMS = ["DOT", "SUM", "MEAN", "MEANSQ"];

describe("Canon on random programs", () => {
  it(`computes ${ELEMENTS} elements as the third implementation (seed ${SEED})`, async function () {
    this.timeout(0);
    const { canon, steps } = await networkHelpers.loadFixture(deployCanon);
    const next = randomWords(SEED + 1);
    const met = new Met();
    let spreads = 0;

    for (const { descriptors, tensors } of randomSteps(SEED, ELEMENTS)) {
      const openables = tensors.map(({ type, count, data }) => new Openable({ dtype: type?.code ?? 0, count, data }));
      for (const [position, descriptor] of descriptors.entries()) {
        const tensor = tensors[position];
        await compareNode(steps, descriptor, position, tensor, openables);
        met.addNode(descriptor, position, tensor);
        const node = nodeOf(descriptor, position);
        if (node?.kind === "FOLD" && SUMS.includes(node.fold.name) && tensor.type !== undefined) {
          const operands = operandsOf(node).map((operand) => openables[operand.node].openedWhole());
          const element = next() % tensor.count;
          const value = await spread(canon, descriptor, position, operands, element, node, next);
          expect(value, `${hexOfBytes(descriptor)}, spread`).to.equal(elementsOf(tensor)[element]);
          spreads++;
        }
      }
    }

    console.log(`        ${met}; sums in several steps: ${spreads}`);
    expect(met.missing).to.deep.equal([]);
    expect(spreads).to.be.above(0);
  });
});

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
