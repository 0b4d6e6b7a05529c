import { expect } from "chai";
import { network } from "hardhat";

import { randomFloat32, randomOfExponents, randomWords } from "../../../canon/vectors/cases/random.js";
import { canonicalFloat32 } from "../../../canon/vectors/reference/float32.js";
import { FUNCTIONS, evaluateFunction } from "../../../canon/vectors/reference/functions.js";
import { vectors } from "../vectors.js";
import { hexOfBits, packed, unpacked } from "./elements.js";

const { ethers } = await network.getOrCreate();

const SEED = 0xf00d1;
const RANDOM_ARGUMENTS = process.env.OPG_LONG ? 100_000 : 2_000;
/** So many arguments stay below what a call may cost. */
const ARGUMENTS_OF_A_CALL = 1_000;

describe("Functions", () => {
  let harness;

  before(async () => {
    harness = await ethers.deployContract("FunctionsHarness");
  });

  async function valuesAt(code, list) {
    const values = [];
    for (let from = 0; from < list.length; from += ARGUMENTS_OF_A_CALL) {
      const data = await harness.evaluateAll(code, packed(list.slice(from, from + ARGUMENTS_OF_A_CALL)));
      values.push(...unpacked(data.slice(2)));
    }
    return values;
  }

  for (const { name, code, cases, hard } of vectors("functions.json").functions) {
    for (const [kind, list] of Object.entries({ cases, hard })) {
      it(`${name}: the golden ${kind}`, async () => {
        const values = await valuesAt(
          code,
          list.map(([x]) => Number(x)),
        );
        const wrong = list.filter(([, y], place) => values[place] !== Number(y));
        expect(wrong).to.deep.equal([]);
      });
    }
  }

  for (const entry of FUNCTIONS) {
    it(`${entry.name}: ${RANDOM_ARGUMENTS} random arguments (seed ${SEED})`, async () => {
      const next = randomWords(SEED + entry.code);
      const list = Array.from({ length: RANDOM_ARGUMENTS }, (_, place) =>
        place % 2 === 0 ? randomFloat32(next) : randomOfExponents(next, 100, 134),
      );
      const values = await valuesAt(entry.code, list);
      const wrong = list.filter((x, place) => values[place] !== evaluateFunction(entry, canonicalFloat32(x)));
      expect(wrong.map(hexOfBits)).to.deep.equal([]);
    }).timeout(3_600_000);
  }
});
