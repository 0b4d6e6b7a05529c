import { expect } from "chai";
import { network } from "hardhat";
import { DATA_TYPES, FLOAT32, packType } from "../../canon/vectors/reference/dataTypes.js";

const { ethers } = await network.getOrCreate();

const bytesOf = (array, width) => {
  const view = new DataView(new ArrayBuffer(array.length * width));
  array.forEach((value, index) => {
    if (width === 8) view.setBigInt64(8 * index, BigInt(value));
    else if (width === 4) view.setInt32(4 * index, value);
    else view.setInt8(index, value);
  });
  return new Uint8Array(view.buffer);
};

const typeNamed = (name) => DATA_TYPES.find((type) => type.name === name);

/** A tensor from signed numbers (float32: bits). */
const tensorOf = (dataType, numbers, shape = [numbers.length]) => ({
  kind: packType(typeNamed(dataType), shape),
  data: ethers.hexlify(bytesOf(numbers, typeNamed(dataType).width)),
});

describe("Tensors", () => {
  let harness;

  before(async () => {
    harness = await ethers.deployContract("TensorsHarness");
  });

  describe("building", () => {
    const expectTensor = (tensor, expected) => {
      expect(tensor.kind).to.equal(expected.kind);
      expect(tensor.data).to.equal(expected.data);
    };

    it("makes float32 from fixed-point numbers, nearest, ties to even", async () => {
      const tensor = await harness.ofFixedPoint([15n * 10n ** 17n, -1n, 0n, 16777217n * 10n ** 18n], 18, [2, 2]);
      expectTensor(tensor, tensorOf("float32", [0x3fc00000, 0xa19392ef, 0, 0x4b800000], [2, 2]));
    });

    it("makes tensors of every type", async () => {
      expectTensor(
        await harness.ofFloat32([0x80000000, 0x7f800001], [2]),
        tensorOf("float32", [0x80000000, 0x7f800001]),
      );
      expectTensor(await harness.ofUint8("0x00ff", [1, 2]), tensorOf("uint8", [0, 255], [1, 2]));
      expectTensor(await harness.ofInt8([-128, 127, -1], [3]), tensorOf("int8", [-128, 127, -1]));
      expectTensor(await harness.ofInt32([-(2 ** 31), 7], [2]), tensorOf("int32", [-(2 ** 31), 7]));
      expectTensor(await harness.ofInt64([-(2n ** 63n), 7n], [2]), tensorOf("int64", [-(2n ** 63n), 7n]));
      expectTensor(await harness.ofBool([true, false, true], [3]), tensorOf("bool", [1, 0, 1]));
    });

    it("makes scalars of every type", async () => {
      const [fixed, bits, uint8, int8, int32, int64, bool] = await harness.scalars(-50);
      expectTensor(fixed, tensorOf("float32", [0xbf000000], []));
      expectTensor(bits, tensorOf("float32", [0x3f800000], []));
      expectTensor(uint8, tensorOf("uint8", [206], []));
      expectTensor(int8, tensorOf("int8", [-50], []));
      expectTensor(int32, tensorOf("int32", [-50], []));
      expectTensor(int64, tensorOf("int64", [-50], []));
      expectTensor(bool, tensorOf("bool", [1], []));
      expectTensor((await harness.scalars(0))[6], tensorOf("bool", [0], []));
    });

    it("names shapes of up to four dimensions", async () => {
      expect(await harness.shapes()).to.deep.equal([[], [2n], [2n, 3n], [2n, 3n, 4n], [2n, 3n, 4n, 5n]]);
    });

    const builders = {
      ofFloat32: [[1, 2]],
      ofUint8: ["0x0102"],
      ofInt8: [[1, 2]],
      ofInt32: [[1, 2]],
      ofInt64: [[1, 2]],
      ofBool: [[true, false]],
      ofFixedPoint: [[1, 2], 18],
    };
    for (const [builder, values] of Object.entries(builders)) {
      it(`refuses in ${builder} another number of values than the shape has, and impossible shapes`, async () => {
        await expect(harness[builder](...values, [3]))
          .to.be.revertedWithCustomError(harness, "WrongElementCount")
          .withArgs(2, 3);
        await expect(harness[builder](...values, []))
          .to.be.revertedWithCustomError(harness, "WrongElementCount")
          .withArgs(2, 1);
        await expect(harness[builder](...values, [2, 0])).to.be.revertedWithCustomError(harness, "InvalidDimension");
        await expect(harness[builder](...values, Array(9).fill(1))).to.be.revertedWithCustomError(
          harness,
          "RankTooHigh",
        );
      });
    }

    it("refuses more than 77 decimals", async () => {
      await expect(harness.ofFixedPoint([1], 78, [1])).to.be.revertedWithCustomError(harness, "TooManyDecimals");
    });
  });

  describe("reading", () => {
    it("gives float32 as canonical bits", async () => {
      const tensor = tensorOf("float32", [0x3f800000, 0x80000000, 0xff800001]);
      expect(await harness.float32At(tensor, 0)).to.equal(0x3f800000);
      expect(await harness.float32At(tensor, 1)).to.equal(0);
      expect(await harness.float32At(tensor, 2)).to.equal(0x7fc00000);
    });

    it("gives float32 as fixed-point numbers, nearest, ties to even", async () => {
      const tensor = tensorOf("float32", [0x3dcccccd, 0x40200000, 0xc0200000, 0x80000000]);
      expect(await harness.fixedPointAt(tensor, 0, 18)).to.equal(100000001490116119n);
      expect(await harness.fixedPointAt(tensor, 1, 0)).to.equal(2n);
      expect(await harness.fixedPointAt(tensor, 2, 0)).to.equal(-2n);
      expect(await harness.fixedPointAt(tensor, 3, 18)).to.equal(0n);
    });

    it("refuses what has no fixed-point number", async () => {
      const tensor = tensorOf("float32", [0x7fc00001, 0xff800000, 0x7f7fffff]);
      await expect(harness.fixedPointAt(tensor, 0, 18))
        .to.be.revertedWithCustomError(harness, "NotANumber")
        .withArgs(0x7fc00000);
      await expect(harness.fixedPointAt(tensor, 1, 18))
        .to.be.revertedWithCustomError(harness, "FixedPointOverflow")
        .withArgs(0xff800000, 18);
      await expect(harness.fixedPointAt(tensor, 2, 39))
        .to.be.revertedWithCustomError(harness, "FixedPointOverflow")
        .withArgs(0x7f7fffff, 39);
      await expect(harness.fixedPointAt(tensor, 2, 78)).to.be.revertedWithCustomError(harness, "TooManyDecimals");
    });

    it("gives integers with their sign", async () => {
      expect(await harness.uint8At(tensorOf("uint8", [1, 254]), 1)).to.equal(254);
      expect(await harness.int8At(tensorOf("int8", [1, -128]), 1)).to.equal(-128);
      expect(await harness.int32At(tensorOf("int32", [1, -(2 ** 31)]), 1)).to.equal(-(2 ** 31));
      expect(await harness.int64At(tensorOf("int64", [1, -(2n ** 63n)]), 1)).to.equal(-(2n ** 63n));
    });

    it("gives bools, any byte but zero being true", async () => {
      const tensor = tensorOf("bool", [0, 1, 2]);
      expect(await harness.boolAt(tensor, 0)).to.equal(false);
      expect(await harness.boolAt(tensor, 1)).to.equal(true);
      expect(await harness.boolAt(tensor, 2)).to.equal(true);
    });

    const readers = {
      float32At: "float32",
      uint8At: "uint8",
      int8At: "int8",
      int32At: "int32",
      int64At: "int64",
      boolAt: "bool",
    };
    for (const [reader, dataType] of Object.entries(readers)) {
      it(`refuses in ${reader} other types and elements that aren't there`, async () => {
        const other = dataType === "int8" ? "uint8" : "int8";
        await expect(harness[reader](tensorOf(other, [1]), 0))
          .to.be.revertedWithCustomError(harness, "WrongDtype")
          .withArgs(typeNamed(other).code, typeNamed(dataType).code);
        await expect(harness[reader](tensorOf(dataType, [1, 2, 3]), 3))
          .to.be.revertedWithCustomError(harness, "OutOfRange")
          .withArgs(3, 3);
        await expect(harness[reader](tensorOf(dataType, [1, 2, 3]), ethers.MaxUint256))
          .to.be.revertedWithCustomError(harness, "OutOfRange")
          .withArgs(ethers.MaxUint256, 3);
        await expect(harness[reader]({ kind: packType(typeNamed(dataType), [1]), data: "0x" }, 0))
          .to.be.revertedWithCustomError(harness, "OutOfRange")
          .withArgs(0, 0);
      });
    }

    it("refuses in fixedPointAt other types and elements that aren't there", async () => {
      await expect(harness.fixedPointAt(tensorOf("int32", [1]), 0, 18))
        .to.be.revertedWithCustomError(harness, "WrongDtype")
        .withArgs(6, 1);
      await expect(harness.fixedPointAt(tensorOf("float32", [1]), 1, 18))
        .to.be.revertedWithCustomError(harness, "OutOfRange")
        .withArgs(1, 1);
    });
  });

  describe("argmax", () => {
    const cases = [
      ["the greatest float32", "float32", [0x3f800000, 0x40000000, 0xc0800000], 1],
      ["the greatest of negative float32", "float32", [0xc0000000, 0xbf800000, 0xc0400000], 1],
      ["the lowest index among equals", "float32", [0x3f800000, 0x40000000, 0x40000000], 1],
      ["the lowest index of the two zeros", "float32", [0x80000000, 0x00000000], 0],
      ["the lowest index of the two zeros, the other way round", "float32", [0x00000000, 0x80000000], 0],
      ["infinity above all numbers", "float32", [0x7f7fffff, 0x7f800000, 0xff800000], 1],
      ["a NaN above infinity", "float32", [0x7f800000, 0xffc00000, 0x3f800000], 1],
      ["the first of several NaNs", "float32", [0x3f800000, 0x7f800001, 0x7fffffff, 0x7f800000], 1],
      ["the only element", "float32", [0xff800000], 0],
      ["a subnormal above zero", "float32", [0x80000001, 0x00000000, 0x00000001], 2],
      ["the greatest uint8", "uint8", [1, 255, 128], 1],
      ["the greatest int8", "int8", [-1, -128, -2], 0],
      ["the greatest int32", "int32", [-(2 ** 31), -5, -4], 2],
      ["the greatest int64", "int64", [-(2n ** 63n), 2n ** 63n - 1n, 2n ** 63n - 1n], 1],
    ];
    for (const [what, dataType, numbers, index] of cases) {
      it(`takes ${what}`, async () => {
        expect(await harness.argmax(tensorOf(dataType, numbers))).to.equal(index);
      });
    }

    it("refuses bools, unknown types and no elements", async () => {
      await expect(harness.argmax(tensorOf("bool", [1])))
        .to.be.revertedWithCustomError(harness, "NotOrdered")
        .withArgs(9);
      await expect(harness.argmax({ kind: 0, data: "0x01" }))
        .to.be.revertedWithCustomError(harness, "UnknownDtype")
        .withArgs(0);
      await expect(harness.argmax({ kind: packType(FLOAT32, [1]), data: "0x" }))
        .to.be.revertedWithCustomError(harness, "OutOfRange")
        .withArgs(0, 0);
    });
  });
});
