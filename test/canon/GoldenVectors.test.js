import { expect } from "chai";
import { randomWords } from "../../canon/vectors/cases/random.js";
import { float32FromFixed, fixedFromFloat32 } from "../../canon/vectors/reference/fixedPoint.js";
import { staleFiles } from "../../canon/vectors/generate.js";

const SEED = 0x5eed1;

const numberOf = (bits) => new Float32Array(Uint32Array.of(bits).buffer)[0];
const bitsOf = (number) => new Uint32Array(Float32Array.of(number).buffer)[0];

describe("Golden vectors", () => {
  it("are what the third implementation writes", () => {
    expect(staleFiles()).to.deep.equal([]);
  });

  it(`come from conversions that agree with the processor's own where it has one (seed ${SEED})`, () => {
    const next = randomWords(SEED);
    for (let round = 0; round < 5_000; round++) {
      const integer = BigInt(next()) * 2n ** 21n + BigInt(next() >>> 11);
      expect(float32FromFixed(integer, 0)).to.equal(bitsOf(Number(integer)), `${integer}`);
      expect(float32FromFixed(-integer, 0)).to.equal(bitsOf(-Number(integer) + 0), `-${integer}`);

      const magnitude = (((127 + (next() % 60)) << 23) + (next() & 0x7fffff)) >>> 0;
      expect(fixedFromFloat32(magnitude, 0)).to.equal(roundHalfToEven(numberOf(magnitude)), `${magnitude}`);
    }
  });
});

function roundHalfToEven(number) {
  const floor = Math.floor(number);
  const rest = number - floor;
  const up = rest > 0.5 || (rest === 0.5 && floor % 2 === 1);
  return BigInt(up ? floor + 1 : floor);
}
