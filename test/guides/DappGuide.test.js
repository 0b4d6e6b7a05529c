import { expect } from "chai";

import { FLOAT32, packType } from "../../canon/vectors/reference/dataTypes.js";
import { bytesOfFloat32 } from "../examples/consumer.js";
import * as marketplace from "../support/marketplace.js";
import { compile, runnableBlocks } from "./guide.js";

const { ethers, loadFixture, mine, parseEther, PRICE, settings, time, totalOf, versionWith } = marketplace;

const RETURNS = packType(FLOAT32, [1, 32]);
const VOLATILITY = packType(FLOAT32, [1, 1]);
const CALLBACK_GAS = 100_000;

/** The contract of the guide, deployed and paid for, on a market with an undisputable volatility model. */
async function guided() {
  const world = await marketplace.marketplace();
  const { market, models, owner, requester, token } = world;
  const content = versionWith([RETURNS], [VOLATILITY]);
  const bindings = [{ ...content.bindings[0], programRoot: ethers.ZeroHash }];
  await models.connect(owner).publish(1, { ...content, bindings }, []);
  await marketplace.offer(world, 0, { version: 2 });

  const [source] = runnableBlocks("guide-dapp", "solidity");
  const { abi, bytecode } = compile("CalmSwitch", source);
  const calmSwitch = await new ethers.ContractFactory(abi, bytecode, requester).deploy({
    market: market.target,
    token: token.target,
    owner: requester.address,
    version: 2,
    binding: 0,
    acceptUndisputable: true,
    callbackGas: CALLBACK_GAS,
    bond: 0,
  });
  await token.connect(requester).transfer(calmSwitch, parseEther("20"));
  return { ...world, calmSwitch };
}

describe("Guide for dApp developers", () => {
  for (const [volatility, calm] of [
    [0.0125, true],
    [0.03, false],
  ]) {
    it(`has a contract that takes ${volatility} for ${calm ? "calm" : "not calm"}`, async () => {
      const { calmSwitch, hotKeys, market } = await loadFixture(guided);
      await calmSwitch.ask(Array(32).fill(10n ** 16n), totalOf(PRICE));
      await mine(1);
      const outputs = [{ kind: VOLATILITY, data: bytesOfFloat32(volatility) }];
      await market.connect(hotKeys[0]).claim(1, hotKeys[0], outputs, []);
      await time.increase(settings.market.challengeWindow);
      await expect(market.finalise(1)).not.to.emit(market, "CallbackFailed");
      expect(await calmSwitch.calm()).to.equal(calm);
    });
  }
});
