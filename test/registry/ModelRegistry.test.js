import { expect } from "chai";

import { ZeroAddress, ZeroHash, deployed, disputable, loadFixture, versionContent } from "../support/marketplace.js";
import { publish } from "../support/programs.js";
import { FLOAT32, INT64, UINT8, typeOf } from "../support/tensors.js";

const INFINITY = 0x7f800000;
const NAN = 0x7fc00000;
const ONE = 0x3f800000;
const MINUS_ZERO = 0x80000000;
const MINUS_ONE = 0xbf800000;

describe("ModelRegistry", () => {
  let models, owner, stranger;

  beforeEach(async () => {
    ({ models, owner, stranger } = await loadFixture(deployed));
    models = models.connect(owner);
  });

  const refused = (call, error, ...values) =>
    expect(call)
      .to.be.revertedWithCustomError(models, error)
      .withArgs(...values);

  describe("createModel", () => {
    it("counts models from 1 and keeps owner and name", async () => {
      await expect(models.createModel("Second")).to.emit(models, "ModelCreated").withArgs(2n, owner.address, "Second");
      expect(await models.modelCount()).to.equal(2n);
      expect(await models.modelOf(2)).to.deep.equal([owner.address, "Second"]);
    });

    it("takes names of 1 to 64 bytes", async () => {
      await models.createModel("n".repeat(64));
      await refused(models.createModel(""), "InvalidName", 0n);
      await refused(models.createModel("n".repeat(65)), "InvalidName", 65n);
    });

    it("knows no model 0 and none beyond the count", async () => {
      await refused(models.modelOf(0), "UnknownModel", 0n);
      await refused(models.modelOf(2), "UnknownModel", 2n);
    });
  });

  describe("ownership", () => {
    it("passes when the other accepts", async () => {
      await expect(models.offerOwnership(1, stranger))
        .to.emit(models, "OwnershipOffered")
        .withArgs(1n, owner.address, stranger.address);
      await expect(models.connect(stranger).acceptOwnership(1))
        .to.emit(models, "OwnershipTransferred")
        .withArgs(1n, owner.address, stranger.address);
      expect((await models.modelOf(1)).owner).to.equal(stranger.address);
      await refused(models.publish(1, versionContent(), []), "NotModelOwner", 1n, owner.address);
      await refused(models.connect(stranger).acceptOwnership(1), "NotOffered", 1n, stranger.address);
    });

    it("is only the owner's to offer, and can be withdrawn", async () => {
      await refused(models.connect(stranger).offerOwnership(1, stranger), "NotModelOwner", 1n, stranger.address);
      await models.offerOwnership(1, stranger);
      await models.offerOwnership(1, ZeroAddress);
      await refused(models.connect(stranger).acceptOwnership(1), "NotOffered", 1n, stranger.address);
      await refused(models.acceptOwnership(9), "UnknownModel", 9n);
      await refused(models.offerOwnership(9, stranger), "UnknownModel", 9n);
    });
  });

  describe("publish", () => {
    it("keeps all that a version says", async () => {
      const content = versionContent({
        bands: [
          { absolute: ONE, relative: ONE - 1 },
          { absolute: 0, relative: 0 },
        ],
        domains: [{ low: MINUS_ONE, high: INFINITY }],
        bindings: [
          disputable([typeOf(FLOAT32, 1, 28, 28)], [typeOf(FLOAT32, 10), typeOf(INT64)]),
          {
            programRoot: ZeroHash,
            inputs: [typeOf(FLOAT32, 2, 28, 28)],
            outputs: [typeOf(FLOAT32, 20), typeOf(INT64, 2)],
          },
        ],
      });
      await expect(publish(models, content))
        .to.emit(models, "VersionPublished")
        .withArgs(2n, 1n, content.manifest, false);
      const encoded = (result) => models.interface.encodeFunctionResult("versionOf", result);
      expect(encoded(await models.versionOf(2))).to.equal(encoded([1n, false, content]));
      expect(await models.versionCount()).to.equal(2n);
    });

    it("tells each reader its part", async () => {
      const content = versionContent();
      expect(await models.terms(1, 0)).to.deep.equal([
        false,
        true,
        content.royalty,
        content.bond,
        4n,
        content.bindings[0].inputs,
      ]);
      expect(await models.claimTerms(1, 0)).to.deep.equal([content.royalty, content.bindings[0].outputs]);
      expect(await models.outputsOf(1, 0)).to.deep.equal(content.bindings[0].outputs);
      expect(await models.inputsOf(1, 0)).to.deep.equal(content.bindings[0].inputs);
      expect(await models.disputeTerms(1, 0)).to.deep.equal([content.bindings[0].programRoot, content.tracePrice]);
      const { absolute, relative } = content.bands[0];
      expect(await models.bandOf(1, 0)).to.deep.equal([BigInt(absolute), BigInt(relative)]);
      expect(await models.programRootOf(1, 0)).to.equal(content.bindings[0].programRoot);
      expect(await models.royaltyOf(1)).to.deep.equal([owner.address, content.royalty]);
    });

    it("says of a binding without a program that it can't be disputed", async () => {
      await publish(models, versionContent({ bindings: [{ ...versionContent().bindings[0], programRoot: ZeroHash }] }));
      expect((await models.terms(2, 0)).disputable).to.equal(false);
      expect(await models.programRootOf(2, 0)).to.equal(ZeroHash);
    });

    it("is only the owner's", async () => {
      await refused(models.connect(stranger).publish(1, versionContent(), []), "NotModelOwner", 1n, stranger.address);
      await refused(models.publish(7, versionContent(), []), "UnknownModel", 7n);
    });

    it("refuses an empty or overlong manifest or licence", async () => {
      const manifest = `0x${"01".repeat(65)}`;
      await refused(models.publish(1, versionContent({ manifest: "0x" }), []), "InvalidManifest", 0n);
      await refused(models.publish(1, versionContent({ manifest }), []), "InvalidManifest", 65n);
      await refused(models.publish(1, versionContent({ licence: "" }), []), "InvalidLicence", 0n);
      await refused(models.publish(1, versionContent({ licence: "x".repeat(65) }), []), "InvalidLicence", 65n);
    });

    it("refuses a file without hash or length", async () => {
      const { fileHash } = versionContent();
      await refused(models.publish(1, versionContent({ fileHash: ZeroHash }), []), "InvalidFile", ZeroHash, 1_000n);
      await refused(models.publish(1, versionContent({ fileLength: 0 }), []), "InvalidFile", fileHash, 0n);
    });

    describe("signature", () => {
      const [binding] = versionContent().bindings;
      const [band] = versionContent().bands;
      const [domain] = versionContent().domains;
      const wrongLists = {
        "no binding": { bindings: [] },
        "17 bindings": { bindings: Array(17).fill(binding) },
        "no input": { domains: [], bindings: [{ ...binding, inputs: [] }] },
        "no output": { bands: [], bindings: [{ ...binding, outputs: [] }] },
        "17 inputs": { domains: Array(17).fill(domain), bindings: [{ ...binding, inputs: Array(17).fill(typeOf(1)) }] },
        "17 outputs": { bands: Array(17).fill(band), bindings: [{ ...binding, outputs: Array(17).fill(typeOf(1)) }] },
        "another number of domains than inputs": { domains: [domain, domain] },
        "another number of bands than outputs": { bands: [band, band] },
        "a second binding of another length": { bindings: [binding, { ...binding, inputs: [typeOf(1), typeOf(1)] }] },
      };
      for (const [what, change] of Object.entries(wrongLists)) {
        it(`refuses ${what}`, async () => {
          await expect(models.publish(1, versionContent(change), [])).to.be.revertedWithCustomError(
            models,
            "InvalidSignature",
          );
        });
      }

      it("takes sixteen of each, but not with sixteen programs in one transaction", async () => {
        const sixteen = (one) => Array(16).fill(one);
        const shapes = disputable(sixteen(typeOf(FLOAT32, 2)), sixteen(typeOf(FLOAT32, 3)));
        const bindings = [...sixteen({ ...shapes, programRoot: ZeroHash }).slice(1), shapes];
        const content = versionContent({ bindings, bands: sixteen(band), domains: sixteen(domain) });
        await publish(models, content);
        expect((await models.terms(2, 15)).inputs).to.deep.equal(shapes.inputs);
        expect(await models.outputsOf(2, 15)).to.deep.equal(shapes.outputs);
      });

      for (const [what, kind] of Object.entries({
        "an unknown dtype": typeOf(10, 1),
        "a zero dimension": typeOf(FLOAT32, 0),
        "2^31 elements": typeOf(FLOAT32, 2 ** 16, 2 ** 15),
        "a dimension beyond the rank": typeOf(FLOAT32, 1) | (1n << 31n),
      })) {
        it(`refuses ${what}`, async () => {
          const asInput = versionContent({ bindings: [{ ...binding, inputs: [kind] }] });
          const asOutput = versionContent({ bindings: [{ ...binding, outputs: [kind] }] });
          await refused(models.publish(1, asInput, []), "InvalidTensorType", kind);
          await refused(models.publish(1, asOutput, []), "InvalidTensorType", kind);
        });
      }

      for (const [what, absolute, relative] of [
        ["an infinite", INFINITY, 0],
        ["a NaN", NAN, 0],
        ["a negative", MINUS_ONE, 0],
        ["a minus-zero", MINUS_ZERO, 0],
        ["a relative one of 1", 0, ONE],
        ["a relative NaN", 0, NAN],
        ["a negative relative", 0, MINUS_ONE],
      ]) {
        it(`refuses ${what} band`, async () => {
          const content = versionContent({ bands: [{ absolute, relative }] });
          await refused(models.publish(1, content, []), "InvalidBand", 0n, absolute, relative);
        });
      }

      it("refuses a band of an integer output", async () => {
        const content = versionContent({ bindings: [{ ...binding, outputs: [typeOf(INT64, 1)] }] });
        await refused(models.publish(1, content, []), "InvalidBand", 0n, band.absolute, band.relative);
      });

      for (const [what, low, high] of [
        ["upside down", ONE, MINUS_ONE],
        ["upside down below zero", MINUS_ONE, MINUS_ONE + 1],
        ["from NaN", NAN, ONE],
        ["to NaN", ONE, NAN],
      ]) {
        it(`refuses a domain ${what}`, async () => {
          const content = versionContent({ domains: [{ low, high }] });
          await refused(models.publish(1, content, []), "InvalidDomain", 0n, low, high);
        });
      }

      it("refuses a domain of an integer input", async () => {
        const content = versionContent({
          domains: [{ low: 0, high: ONE }],
          bindings: [{ ...binding, inputs: [typeOf(UINT8, 4)] }],
        });
        await refused(models.publish(1, content, []), "InvalidDomain", 0n, 0n, ONE);
      });

      it("takes a domain from minus zero to zero and one of all numbers", async () => {
        await publish(models, versionContent({ domains: [{ low: MINUS_ZERO, high: 0 }] }));
        await publish(models, versionContent({ domains: [{ low: 0xff800000, high: INFINITY }] }));
      });
    });
  });

  describe("deprecate", () => {
    it("marks the version, for ever", async () => {
      await expect(models.deprecate(1)).to.emit(models, "VersionDeprecated").withArgs(1n);
      expect((await models.versionOf(1)).deprecated).to.equal(true);
      expect((await models.terms(1, 0)).deprecated).to.equal(true);
      await refused(models.deprecate(1), "AlreadyDeprecated", 1n);
    });

    it("is only the owner's", async () => {
      await refused(models.connect(stranger).deprecate(1), "NotModelOwner", 1n, stranger.address);
      await refused(models.deprecate(3), "UnknownVersion", 3n);
    });
  });

  describe("what isn't there", () => {
    it("is named", async () => {
      await refused(models.versionOf(0), "UnknownVersion", 0n);
      await refused(models.terms(2, 0), "UnknownVersion", 2n);
      await refused(models.terms(1, 1), "UnknownBinding", 1n, 1n);
      await refused(models.claimTerms(2, 0), "UnknownVersion", 2n);
      await refused(models.claimTerms(1, 1), "UnknownBinding", 1n, 1n);
      await refused(models.outputsOf(2, 0), "UnknownVersion", 2n);
      await refused(models.outputsOf(1, 9), "UnknownBinding", 1n, 9n);
      await refused(models.inputsOf(2, 0), "UnknownVersion", 2n);
      await refused(models.inputsOf(1, 1), "UnknownBinding", 1n, 1n);
      await refused(models.disputeTerms(2, 0), "UnknownVersion", 2n);
      await refused(models.disputeTerms(1, 1), "UnknownBinding", 1n, 1n);
      await refused(models.bandOf(2, 0), "UnknownVersion", 2n);
      await refused(models.bandOf(1, 1), "UnknownOutput", 1n, 1n);
      await refused(models.programRootOf(2, 0), "UnknownVersion", 2n);
      await refused(models.programRootOf(1, 1), "UnknownBinding", 1n, 1n);
      await refused(models.royaltyOf(2), "UnknownVersion", 2n);
    });
  });
});
