import { expect } from "chai";
import { network } from "hardhat";

import { randomFloat32, randomOfExponents, randomWords } from "../../../canon/vectors/cases/random.js";
import {
  canonicalFloat32,
  isFinite,
  isNegative,
  nearestFloat32,
  unitsOf,
} from "../../../canon/vectors/reference/float32.js";
import { FUNCTIONS, evaluateFunction } from "../../../canon/vectors/reference/functions.js";
import { vectors } from "../vectors.js";
import { hexOfBits, packed, unpacked } from "./elements.js";

const { ethers } = await network.getOrCreate();

const SEED = 0xf00d1;
const RANDOM_ARGUMENTS = process.env.OPG_LONG ? 100_000 : 2_000;
/** So many arguments stay below what a call may cost. */
const ARGUMENTS_OF_A_CALL = 1_000;

/** The relative error that the approximations stay below, as a power of two. */
const ACCURACY = 95n;
const PRECISION = 512n;
const FOUR = 0x40800000;

const golden = vectors("functions.json").functions;

/** Neither a special case nor one where another number stands for the result. */
function isApproximated({ name }, x) {
  if (!isFinite(x)) return false;
  if (name === "LOG") return x !== 0 && !isNegative(x);
  return name !== "ERF" || x % 2 ** 31 < FOUR;
}

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

  for (const { name, code, cases, hard } of golden) {
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
    it(`${entry.name}: approximations that are close enough to decide every rounding`, async () => {
      const { cases, hard } = golden.find(({ code }) => code === entry.code);
      const list = [...cases, ...hard]
        .map(([x]) => canonicalFloat32(Number(x)))
        .filter((x) => isApproximated(entry, x));
      const reals = [];
      for (let from = 0; from < list.length; from += ARGUMENTS_OF_A_CALL) {
        reals.push(...(await harness.approximateAll(entry.code, list.slice(from, from + ARGUMENTS_OF_A_CALL))));
      }
      for (const [place, { negative, magnitude, exponent }] of reals.entries()) {
        const value = (negative ? -1n : 1n) * magnitude * 2n ** (PRECISION + ACCURACY + exponent);
        const { low, high } = entry.enclose(unitsOf(list[place]), PRECISION);
        const most = (high < 0n ? -low : high) + 1n;
        expect(value >= low * 2n ** ACCURACY - most, `too low at ${hexOfBits(list[place])}`).to.equal(true);
        expect(value <= high * 2n ** ACCURACY + most, `too high at ${hexOfBits(list[place])}`).to.equal(true);
        const rounded = [-1n, 1n].map((error) =>
          nearestFloat32(
            magnitude * (2n ** ACCURACY + error) * 2n ** (PRECISION + exponent),
            2n ** (PRECISION + ACCURACY),
          ),
        );
        expect(rounded[0]).to.equal(rounded[1], `undecided at ${hexOfBits(list[place])}`);
      }
    }).timeout(3_600_000);

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

  it("refuse a code that is no function's", async () => {
    for (const code of [0x4f, 0x5a]) {
      for (const x of [0x3f800000, 0x7f800000, 0x7fc00000]) {
        await expect(harness.evaluateAll(code, packed([x])))
          .to.be.revertedWithCustomError(harness, "UnknownFunction")
          .withArgs(code);
      }
    }
  });
});
