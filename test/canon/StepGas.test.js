import { expect } from "chai";
import { network } from "hardhat";
import { randomWords } from "../../canon/vectors/cases/random.js";
import { bytesOfHex } from "../../canon/vectors/reference/bytes.js";
import { readDescriptor } from "../../canon/vectors/reference/descriptors.js";
import { deployCanon, stepOf } from "../support/canon.js";
import { POSITION, longestNodes, randomFold } from "./dearNodes.js";

const { ethers, networkHelpers } = await network.getOrCreate();

const SEED = 0x9a5cab;
const FOLDS = process.env.OPG_LONG ? 400 : 12;
const CAP = 2n ** 24n;

/**
 * What a court adds to the transaction that a step would be by itself: 108,000 where a proof is short; 65,000 more for
 * sixteen outputs and a result and a node opened in the deepest trees, 12,500 for each operand opened in the trace.
 */
const COURT = 175_000n;
const OPENING = 12_500n;

describe("Gas of a step", () => {
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
      console.log(what, gasUsed + court, node.gas, Number(node.gas - gasUsed - court) / Number(node.gas));
    expect(gasUsed + court, `${what}: ${digits}`).to.be.at.most(node.gas);
    return node.gas;
  }

  for (const [what, node] of longestNodes(randomWords(SEED))) {
    it(`bounds that of ${what}`, async () => {
      await compare(what, node);
    });
  }

  it(`bounds that of ${FOLDS} folds in short runs near the cap of a transaction (seed ${SEED})`, async function () {
    this.timeout(0);
    const next = randomWords(SEED);
    for (let left = FOLDS; left > 0; left--) {
      const { what, ...node } = randomFold(next, CAP);
      expect(await compare(what, node), what).to.be.above((CAP * 9n) / 10n);
    }
  });
});
