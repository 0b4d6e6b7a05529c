import { expect } from "chai";

import { deployed, ethers, loadFixture, parseEther, settings, time } from "../support/marketplace.js";

const FIELDS = [
  "requestFee",
  "latePenalty",
  "declinePeriod",
  "claimPeriod",
  "minimumBond",
  "protocolFeeBasisPoints",
  "leasePeriod",
  "lastDeadlinePeriod",
  "challengeWindow",
  "outputLimit",
];

describe("InferenceMarket: parameters", () => {
  let world, market, governor;

  beforeEach(async () => {
    world = await loadFixture(deployed);
    ({ market, governor } = world);
  });

  const schedule = async (set) => {
    const call = market.interface.encodeFunctionData("addParameters", [set]);
    const step = [market.target, 0, call, ethers.ZeroHash, ethers.ZeroHash];
    await governor.schedule(...step, settings.governor.delay);
    return step;
  };

  const inOrder = (set) => FIELDS.map((field) => BigInt(set[field]));

  it("begin with the deployment's set", async () => {
    expect(await market.currentParameters()).to.equal(1n);
    expect(await market.parametersOf(1)).to.deep.equal(inOrder(settings.market));
  });

  it("are added through the timelock, once its delay is over, for later requests", async () => {
    const set = { ...settings.market, requestFee: parseEther("2") };
    const step = await schedule(set);
    await expect(governor.connect(world.stranger).execute(...step)).to.be.revertedWithCustomError(
      governor,
      "TimelockUnexpectedOperationState",
    );
    await time.increase(settings.governor.delay);
    await expect(governor.connect(world.stranger).execute(...step))
      .to.emit(market, "ParametersAdded")
      .withArgs(2n, inOrder(set));
    expect(await market.currentParameters()).to.equal(2n);
    expect(await market.parametersOf(1)).to.deep.equal(inOrder(settings.market));
  });

  it("are nobody else's to add", async () => {
    for (const account of [world.treasury, world.owner, world.court]) {
      await expect(market.connect(account).addParameters(settings.market))
        .to.be.revertedWithCustomError(market, "NotGovernor")
        .withArgs(account.address);
    }
  });

  it("give no account administration of the timelock", async () => {
    const role = await governor.DEFAULT_ADMIN_ROLE();
    for (const account of await ethers.getSigners()) expect(await governor.hasRole(role, account)).to.equal(false);
  });

  describe("bounds", () => {
    const longest = 2 ** 24 - 1;
    const { cooldown } = settings.workers;
    const wrong = [
      ["requestFee", { requestFee: parseEther("1000") + 1n }],
      ["latePenalty", { latePenalty: settings.market.requestFee + 1n }],
      ["declinePeriod", { declinePeriod: settings.market.claimPeriod + 1 }],
      ["claimPeriod", { declinePeriod: 0, claimPeriod: 0 }],
      ["claimPeriod", { claimPeriod: settings.market.lastDeadlinePeriod + 1 }],
      ["minimumBond", { minimumBond: 0 }],
      ["minimumBond", { minimumBond: settings.market.latePenalty - 1n }],
      ["protocolFeeBasisPoints", { protocolFeeBasisPoints: 1_001 }],
      ["leasePeriod", { leasePeriod: 0 }],
      ["leasePeriod", { leasePeriod: settings.market.lastDeadlinePeriod + 1 }],
      ["lastDeadlinePeriod", { lastDeadlinePeriod: cooldown / 2 + 1 }],
      ["challengeWindow", { challengeWindow: 0 }],
      ["challengeWindow", { challengeWindow: longest - settings.market.lastDeadlinePeriod + 1 }],
      ["outputLimit", { outputLimit: 0 }],
      ["outputLimit", { outputLimit: 24_001 }],
    ];
    for (const [field, change] of wrong) {
      const text = Object.entries(change).map(([key, value]) => `${key} ${value}`);
      it(`refuse ${text.join(", ")}`, async () => {
        const construct = ethers.deployContract("InferenceMarket", [
          world.token.target,
          world.models.target,
          world.workers.target,
          ethers.ZeroAddress,
          governor.target,
          world.treasury.address,
          { ...settings.market, ...change },
        ]);
        await expect(construct)
          .to.be.revertedWithCustomError(market, "InvalidParameters")
          .withArgs(BigInt(FIELDS.indexOf(field)));
      });
    }

    it("hold for added sets too", async () => {
      const step = await schedule({ ...settings.market, protocolFeeBasisPoints: 1_001 });
      await time.increase(settings.governor.delay);
      await expect(governor.execute(...step))
        .to.be.revertedWithCustomError(market, "InvalidParameters")
        .withArgs(5n);
    });
  });
});
