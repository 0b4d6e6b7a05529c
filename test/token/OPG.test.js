import { expect } from "chai";

import { deployed, ethers, loadFixture, parseEther, time } from "../support/marketplace.js";

const SUPPLY = parseEther("1000000000");

// A fixture comes back with its old time, and the next block with the time of day: more than a test run lies between.
const WEEK = 7 * 24 * 3_600;

describe("OPG", () => {
  it("mints its whole supply to the treasury, once", async () => {
    const [treasury] = await ethers.getSigners();
    const token = await ethers.deployContract("OPG", [treasury]);
    expect(await token.totalSupply()).to.equal(SUPPLY);
    expect(await token.balanceOf(treasury)).to.equal(SUPPLY);
    expect(await token.symbol()).to.equal("OPG");
    expect(await token.decimals()).to.equal(18n);
  });

  it("fits every amount into 90 bits", async () => {
    const { token } = await loadFixture(deployed);
    expect(await token.INITIAL_SUPPLY()).to.be.lessThan(2n ** 90n);
  });

  it("can be burned", async () => {
    const { token, requester } = await loadFixture(deployed);
    await token.connect(requester).burn(parseEther("1"));
    expect(await token.totalSupply()).to.equal(SUPPLY - parseEther("1"));
  });

  it("refuses a treasury of zero", async () => {
    const { token } = await loadFixture(deployed);
    await expect(ethers.deployContract("OPG", [ethers.ZeroAddress])).to.be.revertedWithCustomError(
      token,
      "ERC20InvalidReceiver",
    );
  });

  describe("permit", () => {
    const types = {
      Permit: [
        { name: "owner", type: "address" },
        { name: "spender", type: "address" },
        { name: "value", type: "uint256" },
        { name: "nonce", type: "uint256" },
        { name: "deadline", type: "uint256" },
      ],
    };

    async function signed({ token, requester, market }, deadline) {
      const { chainId } = await ethers.provider.getNetwork();
      const domain = { name: "OpenGradient", version: "1", chainId, verifyingContract: token.target };
      const message = { owner: requester.address, spender: market.target, value: 7n, nonce: 0n, deadline };
      return ethers.Signature.from(await requester.signTypedData(domain, types, message));
    }

    it("lets a signature approve", async () => {
      const world = await loadFixture(deployed);
      const { token, requester, market } = world;
      const deadline = BigInt((await time.latest()) + WEEK);
      const { v, r, s } = await signed(world, deadline);
      await token.permit(requester, market, 7n, deadline, v, r, s);
      expect(await token.allowance(requester, market)).to.equal(7n);
    });

    it("refuses another's signature, and a late one", async () => {
      const world = await loadFixture(deployed);
      const { token, requester, stranger, market } = world;
      const deadline = BigInt((await time.latest()) + WEEK);
      const { v, r, s } = await signed(world, deadline);
      await expect(token.permit(stranger, market, 7n, deadline, v, r, s)).to.be.revertedWithCustomError(
        token,
        "ERC2612InvalidSigner",
      );
      await time.increase(2 * WEEK);
      await expect(token.permit(requester, market, 7n, deadline, v, r, s)).to.be.revertedWithCustomError(
        token,
        "ERC2612ExpiredSignature",
      );
    });
  });
});
