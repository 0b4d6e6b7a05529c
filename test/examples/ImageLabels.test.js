import { expect } from "chai";
import { UINT8, packType } from "../../canon/vectors/reference/dataTypes.js";
import { behavesLikeInferenceClient } from "./clientBehaviour.js";
import { FUNDS, MAX_FEE, deployMarket, ethers, networkHelpers, requestIn, rowOf, subscriptionTo } from "./consumer.js";

const IMAGE_TYPE = packType(UINT8, [1, 1, 16, 16]);
const PIXELS = ethers.hexlify(Uint8Array.from({ length: 256 }, (_, place) => place));
const OTHER_PIXELS = ethers.hexlify(new Uint8Array(256));
const IMAGE = ethers.keccak256(PIXELS);
const OTHER_IMAGE = ethers.keccak256(OTHER_PIXELS);

async function deployLabels() {
  const { owner, stranger, market } = await deployMarket();
  const consumer = await ethers.deployContract("ImageLabels", [await subscriptionTo(market, owner), IMAGE_TYPE]);
  await market.transfer(consumer, FUNDS);
  return { owner, stranger, market, consumer };
}

async function askedLabels() {
  const deployed = await deployLabels();
  await deployed.consumer.requestLabel(PIXELS, MAX_FEE);
  return deployed;
}

describe("ImageLabels", () => {
  behavesLikeInferenceClient(deployLabels, "ImageLabels", [IMAGE_TYPE], (consumer) =>
    consumer.requestLabel(PIXELS, MAX_FEE),
  );

  it("sends the pixels with the image's type", async () => {
    const { consumer, market } = await networkHelpers.loadFixture(deployLabels);
    const transaction = await consumer.requestLabel(PIXELS, MAX_FEE);
    await expect(transaction).to.emit(consumer, "LabelRequested").withArgs(1, IMAGE);
    const { wanted } = await requestIn(transaction, market);
    expect(wanted.inputs.length).to.equal(1);
    expect(wanted.inputs[0].kind).to.equal(IMAGE_TYPE);
    expect(wanted.inputs[0].data).to.equal(PIXELS);
  });

  it("refuses images of another size", async () => {
    const { consumer } = await networkHelpers.loadFixture(deployLabels);
    await expect(consumer.requestLabel("0x", MAX_FEE))
      .to.be.revertedWithCustomError(consumer, "WrongImageLength")
      .withArgs(0, 256);
    await expect(consumer.requestLabel(PIXELS + "00", MAX_FEE))
      .to.be.revertedWithCustomError(consumer, "WrongImageLength")
      .withArgs(257, 256);
  });

  it("labels an image by its greatest score", async () => {
    const { consumer, market } = await networkHelpers.loadFixture(askedLabels);
    const scores = rowOf(-3, 7.5, 2, 7.5);
    const scoresHash = ethers.keccak256(scores.data);
    await expect(market.answer(consumer, 1, [scores]))
      .to.emit(consumer, "LabelSet")
      .withArgs(1, IMAGE, 1, scoresHash);
    expect(await consumer.labelOf(IMAGE)).to.deep.equal([1n, 1n, scoresHash]);
  });

  it("knows no label before the answer", async () => {
    const { consumer } = await networkHelpers.loadFixture(askedLabels);
    await expect(consumer.labelOf(IMAGE)).to.be.revertedWithCustomError(consumer, "NotLabelled").withArgs(IMAGE);
  });

  it("takes the answers to several images in any order", async () => {
    const { consumer, market } = await networkHelpers.loadFixture(askedLabels);
    await consumer.requestLabel(OTHER_PIXELS, MAX_FEE);
    await market.answer(consumer, 2, [rowOf(1, 2, 3)]);
    await market.answer(consumer, 1, [rowOf(3, 2, 1)]);
    expect((await consumer.labelOf(IMAGE)).label).to.equal(0);
    expect((await consumer.labelOf(OTHER_IMAGE)).label).to.equal(2);
  });

  it("keeps a newer label when an older request's answer comes late", async () => {
    const { consumer, market } = await networkHelpers.loadFixture(askedLabels);
    await consumer.requestLabel(PIXELS, MAX_FEE);
    await market.answer(consumer, 2, [rowOf(1, 2)]);
    await expect(market.answer(consumer, 1, [rowOf(2, 1)]))
      .to.emit(consumer, "StaleAnswerIgnored")
      .withArgs(1);
    expect((await consumer.labelOf(IMAGE)).label).to.equal(1);
  });

  it("ignores a second answer and one to a job that it never asked for", async () => {
    const { consumer, market } = await networkHelpers.loadFixture(askedLabels);
    await market.answer(consumer, 1, [rowOf(1, 2)]);
    await expect(market.answer(consumer, 1, [rowOf(2, 1)])).to.emit(consumer, "StaleAnswerIgnored");
    await expect(market.answer(consumer, 5, [rowOf(2, 1)])).to.emit(consumer, "StaleAnswerIgnored");
    expect((await consumer.labelOf(IMAGE)).label).to.equal(1);
  });

  it("can't be deployed for a word that is no type", async () => {
    const { owner, market } = await networkHelpers.loadFixture(deployMarket);
    const factory = await ethers.getContractFactory("ImageLabels");
    await expect(factory.deploy(await subscriptionTo(market, owner), 0))
      .to.be.revertedWithCustomError(factory, "InvalidImageType")
      .withArgs(0);
  });
});
