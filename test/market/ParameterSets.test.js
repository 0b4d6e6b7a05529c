import { expect } from "chai";

import { deployed, ethers, loadFixture, parseEther, settings, time } from "../support/marketplace.js";

const MARKET_FIELDS = [
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

const COURT_FIELDS = [
  "openPeriod",
  "assertPeriod",
  "workerClock",
  "challengerClock",
  "extension",
  "demandLimit",
  "answerAllowance",
];

describe("ParameterSets", () => {
  let world, parameterSets, governor;

  beforeEach(async () => {
    world = await loadFixture(deployed);
    ({ parameterSets, governor } = world);
  });

  const schedule = async (market, court = settings.court) => {
    const call = parameterSets.interface.encodeFunctionData("add", [market, court]);
    const step = [parameterSets.target, 0, call, ethers.ZeroHash, ethers.ZeroHash];
    await governor.schedule(...step, settings.governor.delay);
    return step;
  };

  const ofMarket = (set) => MARKET_FIELDS.map((field) => BigInt(set[field]));
  const ofCourt = (set) => COURT_FIELDS.map((field) => BigInt(set[field]));

  it("begin with the deployment's set", async () => {
    expect(await parameterSets.current()).to.equal(1n);
    expect(await parameterSets.marketParametersOf(1)).to.deep.equal(ofMarket(settings.market));
    expect(await parameterSets.courtParametersOf(1)).to.deep.equal(ofCourt(settings.court));
    expect(await parameterSets.currentMarketParameters()).to.deep.equal([1n, ofMarket(settings.market)]);
    expect(await parameterSets.challengeWindowOf(1)).to.equal(settings.market.challengeWindow);
  });

  it("are zero where there is none", async () => {
    for (const id of [0, 2]) {
      expect(await parameterSets.marketParametersOf(id)).to.deep.equal(MARKET_FIELDS.map(() => 0n));
      expect(await parameterSets.courtParametersOf(id)).to.deep.equal(COURT_FIELDS.map(() => 0n));
      expect(await parameterSets.challengeWindowOf(id)).to.equal(0n);
    }
  });

  it("are added through the timelock, once its delay is over, and leave the earlier ones", async () => {
    const market = { ...settings.market, requestFee: parseEther("2"), challengeWindow: 77 };
    const court = { ...settings.court, workerClock: 78, answerAllowance: parseEther("9") };
    const step = await schedule(market, court);
    await expect(governor.connect(world.stranger).execute(...step)).to.be.revertedWithCustomError(
      governor,
      "TimelockUnexpectedOperationState",
    );
    await time.increase(settings.governor.delay);
    await expect(governor.connect(world.stranger).execute(...step))
      .to.emit(parameterSets, "ParametersAdded")
      .withArgs(2n, ofMarket(market), ofCourt(court));
    expect(await parameterSets.currentMarketParameters()).to.deep.equal([2n, ofMarket(market)]);
    expect(await parameterSets.courtParametersOf(2)).to.deep.equal(ofCourt(court));
    expect(await parameterSets.challengeWindowOf(2)).to.equal(77n);
    expect(await parameterSets.marketParametersOf(1)).to.deep.equal(ofMarket(settings.market));
    expect(await parameterSets.courtParametersOf(1)).to.deep.equal(ofCourt(settings.court));
  });

  it("are nobody else's to add", async () => {
    for (const account of [world.treasury, world.owner, world.court]) {
      await expect(parameterSets.connect(account).add(settings.market, settings.court))
        .to.be.revertedWithCustomError(parameterSets, "NotGovernor")
        .withArgs(account.address);
    }
  });

  it("give no account administration of the timelock", async () => {
    const role = await governor.DEFAULT_ADMIN_ROLE();
    for (const account of await ethers.getSigners()) expect(await governor.hasRole(role, account)).to.equal(false);
  });

  describe("bounds", () => {
    const longest = 2 ** 24 - 1;
    const longestCourtPeriod = 30 * 24 * 3600;
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
      ...["openPeriod", "assertPeriod", "workerClock", "challengerClock", "extension"].flatMap((field) => [
        [field, { [field]: 0 }],
        [field, { [field]: longestCourtPeriod + 1 }],
      ]),
      ["demandLimit", { demandLimit: 0 }],
      ["answerAllowance", { answerAllowance: parseEther("100000") + 1n, minimumBond: parseEther("10000000") }],
      ["answerAllowance", { answerAllowance: settings.market.minimumBond / 10n + 1n }],
    ];
    const withChange = (section, change) =>
      Object.fromEntries(Object.entries(section).map(([field, value]) => [field, change[field] ?? value]));

    for (const [field, change] of wrong) {
      const text = Object.entries(change).map(([key, value]) => `${key} ${value}`);
      it(`refuse ${text.join(", ")}`, async () => {
        const construct = ethers.deployContract("ParameterSets", [
          world.workers.target,
          governor.target,
          withChange(settings.market, change),
          withChange(settings.court, change),
        ]);
        await expect(construct)
          .to.be.revertedWithCustomError(parameterSets, "InvalidParameters")
          .withArgs(BigInt([...MARKET_FIELDS, ...COURT_FIELDS].indexOf(field)));
      });
    }

    it("leave the longest periods and the greatest allowance to the governor", async () => {
      const court = {
        ...Object.fromEntries(COURT_FIELDS.map((field) => [field, longestCourtPeriod])),
        demandLimit: 255,
        answerAllowance: parseEther("100000"),
      };
      const sets = await ethers.deployContract("ParameterSets", [
        world.workers.target,
        governor.target,
        { ...settings.market, minimumBond: parseEther("1000000") },
        court,
      ]);
      expect(await sets.courtParametersOf(1)).to.deep.equal(ofCourt(court));
    });

    it("hold for added sets too", async () => {
      const step = await schedule({ ...settings.market, protocolFeeBasisPoints: 1_001 });
      await time.increase(settings.governor.delay);
      await expect(governor.execute(...step))
        .to.be.revertedWithCustomError(parameterSets, "InvalidParameters")
        .withArgs(5n);
    });
  });
});
