import { expect } from "chai";

import {
  deployed,
  loadFixture,
  marketplace,
  offer,
  PRICE,
  settings,
  STAKE,
  time,
  ZeroAddress,
} from "../support/marketplace.js";

const { cooldown } = settings.workers;

describe("OfferBook: offers as they stood", () => {
  let world, workers, hotKeys;

  const draw = (seed, instant, priceLimit = PRICE, bond = 0n) => workers.draw(1, seed, instant, priceLimit, bond);
  const now = async () => BigInt(await time.latest());
  const closeOffer = (index) => workers.connect(hotKeys[index]).closeOffer(hotKeys[index], 1);
  const reprice = (index, price, bondLimit = STAKE) =>
    workers.connect(hotKeys[index]).reprice(hotKeys[index], 1, price, bondLimit);

  beforeEach(async () => {
    world = await loadFixture(marketplace);
    ({ workers, hotKeys } = world);
  });

  describe("draw", () => {
    it("is nobody's where nothing is offered", async () => {
      expect(await workers.draw(7, 0, await now(), PRICE, 0)).to.deep.equal([ZeroAddress, 0n]);
    });

    it("starts at the seed's position and goes around", async () => {
      await offer(world, 1, { price: PRICE + 1n });
      await offer(world, 2);
      const later = (await now()) + 1n;
      const worker = async (seed, limit) => (await draw(seed, later, limit)).worker;
      expect(await worker(3, PRICE + 1n)).to.equal(hotKeys[0].address);
      expect(await worker(4, PRICE + 1n)).to.equal(hotKeys[1].address);
      expect(await worker(4, PRICE)).to.equal(hotKeys[2].address);
      expect(await worker(5, PRICE)).to.equal(hotKeys[2].address);
      expect(await worker(2n ** 256n - 1n, PRICE)).to.equal(hotKeys[0].address);
      expect(await worker(0, PRICE - 1n)).to.equal(ZeroAddress);
    });

    it("respects the greatest bond that a worker accepts", async () => {
      const later = (await now()) + 1n;
      expect((await draw(0, later, PRICE, STAKE)).worker).to.equal(hotKeys[0].address);
      expect((await draw(0, later, PRICE, STAKE + 1n)).worker).to.equal(ZeroAddress);
    });
  });

  describe("an instant's offers", () => {
    it("begin after the instant they are opened in", async () => {
      const { since } = await workers.offerOf(1, hotKeys[0]);
      expect((await draw(0, since)).worker).to.equal(ZeroAddress);
      expect((await draw(0, since + 1n)).worker).to.equal(hotKeys[0].address);
    });

    it("last through the instant they are closed in", async () => {
      await closeOffer(0);
      const closed = await now();
      expect((await draw(0, closed)).worker).to.equal(hotKeys[0].address);
      expect((await draw(0, closed + 1n)).worker).to.equal(ZeroAddress);
    });

    it("keep the price and the bond limit they had", async () => {
      await reprice(0, PRICE / 2n, 0n);
      const changed = await now();
      expect(await draw(0, changed, PRICE, 1n)).to.deep.equal([hotKeys[0].address, PRICE]);
      expect(await draw(0, changed + 1n, PRICE, 0n)).to.deep.equal([hotKeys[0].address, PRICE / 2n]);
      expect((await draw(0, changed + 1n, PRICE, 1n)).worker).to.equal(ZeroAddress);
    });

    it("keep the gap in which an offer was closed", async () => {
      await closeOffer(0);
      const closed = await now();
      await time.increase(10);
      await offer(world, 0, { price: PRICE / 2n });
      const opened = await now();
      expect((await draw(0, closed)).price).to.equal(PRICE);
      expect((await draw(0, closed + 1n)).worker).to.equal(ZeroAddress);
      expect((await draw(0, opened)).worker).to.equal(ZeroAddress);
      expect((await draw(0, opened + 1n)).price).to.equal(PRICE / 2n);
    });

    it("keep their number, whatever is offered later", async () => {
      const before = (await now()) + 1n;
      await time.increase(5);
      await offer(world, 1);
      await offer(world, 2);
      for (let seed = 0; seed < 6; seed++) {
        expect((await draw(seed, before)).worker).to.equal(hotKeys[0].address);
      }
    });

    it("are those of every instant before, by search", async () => {
      const instants = [];
      for (const index of [1, 2]) {
        await offer(world, index);
        instants.push(await now());
        await time.increase(5);
      }
      expect((await draw(1, instants[0])).worker).to.equal(hotKeys[0].address);
      expect((await draw(1, instants[1])).worker).to.equal(hotKeys[1].address);
      expect((await draw(2, instants[1])).worker).to.equal(hotKeys[0].address);
      expect((await draw(2, instants[1] + 1n)).worker).to.equal(hotKeys[2].address);
    });
  });

  describe("priceOf", () => {
    it("is the price of the instant, or today's of a younger offer", async () => {
      const { since } = await workers.offerOf(1, hotKeys[0]);
      await reprice(0, 1n, 2n);
      const changed = await now();
      expect(await workers.priceOf(1, hotKeys[0], changed)).to.deep.equal([PRICE, STAKE]);
      expect(await workers.priceOf(1, hotKeys[0], changed + 1n)).to.deep.equal([1n, 2n]);
      expect(await workers.priceOf(1, hotKeys[0], since)).to.deep.equal([1n, 2n]);
    });
  });

  describe("quote", () => {
    it("is the lowest price that accepts the bond, and how many do", async () => {
      await offer(world, 1, { price: PRICE - 1n, bondLimit: 10n });
      await offer(world, 2, { price: PRICE + 1n });
      await time.increase(1);
      await workers.connect(world.stranger).stake(hotKeys[0], 1n); // a block, so that views see the later instant
      expect(await workers.quote(1, 10n)).to.deep.equal([PRICE - 1n, 3n]);
      expect(await workers.quote(1, 11n)).to.deep.equal([PRICE, 2n]);
      expect(await workers.quote(1, STAKE + 1n)).to.deep.equal([0n, 0n]);
      expect(await workers.quote(2, 0n)).to.deep.equal([0n, 0n]);
    });
  });

  describe("places", () => {
    it("are vacant a cooldown after closing, and taken again oldest first", async () => {
      await offer(world, 1);
      await closeOffer(1);
      await closeOffer(0);
      expect((await workers.offerAt(1, 1)).worker).to.equal(hotKeys[1].address);
      await offer(world, 2);
      expect(await workers.positionsOf(1)).to.equal(3n);
      await time.increase(cooldown);
      await closeOffer(2);
      expect((await workers.offerAt(1, 1)).worker).to.equal(ZeroAddress);
      expect((await workers.offerAt(1, 2)).worker).to.equal(hotKeys[2].address);

      const [newcomer] = world.spare;
      await workers.connect(newcomer).register(newcomer);
      await workers.connect(world.stranger).stake(newcomer, STAKE);
      await expect(workers.connect(newcomer).openOffer(newcomer, 1, PRICE, STAKE))
        .to.emit(workers, "OfferOpened")
        .withArgs(1n, newcomer.address, 1n, PRICE, STAKE);
      // Who comes back finds its place taken, and gets the next.
      await expect(workers.connect(hotKeys[1]).openOffer(hotKeys[1], 1, PRICE, STAKE))
        .to.emit(workers, "OfferOpened")
        .withArgs(1n, hotKeys[1].address, 0n, PRICE, STAKE);
      expect(await workers.positionsOf(1)).to.equal(3n);
    });

    it("are not given away while their worker uses them again", async () => {
      await closeOffer(0);
      await offer(world, 0);
      await time.increase(2 * cooldown);
      await offer(world, 1);
      expect(await workers.positionsOf(1)).to.equal(2n);
      expect((await workers.offerAt(1, 0)).worker).to.equal(hotKeys[0].address);
    });

    it("do not count for instants before they were taken", async () => {
      await closeOffer(0);
      await time.increase(cooldown);
      const before = await now();
      await offer(world, 1);
      expect(await workers.positionsOf(1)).to.equal(1n);
      expect((await draw(0, before)).worker).to.equal(ZeroAddress);
      expect((await draw(0, (await now()) + 1n)).worker).to.equal(hotKeys[1].address);
    });
  });

  it("starts empty", async () => {
    ({ workers } = await loadFixture(deployed));
    expect(await workers.positionsOf(1)).to.equal(0n);
    expect((await workers.offerAt(1, 0)).worker).to.equal(ZeroAddress);
  });
});
