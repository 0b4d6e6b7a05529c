import { expect } from "chai";
import { network } from "hardhat";
import { vectors } from "./vectors.js";

const { ethers } = await network.getOrCreate();

describe("Float32", () => {
  let harness;

  before(async () => {
    harness = await ethers.deployContract("CanonHarness");
  });

  for (const { name, bits, canonical } of vectors("float32-canonical.json").vectors) {
    it(`makes ${name} canonical`, async () => {
      expect(await harness.canonical(bits)).to.equal(BigInt(canonical));
    });
  }

  it("orders bit patterns as their values", async () => {
    const ascending = [0xff800000, 0xff7fffff, 0xbf800000, 0x80000001, 0x80000000, 0x00000001, 0x3f800000, 0x7f800000];
    const places = await Promise.all(ascending.map((bits) => harness.orderOf(bits)));
    for (let place = 1; place < places.length; place++) {
      expect(places[place] > places[place - 1]).to.equal(true, `place ${place}`);
    }
    expect(await harness.orderOf(0)).to.equal(await harness.orderOf(0x80000000));
  });
});
