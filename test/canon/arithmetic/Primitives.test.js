import { expect } from "chai";
import { network } from "hardhat";

import { randomWords } from "../../../canon/vectors/cases/random.js";
import { BOOL, DATA_TYPES, FLOAT32 } from "../../../canon/vectors/reference/dataTypes.js";
import { canonicalFloat32 } from "../../../canon/vectors/reference/float32.js";
import { PRIMITIVES, cast, isWithin } from "../../../canon/vectors/reference/primitives.js";
import { vectors } from "../vectors.js";
import { drawElement, typeNamed, wordOf } from "./elements.js";

const { ethers } = await network.getOrCreate();

const SEED = 0xa5171;
const ROUNDS = process.env.OPG_LONG ? 100_000 : 1_000;
/** So many stay below what a call may cost. */
const ELEMENTS_OF_A_CALL = 1_000;

const FIRST_FUNCTION = 0x50;
const SELECT = 0x04;

describe("Primitives", () => {
  let harness;

  before(async () => {
    harness = await ethers.deployContract("ArithmeticHarness");
  });

  async function inPortions(columns, ask) {
    const results = [];
    for (let from = 0; from < columns[0].length; from += ELEMENTS_OF_A_CALL) {
      const portion = columns.map((column) => column.slice(from, from + ELEMENTS_OF_A_CALL));
      results.push(...(await ask(...portion)));
    }
    return results;
  }

  const applied = (code, type, a, b) =>
    inPortions([a, b], (left, right) => harness.applyAll(code, type.code, left, right));
  const castAll = (from, to, list) => inPortions([list], (portion) => harness.castAll(from.code, to.code, portion));
  const withinAll = (columns) => inPortions(columns, (...portions) => harness.withinAll(...portions));

  describe("give the golden results", () => {
    for (const { name, code, operandTypes, resultType, cases } of vectors("primitives.json").primitives) {
      if (code >= FIRST_FUNCTION || code === SELECT) continue;
      it(`${name} of ${operandTypes.join(" and ")}, ${resultType}`, async () => {
        const column = (place) => cases.map((row) => BigInt(row[place]));
        const [first] = operandTypes.map(typeNamed);
        const results = await (name === "CAST"
          ? castAll(first, typeNamed(resultType), column(0))
          : name === "WITHIN"
            ? withinAll([0, 1, 2, 3].map(column))
            : applied(code, first, column(0), column(operandTypes.length - 1)));
        const wrong = cases.filter((row, place) => BigInt(results[place]) !== BigInt(row.at(-1)));
        expect(wrong).to.deep.equal([]);
      });
    }
  });

  describe(`agree with the reference on ${ROUNDS} random operands (seed ${SEED})`, () => {
    const read = (type, element) => (type === FLOAT32 ? canonicalFloat32(element) : element);

    for (const entry of PRIMITIVES) {
      if (!entry.resultType || entry.code < 0x10 || entry.code >= FIRST_FUNCTION) continue;
      for (const type of DATA_TYPES) {
        const types = Array.from({ length: entry.arity }, () => type);
        const resultType = entry.resultType(types);
        if (!resultType) continue;
        it(`${entry.name} of ${type.name}`, async () => {
          const next = randomWords(SEED + 16 * entry.code + type.code);
          const rows = Array.from({ length: ROUNDS }, () => types.map(() => drawElement(next, type)));
          const column = (place) => rows.map((row) => wordOf(type, row[place]));
          const results = await applied(entry.code, type, column(0), column(entry.arity - 1));
          const wrong = rows.filter((row, place) => {
            const right = entry.apply(
              row.map((element) => read(type, element)),
              types,
            );
            return BigInt(results[place]) !== wordOf(resultType, right);
          });
          expect(wrong).to.deep.equal([]);
        }).timeout(3_600_000);
      }
    }

    for (const from of DATA_TYPES) {
      for (const to of DATA_TYPES) {
        it(`CAST of ${from.name} to ${to.name}`, async () => {
          const next = randomWords(SEED + 16 * from.code + to.code);
          const list = Array.from({ length: ROUNDS }, () => drawElement(next, from));
          const results = await castAll(
            from,
            to,
            list.map((element) => wordOf(from, element)),
          );
          const wrong = list.filter(
            (element, place) => BigInt(results[place]) !== wordOf(to, cast(from, to, read(from, element))),
          );
          expect(wrong).to.deep.equal([]);
        }).timeout(3_600_000);
      }
    }

    it("WITHIN", async () => {
      const next = randomWords(SEED);
      const rows = Array.from({ length: ROUNDS }, () => drawBand(next));
      const results = await withinAll([0, 1, 2, 3].map((place) => rows.map((row) => row[place])));
      const right = rows.map(([c, y, absolute, relative]) =>
        isWithin(canonicalFloat32(c), canonicalFloat32(y), { absolute, relative }),
      );
      expect(rows.filter((_, place) => results[place] !== right[place])).to.deep.equal([]);
      expect(right).to.include(true).and.to.include(false);
    }).timeout(3_600_000);
  });

  describe("refuse", () => {
    it("a code that is no primitive's", async () => {
      for (const type of [FLOAT32, BOOL]) {
        await expect(harness.applyAll(0x44, type.code, [0], [0]))
          .to.be.revertedWithCustomError(harness, "UnknownPrimitive")
          .withArgs(0x44);
      }
    });
  });
});

/** A claim a few last places away from the right value, and a tolerance near that distance. */
function drawBand(next) {
  const y = drawElement(next, FLOAT32);
  const steps = next() % 64;
  const c =
    next() % 8 === 0 ? drawElement(next, FLOAT32) : Math.max(0, y + (next() % 2 === 0 ? steps : -steps)) % 2 ** 32;
  const relative = next() % 4 === 0 ? 0 : ((127 - 25 + (next() % 7)) << 23) + (next() % 2 ** 23);
  const absolute =
    next() % 2 === 0 ? 0 : Math.max(0, (((y >>> 23) % 256) - 22) * 2 ** 23 + (next() % 2 ** 26)) % 0x7f800000;
  return [c, y, absolute, relative];
}
