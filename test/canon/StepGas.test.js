import { expect } from "chai";
import { network } from "hardhat";
import { randomWords } from "../../canon/vectors/cases/random.js";
import { bytesOfHex, hexOfBytes } from "../../canon/vectors/reference/bytes.js";
import { inputNode } from "../../canon/vectors/reference/assembly.js";
import { FLOAT32 } from "../../canon/vectors/reference/dataTypes.js";
import { readDescriptor } from "../../canon/vectors/reference/descriptors.js";
import { tensorOf } from "../../canon/vectors/reference/evaluation.js";
import { deployCanon, stepOf } from "../support/canon.js";
import { asserted, challenged, courthouse, programClaimed } from "../support/courthouse.js";
import { typeOf } from "../support/tensors.js";
import { Shown, Trace, TracedTensor } from "../support/trace.js";
import { POSITION, dearestFold, longestNodes, randomFold } from "./dearNodes.js";

const { ethers, networkHelpers } = await network.getOrCreate();

const SEED = 0x9a5cab;
const FOLDS = process.env.OPG_LONG ? 400 : 10;
const CAP = 2n ** 24n;

/**
 * What a court adds to the transaction that a step would be by itself: 108,000 where a proof is short; 65,000 more for
 * sixteen outputs and a result and a node opened in the deepest trees, 12,500 for each operand opened in the trace.
 */
const COURT = 175_000n;
const OPENING = 12_500n;

describe("Gas of a step", function () {
  this.timeout(0);

  /** Compares the gas of a transaction that computes the node's first element with what section 8 says. */
  async function compare(what, { digits, operands, element = 0 }) {
    const { canon } = await networkHelpers.loadFixture(deployCanon);
    const [sender] = await ethers.getSigners();
    const node = readDescriptor(bytesOfHex(digits), POSITION);
    const step = stepOf(`0x${digits}`, POSITION, operands, { element });
    const data = canon.interface.encodeFunctionData("step", [step]);
    const sent = await sender.sendTransaction({ to: canon, data, gasLimit: CAP });
    const { gasUsed } = await sent.wait();
    const court = COURT + OPENING * BigInt(operands.length);
    expect(gasUsed + court, `${what}: ${digits}`).to.be.at.most(node.gas);
    return node.gas;
  }

  for (const [what, node] of longestNodes(randomWords(SEED))) {
    it(`bounds that of ${what}`, async () => {
      await compare(what, node);
    });
  }

  it(`bounds that of ${FOLDS} folds in short runs near the cap of a transaction (seed ${SEED})`, async () => {
    const next = randomWords(SEED);
    for (let left = FOLDS; left > 0; left--) {
      const { what, ...node } = randomFold(next, CAP);
      expect(await compare(what, node), what).to.be.above((CAP * 9n) / 10n);
    }
  });

  it("bounds that of a wrong claim's refutation in one transaction, of a fold at the cap", async () => {
    const { digits, count, data } = dearestFold(CAP);
    const program = { descriptors: [inputNode(FLOAT32, count, 0), digits].map(bytesOfHex), outputs: [1] };
    const right = Trace.of(new Shown(program), { inputs: [tensorOf(FLOAT32, data)], weights: [], claims: [] });
    const wrong = new TracedTensor({ type: FLOAT32, count: 1, data: Uint8Array.of(1, 2, 3, 4) });
    const trace = right.with(1, wrong);
    const world = await programClaimed(await networkHelpers.loadFixture(courthouse), program, {
      positions: [0, 1],
      input: { kind: typeOf(FLOAT32.code, count), data: hexOfBytes(data) },
      output: { kind: typeOf(FLOAT32.code, 1), data: hexOfBytes(wrong.data) },
    });
    const [challenger] = world.challengers;
    const id = await challenged(world, challenger);
    await asserted(world, trace);
    const { gas } = readDescriptor(program.descriptors[1], 1);
    const proof = trace.stepProof(1, 0);
    const sent = world.court.connect(challenger).proveStep(id, proof, { gasLimit: CAP });
    await expect(sent).to.emit(world.court, "StepDisproved");
    expect((await (await sent).wait()).gasUsed).to.be.at.most(gas);
    expect(gas).to.be.above((CAP * 99n) / 100n);
  });
});
