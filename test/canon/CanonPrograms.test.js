import { network } from "hardhat";
import { bytesOfHex, hexOfBytes } from "../../canon/vectors/reference/bytes.js";
import { readProgramFile } from "../../canon/vectors/reference/program.js";
import { Openable, deployCanon } from "../support/canon.js";
import { compareNode, tensorOfVector } from "./nodes.js";
import { vectors } from "./vectors.js";

const { networkHelpers } = await network.getOrCreate();

const WEIGHT = 2;

describe("Canon on golden programs", () => {
  for (const program of vectors("programs.json").programs) {
    it(`computes every element of "${program.name}"`, async () => {
      const { steps } = await networkHelpers.loadFixture(deployCanon);
      const { descriptors } = readProgramFile(bytesOfHex(program.file));
      const openables = program.tensors.map((tensor, position) => openableOf(program, tensor, descriptors[position]));
      for (const [position, descriptor] of descriptors.entries()) {
        await compareNode(steps, descriptor, position, tensorOfVector(program.tensors[position]), openables);
      }
    });
  }
});

/** Of a weight, everything counts that stands behind its root. */
function openableOf({ weights }, { dtype, count, data }, descriptor) {
  const openable = new Openable({ dtype, count, data: bytesOfHex(data) });
  if (descriptor[0] !== WEIGHT || dtype === 0) return openable;
  const root = hexOfBytes(descriptor.subarray(6, 38));
  return weights
    .map((weight) => new Openable({ dtype, count, data: bytesOfHex(weight.data) }))
    .find((weight) => weight.root === root && weight.depth === openable.depth);
}
