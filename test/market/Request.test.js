import { expect } from "chai";

import { randomWords } from "../../canon/vectors/cases/random.js";
import { treeRoot } from "../../canon/vectors/reference/commitments.js";
import {
  INPUTS,
  MODEL_BOND,
  PRICE,
  ROYALTY,
  STAKE,
  State,
  ZeroAddress,
  ZeroHash,
  deployed,
  ethers,
  loadFixture,
  marketplace,
  mine,
  offer,
  parseEther,
  settings,
  time,
  totalOf,
  versionContent,
  versionWith,
  wanted,
} from "../support/marketplace.js";
import { publish } from "../support/programs.js";
import { FLOAT32, INT64, UINT8, commitment, countOf, dtypeOf, tensor, typeOf } from "../support/tensors.js";

const SEED = 0x1efe;

const { requestFee, minimumBond, claimPeriod, declinePeriod, lastDeadlinePeriod } = settings.market;

describe("InferenceMarket: request and quote", () => {
  let world, market, models, workers, token, requester;

  const request = (changes) => market.connect(requester).request(wanted(changes));
  const refused = (changes, error, ...values) =>
    expect(request(changes))
      .to.be.revertedWithCustomError(market, error)
      .withArgs(...values);

  beforeEach(async () => {
    world = await loadFixture(marketplace);
    ({ market, models, workers, token, requester } = world);
  });

  describe("a request", () => {
    it("takes the fee into escrow, and the request fee to be burned", async () => {
      await expect(request()).to.changeTokenBalances(
        ethers,
        token,
        [requester, market],
        [-(totalOf(PRICE) + requestFee), totalOf(PRICE) + requestFee],
      );
      expect(await market.requestFees()).to.equal(requestFee);
    });

    it("has its request fee burned with others, by anyone's call, and nothing else", async () => {
      await request();
      await request();
      const supply = await token.totalSupply();
      await expect(market.connect(world.stranger).burnRequestFees()).to.changeTokenBalance(
        ethers,
        token,
        market,
        -2n * requestFee,
      );
      expect(await token.totalSupply()).to.equal(supply - 2n * requestFee);
      expect(await market.requestFees()).to.equal(0n);
      await expect(market.burnRequestFees()).to.be.revertedWithCustomError(market, "NothingToBurn");
      expect(await token.balanceOf(market)).to.equal(2n * totalOf(PRICE));
    });

    it("is kept as a job", async () => {
      await request({ callbackGas: 77_000, bond: MODEL_BOND + 1n, claimPeriod: 30 });
      const block = await ethers.provider.getBlock("latest");
      const at = BigInt(block.timestamp);
      expect(await market.jobCount()).to.equal(1n);
      expect((await market.jobOf(1)).toObject()).to.deep.equal({
        requester: requester.address,
        version: 1n,
        binding: 0n,
        state: State.Requested,
        parameters: 1n,
        callbackGas: 77_000n,
        outputsByReference: false,
        worker: ZeroAddress,
        fee: totalOf(PRICE),
        bond: MODEL_BOND + 1_000_000_000n, // rounded up
        requestedAt: at,
        drawBlock: BigInt(block.number) + 1n,
        phaseEnd: at + 30n,
        lastDeadline: at + BigInt(lastDeadlinePeriod),
        inputsHash: commitment(INPUTS),
      });
    });

    it("is told with its inputs", async () => {
      const transaction = await request();
      const block = await ethers.provider.getBlock("latest");
      const inputs = INPUTS.map(({ kind, data }) => [kind, data]);
      await expect(transaction)
        .to.emit(market, "JobRequested")
        .withArgs(
          1n,
          1n,
          requester.address,
          0n,
          totalOf(PRICE),
          MODEL_BOND,
          0n,
          block.number + 1,
          block.timestamp + claimPeriod,
          block.timestamp + lastDeadlinePeriod,
          inputs,
        );
    });

    it("commits to several inputs in order", async () => {
      const inputs = [tensor(FLOAT32, [2, 3]), tensor(UINT8, [5]), tensor(INT64, [])];
      await publish(
        models.connect(world.owner),
        versionWith(
          inputs.map(({ kind }) => kind),
          [typeOf(FLOAT32)],
        ),
      );
      await offer(world, 0, { version: 2 });
      await request({ version: 2, inputs });
      expect((await market.jobOf(1)).inputsHash).to.equal(commitment(inputs));
    });

    describe("with inputs by reference", () => {
      const kinds = [typeOf(FLOAT32, 1, 3, 224, 224), typeOf(UINT8, 5), typeOf(INT64, 70_000)];
      const inputs = [{ kind: kinds[0], data: "0x" }, tensor(UINT8, [5], 7), { kind: kinds[2], data: "0x" }];
      const references = [
        { input: 0, root: ethers.id("picture"), cid: "0x01551220aa" },
        { input: 2, root: ethers.id("tokens"), cid: `0x${"02".repeat(64)}` },
      ];
      const asked = { version: 2, inputs, references };

      beforeEach(async () => {
        await publish(models.connect(world.owner), versionWith(kinds, [typeOf(FLOAT32)]));
        await offer(world, 0, { version: 2 });
      });

      it("commits to their tree roots", async () => {
        await request(asked);
        const given = inputs.map((input, index) => ({ ...input, ...references.find(({ input }) => input === index) }));
        expect((await market.jobOf(1)).inputsHash).to.equal(commitment(given));
      });

      it("has the commitment of the same inputs inline", async () => {
        const small = [typeOf(FLOAT32, 2), typeOf(UINT8, 4)];
        const given = small.map((kind) => tensor(Number(dtypeOf(kind)), [countOf(kind)]));
        await publish(models.connect(world.owner), versionWith(small, [typeOf(FLOAT32)]));
        await offer(world, 0, { version: 3 });
        await request({ version: 3, inputs: given });
        const data = ethers.getBytes(given[1].data);
        await request({
          version: 3,
          inputs: [given[0], { ...given[1], data: "0x" }],
          references: [{ input: 1, root: treeRoot(data), cid: "0x01" }],
        });
        expect((await market.jobOf(2)).inputsHash).to.equal((await market.jobOf(1)).inputsHash);
      });

      it("tells where they lie, right before the request", async () => {
        const { logs } = await (await request(asked)).wait();
        const events = logs
          .filter(({ address }) => address === market.target)
          .map((log) => market.interface.parseLog(log));
        expect(events.map(({ name }) => name)).to.deep.equal(["JobInputsReferenced", "JobRequested"]);
        expect(events[0].args).to.deep.equal([
          1n,
          references.map(({ input, root, cid }) => [BigInt(input), root, cid]),
        ]);
        expect(events[1].args.inputs).to.deep.equal(inputs.map(({ kind, data }) => [kind, data]));
      });

      it("tells nothing more where all are inline", async () => {
        await expect(request()).to.not.emit(market, "JobInputsReferenced");
      });

      const refusedWith = (changes, error, ...values) => refused({ ...asked, ...changes }, error, ...values);
      const [picture, tokens] = references;

      it("has each input once, in order, and none that the model hasn't", async () => {
        await refusedWith({ references: [picture, picture] }, "WrongReference", 1n, 0n);
        await refusedWith({ references: [tokens, picture] }, "WrongReference", 1n, 0n);
        await refusedWith({ references: [picture, { ...tokens, input: 3 }] }, "WrongReference", 1n, 3n);
        await refusedWith({ references: [{ ...picture, input: 255 }] }, "WrongReference", 0n, 255n);
      });

      it("has data or a reference for each input, not both", async () => {
        await refusedWith({ references: [picture] }, "WrongInputLength", 2n, 0n, 560_000n);
        const both = [picture, { ...tokens, input: 1 }];
        await refusedWith({ references: both }, "ReferencedInputHasData", 1n, 5n);
      });

      it("has inputs of the model's types", async () => {
        const other = [{ ...inputs[0], kind: kinds[2] }, ...inputs.slice(1)];
        await refusedWith({ inputs: other }, "WrongInputType", 0n, kinds[2], kinds[0]);
      });

      it("has a tree root", async () => {
        await refusedWith({ references: [picture, { ...tokens, root: ZeroHash }] }, "ReferenceWithoutRoot", 2n);
      });

      it("has a CID of 1 to 64 bytes", async () => {
        await refusedWith({ references: [{ ...picture, cid: "0x" }, tokens] }, "InvalidReferenceCid", 0n, 0n);
        const cid = `0x${"02".repeat(65)}`;
        await refusedWith({ references: [picture, { ...tokens, cid }] }, "InvalidReferenceCid", 2n, 65n);
      });

      it(`commits to any mixture (seed ${SEED})`, async () => {
        const next = randomWords(SEED);
        for (let round = 0; round < 30; round++) {
          const mixed = Array.from({ length: 1 + (next() % 5) }, () => tensor(UINT8, [1 + (next() % 9)], next() % 200));
          const chosen = [...mixed.keys()].filter(() => next() % 2 === 0);
          const given = mixed.map((input, index) => (chosen.includes(index) ? { ...input, data: "0x" } : input));
          await publish(
            models.connect(world.owner),
            versionWith(
              mixed.map(({ kind }) => kind),
              [typeOf(FLOAT32)],
            ),
          );
          const version = await models.versionCount();
          await offer(world, 0, { version });
          const rootOf = (input) => treeRoot(ethers.getBytes(mixed[input].data));
          const chosenReferences = chosen.map((input) => ({ input, root: rootOf(input), cid: "0x01" }));
          await request({ version, inputs: given, references: chosenReferences });
          expect((await market.jobOf(await market.jobCount())).inputsHash).to.equal(commitment(mixed));
        }
      });
    });

    it("gets the greatest of the three bonds", async () => {
      await publish(models.connect(world.owner), versionContent({ bond: 0, tracePrice: 0 }));
      await offer(world, 0, { version: 2 });
      await request({ version: 2 });
      expect((await market.jobOf(1)).bond).to.equal(minimumBond);
      await request({ version: 1 });
      expect((await market.jobOf(2)).bond).to.equal(MODEL_BOND);
      await request({ version: 1, bond: STAKE });
      expect((await market.jobOf(3)).bond).to.equal(STAKE);
    });
  });

  describe("inputs", () => {
    const [{ kind, data }] = INPUTS;

    it("of another number are refused", async () => {
      await refused({ inputs: [] }, "WrongInputCount", 0n, 1n);
      await refused({ inputs: [...INPUTS, ...INPUTS] }, "WrongInputCount", 2n, 1n);
    });

    it("of another dtype or shape are refused", async () => {
      const integer = { kind: typeOf(6, 1), data };
      const vector = tensor(FLOAT32, [2]);
      const matrix = { kind: typeOf(FLOAT32, 1, 1), data };
      for (const input of [integer, vector, matrix]) {
        await refused({ inputs: [input] }, "WrongInputType", 0n, input.kind, kind);
      }
    });

    it("of another length than their type's are refused", async () => {
      await refused({ inputs: [{ kind, data: "0x" }] }, "WrongInputLength", 0n, 0n, 4n);
      await refused({ inputs: [{ kind, data: `${data}00` }] }, "WrongInputLength", 0n, 5n, 4n);
    });
  });

  describe("the model", () => {
    it("must be known", async () => {
      for (const version of [0, 2]) {
        await expect(request({ version })).to.be.revertedWithCustomError(models, "UnknownVersion").withArgs(version);
      }
      await expect(request({ binding: 1 }))
        .to.be.revertedWithCustomError(models, "UnknownBinding")
        .withArgs(1n, 1n);
    });

    it("must not be deprecated; running jobs go on", async () => {
      await request();
      await models.connect(world.owner).deprecate(1);
      await refused({}, "VersionDeprecated", 1n);
      await mine(1);
      const [worker] = world.hotKeys;
      await market.connect(worker).claim(1, worker, [tensor(FLOAT32, [1])], []);
    });

    it("must be disputable, unless the request accepts that it is not", async () => {
      const [binding] = versionContent().bindings;
      await models
        .connect(world.owner)
        .publish(1, versionContent({ bindings: [{ ...binding, programRoot: ZeroHash }] }), []);
      await offer(world, 0, { version: 2 });
      await refused({ version: 2 }, "UndisputableNotAccepted", 2n, 0n);
      await request({ version: 2, acceptUndisputable: true });
    });
  });

  describe("the fee", () => {
    it("below the cheapest offer's total is refused, and the total named", async () => {
      await offer(world, 1, { price: 2n * PRICE });
      const needed = totalOf(PRICE);
      await refused({ maxFee: needed - 1n }, "FeeTooLow", needed - 1n, needed);
      await refused({ maxFee: ROYALTY - 1n }, "FeeTooLow", ROYALTY - 1n, needed);
      await refused({ maxFee: 0n }, "FeeTooLow", 0n, needed);
      await request({ maxFee: needed });
    });

    it("must meet an offer that accepts the bond", async () => {
      await refused({ bond: STAKE + 1n }, "NoOffers", 1n, STAKE + 1_000_000_000n);
      await workers.connect(world.hotKeys[0]).closeOffer(world.hotKeys[0], 1);
      await time.increase(1);
      await refused({}, "NoOffers", 1n, MODEL_BOND);
    });

    it("of an offer that asks more than any fee is named as the greatest", async () => {
      const most = 2n ** 96n - 1n;
      await publish(models.connect(world.owner), versionContent());
      await offer(world, 0, { version: 2, price: most });
      await refused({ version: 2, maxFee: PRICE }, "FeeTooLow", PRICE, most);
    });

    it("must be approved and there", async () => {
      await expect(market.connect(world.hotKeys[0]).request(wanted())).to.be.revertedWithCustomError(
        token,
        "ERC20InsufficientAllowance",
      );
      await expect(request({ maxFee: parseEther("2000000") })).to.be.revertedWithCustomError(
        token,
        "ERC20InsufficientBalance",
      );
    });
  });

  it("is refused with more gas for its callback than a finalisation can surely have", async () => {
    await refused({ callbackGas: 10_000_001 }, "CallbackGasTooHigh", 10_000_001, 10_000_000);
    await request({ callbackGas: 10_000_000 });
  });

  describe("the claim period", () => {
    it("lies between the decline period and the last deadline", async () => {
      await refused({ claimPeriod: declinePeriod - 1 }, "InvalidClaimPeriod", declinePeriod - 1);
      await refused({ claimPeriod: lastDeadlinePeriod + 1 }, "InvalidClaimPeriod", lastDeadlinePeriod + 1);
      await request({ claimPeriod: declinePeriod });
      await request({ claimPeriod: lastDeadlinePeriod });
    });
  });

  describe("quote", () => {
    it("names the fee that a request then needs", async () => {
      await offer(world, 1, { price: 2n * PRICE });
      await time.increase(1);
      await token.approve(requester, 0); // a block, so that views see the later instant
      expect(await market.quote(1, 0)).to.deep.equal([totalOf(PRICE), requestFee, 2n, MODEL_BOND]);
      expect(await market.quote(1, STAKE + 1n)).to.deep.equal([0n, requestFee, 0n, STAKE + 1_000_000_000n]);
    });

    it("knows no unknown version", async () => {
      await expect(market.quote(9, 0)).to.be.revertedWithCustomError(models, "UnknownVersion").withArgs(9n);
    });
  });

  describe("what isn't there", () => {
    it("is named", async () => {
      ({ market } = await loadFixture(deployed));
      const [anyone] = await ethers.getSigners();
      for (const call of [
        () => market.jobOf(1),
        () => market.resultOf(1),
        () => market.drawnWorkerOf(1),
        () => market.claim(1, anyone, [], []),
        () => market.decline(1, anyone),
        () => market.lease(1, anyone),
        () => market.expire(1),
        () => market.finalise(1),
      ]) {
        await expect(call()).to.be.revertedWithCustomError(market, "UnknownJob").withArgs(1n);
      }
    });
  });
});
