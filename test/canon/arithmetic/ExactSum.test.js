import { expect } from "chai";
import { network } from "hardhat";

import { randomWords } from "../../../canon/vectors/cases/random.js";
import { FLOAT32 } from "../../../canon/vectors/reference/dataTypes.js";
import { canonicalFloat32 } from "../../../canon/vectors/reference/float32.js";
import { FOLDS, evaluateFold } from "../../../canon/vectors/reference/folds.js";
import { vectors } from "../vectors.js";
import { drawElement, packed } from "./elements.js";

const { ethers } = await network.getOrCreate();

const SEED = 0x5e5e1;
const ROUNDS = process.env.OPG_LONG ? 20_000 : 400;
const NO_TERMS = "0x";

const [DOT, SUM, MEAN, MEANSQ] = FOLDS;

describe("ExactSum", () => {
  let harness;

  before(async () => {
    harness = await ethers.deployContract("ExactSumHarness");
  });

  const folded = {
    DOT: ([a, b], c) => harness.dot(a, b, c ?? 0),
    SUM: ([a]) => harness.sumOf(a),
    MEAN: ([a]) => harness.meanOf(a),
    MEANSQ: ([a]) => harness.meanOfSquares(a),
  };

  describe("gives the golden results", () => {
    for (const { name, operandTypes, resultType, cases } of vectors("folds.json").folds) {
      if (!(name in folded) || resultType !== "float32") continue;
      it(`${name} of ${operandTypes.join(" and ")}`, async () => {
        for (const { terms, c, result } of cases) {
          expect(await folded[name](terms, c)).to.equal(BigInt(result), JSON.stringify({ terms, c }));
        }
      });
    }
  });

  describe(`agrees with the reference on ${ROUNDS} random runs (seed ${SEED})`, () => {
    for (const fold of [DOT, SUM, MEAN, MEANSQ]) {
      it(fold.name, async () => {
        const next = randomWords(SEED + fold.code);
        for (let round = 0; round < ROUNDS; round++) {
          const runs = drawRuns(next, fold.operands);
          const c = drawElement(next, FLOAT32);
          const terms = runs[0].map((_, position) => ({
            position,
            elements: runs.map((run) => canonicalFloat32(run[position])),
          }));
          const types = runs.map(() => FLOAT32);
          const right = evaluateFold(fold, terms, types, FLOAT32, fold === DOT ? canonicalFloat32(c) : undefined);
          const given = [runs.map(packed), c];
          expect(await folded[fold.name](...given)).to.equal(BigInt(right), JSON.stringify(given));
        }
      }).timeout(3_600_000);
    }
  });

  describe("goes on", () => {
    it(`where an encoded sum ended, whatever the portions (seed ${SEED})`, async () => {
      const next = randomWords(SEED);
      for (let round = 0; round < ROUNDS / 10; round++) {
        const [a, b] = drawRuns(next, 2);
        let encoded = NO_TERMS;
        for (let from = 0; from < a.length;) {
          const to = from + 1 + (next() % 12);
          encoded = await harness.goOn(encoded, packed(a.slice(from, to)), packed(b.slice(from, to)));
          from = to;
        }
        if (encoded === NO_TERMS) continue;
        const whole = await harness.dot(packed(a), packed(b), 0);
        expect(await harness.roundEncoded(encoded, 1)).to.equal(whole, JSON.stringify([a, b]));
        expect(encoded).to.equal(await harness.goOn(NO_TERMS, packed(a), packed(b)));
      }
    }).timeout(3_600_000);

    it("with 65,536 terms of the greatest magnitude and the greatest addend, without overflow", async () => {
      const greatest = packed(Array.from({ length: 4_096 }, () => 0x7f7fffff));
      let encoded = NO_TERMS;
      for (let portion = 0; portion < 16; portion++) encoded = await harness.goOn(encoded, greatest, greatest);
      const least = packed(Array.from({ length: 4_096 }, () => 0xff7fffff));
      expect(await harness.isNegative(encoded)).to.equal(false);
      expect(await harness.roundEncoded(encoded, 1)).to.equal(0x7f800000);
      for (let portion = 0; portion < 16; portion++) encoded = await harness.goOn(encoded, greatest, least);
      expect(await harness.roundEncoded(encoded, 1)).to.equal(0);
      encoded = await harness.goOn(encoded, packed([1]), packed([0xff7fffff]));
      expect(await harness.isNegative(encoded)).to.equal(true);
    });

    it("a mean of no terms is NaN", async () => {
      expect(await harness.meanOf(NO_TERMS)).to.equal(0x7fc00000);
    });

    describe("but not", () => {
      let encoded;

      before(async () => {
        encoded = ethers.getBytes(await harness.goOn(NO_TERMS, packed([0x3f800000]), packed([0x3f800000])));
      });

      const refused = async (bytes) => {
        const hex = ethers.hexlify(bytes);
        await expect(harness.roundEncoded(hex, 1)).to.be.revertedWithCustomError(harness, "MalformedSum").withArgs(hex);
      };

      it("from bytes of another length", async () => {
        await refused(encoded.slice(1));
        await refused(Uint8Array.from([...encoded, 0]));
        await expect(harness.goOn("0x00", NO_TERMS, NO_TERMS)).to.be.revertedWithCustomError(harness, "MalformedSum");
        await expect(harness.isNegative("0x00")).to.be.revertedWithCustomError(harness, "MalformedSum");
      });

      for (let bin = 0; bin < 4; bin++) {
        it(`with too great a bin ${bin}`, async () => {
          for (const [first, seventh] of [
            [0x00, 0x01],
            [0xff, 0xfe],
            [0x7f, 0x00],
            [0x80, 0x00],
          ]) {
            const damaged = Uint8Array.from(encoded);
            damaged.fill(first === 0xff ? 0xff : 0x00, 32 * bin, 32 * bin + 32);
            damaged[32 * bin] = first;
            damaged[32 * bin + 6] = seventh;
            await refused(damaged);
          }
        });
      }

      it("with a flag and a bin", async () => {
        await refused(Uint8Array.from([...encoded.slice(0, 128), 1]));
      });

      it("with an unknown flag", async () => {
        await refused(Uint8Array.from([...encoded.slice(0, 128), 8]));
      });
    });
  });
});

/** Runs of a few lengths around those of whole words, some with one kind of elements only. */
function drawRuns(next, operands) {
  const length = next() % 40;
  const special = next() % 8 === 0;
  const draw = () => {
    const bits = drawElement(next, FLOAT32);
    return !special && (bits & 0x7f800000) === 0x7f800000 ? bits & 0xbfffffff : bits;
  };
  return Array.from({ length: operands }, () => Array.from({ length }, () => draw() >>> 0));
}
