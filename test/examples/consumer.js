import { network } from "hardhat";
import { FLOAT32, packType } from "../../canon/vectors/reference/dataTypes.js";

export const { ethers, networkHelpers } = await network.getOrCreate();

export const MAX_FEE = ethers.parseEther("2");
export const FUNDS = ethers.parseEther("10");

/** A market that answers what it is told to, and who plays in the tests. */
export async function deployMarket() {
  const [owner, stranger] = await ethers.getSigners();
  const market = await ethers.deployContract("FakeMarket", [owner]);
  return { owner, stranger, market };
}

export async function subscriptionTo(market, owner, changes = {}) {
  return {
    market: await market.getAddress(),
    token: await market.getAddress(),
    owner: owner.address ?? owner,
    version: 7,
    binding: 1,
    acceptUndisputable: true,
    callbackGas: 200_000,
    bond: ethers.parseEther("5"),
    ...changes,
  };
}

/** A float32 tensor of one row. */
export const rowOf = (...numbers) => ({
  kind: packType(FLOAT32, [1, numbers.length]),
  data: ethers.concat(numbers.map((number) => bytesOfFloat32(number))),
});

export function bytesOfFloat32(number) {
  const bytes = new DataView(new ArrayBuffer(4));
  bytes.setFloat32(0, number);
  return new Uint8Array(bytes.buffer);
}

/** The request that the market took in a transaction. */
export async function requestIn(transaction, market) {
  const [event] = await market.queryFilter(
    market.filters.Requested(),
    transaction.blockNumber,
    transaction.blockNumber,
  );
  return event.args;
}
