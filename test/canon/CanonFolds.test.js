import { expect } from "chai";
import { network } from "hardhat";
import { dotNode, foldNode, typedOperand, viewAxis } from "../../canon/vectors/reference/assembly.js";
import { bytesOfHex } from "../../canon/vectors/reference/bytes.js";
import { Openable, deployCanon, stepOf } from "../support/canon.js";
import { typeNamed } from "./arithmetic/elements.js";
import { vectors } from "./vectors.js";

const { networkHelpers } = await network.getOrCreate();

describe("Canon on golden folds", () => {
  for (const { name, operandTypes, resultType, cases } of vectors("folds.json").folds) {
    it(`computes ${name} of ${operandTypes.join(" and ")} to ${resultType}`, async () => {
      const { canon } = await networkHelpers.loadFixture(deployCanon);
      for (const { terms, c, result } of cases) {
        const step = stepOfFold(name, operandTypes.map(typeNamed), typeNamed(resultType), terms, c);
        expect((await canon.step(step)).value, JSON.stringify({ terms, c })).to.equal(BigInt(result));
      }
    });
  }
});

/** A fold over all elements of tensors; without any, over one that is out of bounds. */
function stepOfFold(name, types, resultType, terms, c) {
  const isEmpty = terms[0] === "0x";
  const data = terms.map((list, place) => (isEmpty ? new Uint8Array(types[place].width) : bytesOfHex(list)));
  const count = data[0].length / types[0].width;
  const view = [viewAxis(count, [[0, 1]], { offset: isEmpty ? -1 : 0 })];
  const operands = types.map((type, node) => typedOperand(type, node, view));
  const openables = data.map((bytes, place) => new Openable({ dtype: types[place].code, count, data: bytes }));
  if (c !== undefined) {
    operands.push(typedOperand(resultType, 2, []));
    openables.push(new Openable({ dtype: resultType.code, count: 1, data: bytesOfHex(c) }));
  }
  const digits =
    name === "DOT"
      ? dotNode(resultType, [], [count], ...operands)
      : foldNode(resultType, name, [], [count], ...operands);
  return stepOf(
    `0x${digits}`,
    3,
    openables.map((openable) => openable.openedWhole()),
  );
}
