import { expect } from "chai";
import { network } from "hardhat";
import { bytesOfHex, hexOfBytes } from "../../canon/vectors/reference/bytes.js";
import { NotValid, readDescriptor } from "../../canon/vectors/reference/descriptors.js";
import { randomWords } from "../../canon/vectors/cases/random.js";
import { vectors } from "./vectors.js";

const { ethers } = await network.getOrCreate();

const SEED = 0xde5c;
const KINDS = { INPUT: 1, WEIGHT: 2, CLAIM: 3, MAP: 4, FOLD: 5, GATHER: 6 };

const { descriptors } = vectors("descriptors.json");

describe("DescriptorHead", () => {
  let harness;

  before(async () => {
    harness = await ethers.deployContract("CanonHarness");
  });

  /** A valid descriptor has this head. Of one that isn't, only INPUT, WEIGHT and CLAIM are read to their end. */
  async function agree(descriptor, position, what) {
    const bytes = bytesOfHex(descriptor);
    const [valid, head] = await harness.headOf(descriptor);
    try {
      const node = readDescriptor(bytes, position);
      expect(valid, what).to.equal(true);
      expect([head.kind, head.dtype, head.count, head.number], what).to.deep.equal(
        [KINDS[node.kind], node.type.code, node.count, node.input ?? node.output ?? 0].map(BigInt),
      );
    } catch (error) {
      if (!(error instanceof NotValid)) throw error;
      if (bytes[0] <= KINDS.CLAIM && position < 65_536) expect(valid, what).to.equal(false);
    }
  }

  it(`reads ${descriptors.length} golden descriptors`, async () => {
    for (const { why, descriptor, position } of descriptors) await agree(descriptor, position, why);
  });

  it(`reads descriptors with a byte changed, missing or too much as the third implementation (seed ${SEED})`, async () => {
    const next = randomWords(SEED);
    const valid = descriptors.filter((vector) => vector.valid);
    for (let round = 0; round < 600; round++) {
      const { descriptor, position } = valid[next() % valid.length];
      const bytes = [...bytesOfHex(descriptor)];
      const place = next() % Math.min(bytes.length, 12); // the head
      const change = next() % 4;
      if (change === 0) bytes.splice(place, 1);
      else if (change === 1) bytes.splice(place, 0, next() % 256);
      else bytes[place] = change === 2 ? next() % 256 : bytes[place] ^ (1 << (next() % 8));
      const changed = hexOfBytes(Uint8Array.from(bytes));
      await agree(changed, position, changed);
    }
  });

  for (const [what, descriptor] of Object.entries({
    "no bytes": "0x",
    "a kind alone": "0x01",
    "kind and dtype alone": "0x0401",
    "kind 0": "0x00010000000100",
    "kind 7": "0x070100",
    "dtype 0": "0x01000000000100",
    "dtype 4": "0x01040000000100",
    "an input of no elements": "0x01010000000000",
    "an input of 2^31 elements": "0x01018000000000",
    "input 16": "0x01010000000110",
    "an input with a byte too much": "0x0101000000010000",
    "an input that ends early": "0x010100000001",
    "a weight that ends early": `0x020100000001${"11".repeat(31)}`,
    "a weight with a byte too much": `0x020100000001${"11".repeat(33)}`,
    "claim 16": "0x03010000000110",
    "a map of rank 9": `0x040109${"00000001".repeat(9)}`,
    "a map of an extent of zero": "0x04010100000000",
    "a map that ends in its space": "0x040101000000",
    "a map of 2^31 elements": "0x0401020001000000008000",
    "a map of 2^256 elements": `0x040108${"ffffffff".repeat(8)}`,
    "fold 0": "0x05010000",
    "fold 10": "0x05010a00",
    "a fold without a space": "0x050101",
    "a gather without a space": "0x0601",
    "1,025 bytes": `0x040100${"00".repeat(1_022)}`,
  })) {
    it(`refuses ${what}`, async () => {
      expect((await harness.headOf(descriptor)).valid).to.equal(false);
    });
  }

  it("takes the greatest of each", async () => {
    const heads = ["0x01017fffffff0f", "0x0401017fffffff", `0x050109${"08"}${"00000001".repeat(8)}`];
    for (const descriptor of heads) expect((await harness.headOf(descriptor)).valid, descriptor).to.equal(true);
    expect((await harness.headOf(`0x040100${"00".repeat(1_021)}`)).valid).to.equal(true);
  });
});
