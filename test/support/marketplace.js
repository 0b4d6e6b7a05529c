import { network } from "hardhat";

import { deploy } from "../../scripts/lib/deployment.js";
import { profile } from "../../scripts/lib/parameters.js";
import { programRootOf, publish } from "./programs.js";
import { FLOAT32, tensor, typeOf } from "./tensors.js";

export const { ethers, networkHelpers, provider } = await network.getOrCreate();
export const { time, mine, loadFixture } = networkHelpers;

export const { parseEther, MaxUint256, ZeroAddress, ZeroHash } = ethers;

/** States of a job, in the contract's order. */
export const State = Object.freeze({
  None: 0n,
  Requested: 1n,
  Open: 2n,
  Leased: 3n,
  Claimed: 4n,
  Frozen: 5n,
  Finalised: 6n,
  Expired: 7n,
  Refuted: 8n,
});

export const PRICE = parseEther("4");
export const ROYALTY = parseEther("1");
export const STAKE = parseEther("5000");
export const MODEL_BOND = parseEther("150");

/** Version 1's binding 0: one float32 in, one float32 out. */
export const INPUTS = [tensor(FLOAT32, [1])];
export const OUTPUTS = [tensor(FLOAT32, [1], 0x40)];

export const settings = profile("local");

/** What a worker's price costs in all. */
export function totalOf(price, royalty = ROYALTY, basisPoints = BigInt(settings.market.protocolFeeBasisPoints)) {
  return price + royalty + (price * basisPoints) / 10_000n;
}

/** A valid version of a model: scalar float32 in, scalar float32 out, disputable. */
export function versionContent(changes = {}) {
  return {
    manifest: "0x0155122011",
    fileHash: ethers.id("file"),
    fileLength: 1_000,
    royalty: ROYALTY,
    bond: MODEL_BOND,
    tracePrice: parseEther("2"),
    licence: "Apache-2.0",
    bands: [{ absolute: 0x3a83126f, relative: 0 }],
    domains: [{ low: 0, high: 0 }],
    bindings: [disputable([typeOf(FLOAT32, 1)], [typeOf(FLOAT32, 1)])],
    ...changes,
  };
}

/** A binding with a program. */
export const disputable = (inputs, outputs) => ({ programRoot: programRootOf({ inputs, outputs }), inputs, outputs });

/** The same with these inputs' and outputs' types; exact. */
export function versionWith(inputs, outputs, changes = {}) {
  return versionContent({
    bands: outputs.map(() => ({ absolute: 0, relative: 0 })),
    domains: inputs.map(() => ({ low: 0, high: 0 })),
    bindings: [disputable(inputs, outputs)],
    ...changes,
  });
}

/** Everything deployed by the deployment script, with an account for a court; a model, and accounts with $OPG. */
export async function deployed() {
  const court = (await ethers.getSigners())[4];
  return { ...(await deployedWith(settings, { court: court.address })), court };
}

/** The same with other settings and options of the deployment script. */
export async function deployedWith(profile, options) {
  const [treasury, owner, requester, stranger, , delegate, ...others] = await ethers.getSigners();
  const hotKeys = others.slice(0, 3);
  const coldKeys = others.slice(3, 6);
  const spare = others.slice(6);
  const contracts = await deploy(treasury, profile, options);
  const { token, models, workers, market } = contracts;
  for (const account of [requester, stranger, ...coldKeys]) {
    await token.transfer(account, parseEther("1000000"));
    await token.connect(account).approve(market, MaxUint256);
    await token.connect(account).approve(workers, MaxUint256);
  }
  await models.connect(owner).createModel("Test model");
  await publish(models.connect(owner), versionContent());
  return { ...contracts, treasury, owner, requester, stranger, delegate, hotKeys, coldKeys, spare };
}

/** The same with three staked workers; the first offers version 1. */
export async function marketplace() {
  const world = await deployed();
  for (let index = 0; index < world.hotKeys.length; index++) await enrol(world, index);
  await offer(world, 0);
  return world;
}

/** The same with offers of all three workers, at the price, its double and its triple. */
export async function competition() {
  const world = await marketplace();
  await offer(world, 1, { price: 2n * PRICE });
  await offer(world, 2, { price: 3n * PRICE });
  return world;
}

export async function enrol({ workers, hotKeys, coldKeys }, index, amount = STAKE) {
  await workers.connect(hotKeys[index]).register(coldKeys[index]);
  await workers.connect(coldKeys[index]).stake(hotKeys[index], amount);
}

export async function offer({ workers, hotKeys }, index, { version = 1, price = PRICE, bondLimit = STAKE } = {}) {
  await workers.connect(hotKeys[index]).openOffer(hotKeys[index], version, price, bondLimit);
}

/** A request that suits `marketplace`; changes on top. */
export function wanted(changes = {}) {
  return {
    version: 1,
    binding: 0,
    acceptUndisputable: false,
    outputsByReference: false,
    callbackGas: 0,
    maxFee: totalOf(PRICE),
    bond: 0,
    claimPeriod: 0,
    inputs: INPUTS,
    references: [],
    ...changes,
  };
}

/**
 * Requests a job and mines the block that draws its worker and one more: a view runs within the last block, which does not
 * know its own hash. Returns the job's id.
 */
export async function requested({ market, requester }, changes = {}) {
  await market.connect(requester).request(wanted(changes));
  const job = await market.jobCount();
  await mine(2);
  return job;
}

/** The hot key drawn for a job. */
export async function drawnFor({ market, hotKeys }, job) {
  const drawn = await market.drawnWorkerOf(job);
  return hotKeys.find(({ address }) => address === drawn);
}

/** Requests a job and lets the drawn worker claim it. */
export async function claimed(world, changes = {}, outputs = OUTPUTS, cids = []) {
  const job = await requested(world, changes);
  const worker = await drawnFor(world, job);
  await world.market.connect(worker).claim(job, worker, outputs, cids);
  return { job, worker };
}

/** The same, past the challenge window. */
export async function finalisable(world, changes = {}, outputs = OUTPUTS) {
  const claim = await claimed(world, changes, outputs);
  await time.increase(settings.market.challengeWindow);
  return claim;
}

/** When what was sent took place. */
export const instantOf = async (sent) => BigInt((await (await sent).getBlock()).timestamp);

/** Passes the end of the job's present phase. */
export async function passPhase({ market }, job) {
  const { phaseEnd } = await market.jobOf(job);
  await time.increaseTo(phaseEnd);
}

/** Passes the job's last deadline. */
export async function passLastDeadline({ market }, job) {
  const { lastDeadline } = await market.jobOf(job);
  await time.increaseTo(lastDeadline);
}
