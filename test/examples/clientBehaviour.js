import { expect } from "chai";
import { ethers, FUNDS, MAX_FEE, networkHelpers, rowOf, subscriptionTo } from "./consumer.js";

/**
 * What every InferenceClient does. `fixture` deploys { consumer, market, owner, stranger }, the consumer holding FUNDS;
 * `request(consumer)` asks for an inference.
 */
export function behavesLikeInferenceClient(fixture, contractName, constructorArguments, request) {
  it("pays its requests from its own tokens, and passes on what it subscribed to", async () => {
    const { consumer, market } = await networkHelpers.loadFixture(fixture);
    const before = await market.balanceOf(consumer);
    await expect(request(consumer)).to.emit(market, "Requested");
    expect(await market.balanceOf(consumer)).to.equal(before - MAX_FEE);
    const [event] = await market.queryFilter(market.filters.Requested());
    expect(event.args.requester).to.equal(await consumer.getAddress());
    const { version, binding, acceptUndisputable, callbackGas, maxFee, bond, claimPeriod } = event.args.wanted;
    expect([version, binding, acceptUndisputable, callbackGas, maxFee, bond, claimPeriod]).to.deep.equal([
      7n,
      1n,
      true,
      200_000n,
      MAX_FEE,
      ethers.parseEther("5"),
      0n,
    ]);
  });

  it("does not ask when it can't pay", async () => {
    const { consumer, market, owner } = await networkHelpers.loadFixture(fixture);
    await consumer.withdraw(owner, FUNDS);
    await expect(request(consumer)).to.be.revertedWithCustomError(market, "ERC20InsufficientBalance");
  });

  it("asks for its owner alone", async () => {
    const { consumer, stranger } = await networkHelpers.loadFixture(fixture);
    await expect(request(consumer.connect(stranger)))
      .to.be.revertedWithCustomError(consumer, "NotOwner")
      .withArgs(stranger);
  });

  it("takes answers from the market alone", async () => {
    const { consumer, owner } = await networkHelpers.loadFixture(fixture);
    await request(consumer);
    await expect(consumer.onInference(1, [rowOf(0.5)]))
      .to.be.revertedWithCustomError(consumer, "NotMarket")
      .withArgs(owner);
  });

  it("gives its tokens back to its owner alone", async () => {
    const { consumer, market, stranger } = await networkHelpers.loadFixture(fixture);
    await expect(consumer.withdraw(stranger, 3n)).to.emit(consumer, "FundsWithdrawn").withArgs(stranger, 3n);
    expect(await market.balanceOf(stranger)).to.equal(3n);
    await expect(consumer.connect(stranger).withdraw(stranger, 1n))
      .to.be.revertedWithCustomError(consumer, "NotOwner")
      .withArgs(stranger);
    await expect(consumer.withdraw(stranger, FUNDS)).to.be.revertedWithCustomError(market, "ERC20InsufficientBalance");
  });

  it("can't be deployed without an owner", async () => {
    const { consumer, market } = await networkHelpers.loadFixture(fixture);
    const subscription = await subscriptionTo(market, ethers.ZeroAddress);
    await expect(
      ethers.deployContract(contractName, [subscription, ...constructorArguments]),
    ).to.be.revertedWithCustomError(consumer, "NoOwner");
  });
}
