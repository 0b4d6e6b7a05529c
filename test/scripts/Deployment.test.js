import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { expect } from "chai";

import { profile } from "../../scripts/lib/parameters.js";
import { profileNames } from "../../scripts/lib/parametersFile.js";
import { ethers, provider } from "../support/marketplace.js";

const script = fileURLToPath(new URL("../../scripts/deploy.js", import.meta.url));

describe("scripts/deploy.js", () => {
  let folder, server, url;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "opg-deployment-"));
    // The tests' own chain, over HTTP.
    server = createServer(async (incoming, outgoing) => {
      let body = "";
      for await (const chunk of incoming) body += chunk;
      const asked = JSON.parse(body);
      const answer = async ({ id, method, params }) => {
        try {
          return { jsonrpc: "2.0", id, result: await provider.request({ method, params }) };
        } catch (error) {
          return { jsonrpc: "2.0", id, error: { code: error.code ?? -32603, message: error.message } };
        }
      };
      const answers = Array.isArray(asked) ? await Promise.all(asked.map(answer)) : await answer(asked);
      outgoing.setHeader("content-type", "application/json");
      outgoing.end(JSON.stringify(answers));
    });
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${server.address().port}`;
  });

  after(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    rmSync(folder, { recursive: true });
  });

  function run(...given) {
    const child = spawn(process.execPath, [script, ...given], { stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    let errors = "";
    child.stdout.on("data", (chunk) => (output += chunk));
    child.stderr.on("data", (chunk) => (errors += chunk));
    return new Promise((resolve) => child.on("close", (status) => resolve({ status, output, errors })));
  }

  for (const name of profileNames) {
    it(`deploys the profile ${name} and writes where everything is`, async () => {
      const file = join(folder, `${name}.json`);
      const { status, output, errors } = await run("--rpc", url, "--profile", name, "--out", file);
      expect(status, errors).to.equal(0);
      const written = JSON.parse(readFileSync(file, "utf8"));
      expect(JSON.parse(output)).to.deep.equal(written);
      expect(Object.keys(written)).to.deep.equal([
        "chainId",
        "genesisHash",
        "blockNumber",
        "token",
        "models",
        "workers",
        "parameterSets",
        "market",
        "court",
        "evidence",
        "canon",
        "canonKind",
        "governor",
        "treasury",
        "profile",
      ]);
      const market = await ethers.getContractAt("InferenceMarket", written.market);
      const workers = await ethers.getContractAt("WorkerRegistry", written.workers);
      expect(await market.WORKERS()).to.equal(written.workers);
      expect(await workers.MARKET()).to.equal(written.market);
      expect(await workers.MODELS()).to.equal(written.models);
      expect(await market.MODELS()).to.equal(written.models);
      expect(await market.TOKEN()).to.equal(written.token);
      const parameterSets = await ethers.getContractAt("ParameterSets", written.parameterSets);
      expect(await market.PARAMETER_SETS()).to.equal(written.parameterSets);
      expect(await parameterSets.GOVERNOR()).to.equal(written.governor);
      expect(await market.TREASURY()).to.equal(written.treasury);
      expect(await market.COURT()).to.equal(written.court);
      const court = await ethers.getContractAt("Court", written.court);
      expect(await court.MARKET()).to.equal(written.market);
      expect(await court.TOKEN()).to.equal(written.token);
      expect(await court.MODELS()).to.equal(written.models);
      expect(await court.WORKERS()).to.equal(written.workers);
      expect(await court.PARAMETERS()).to.equal(written.parameterSets);
      expect(await court.EVIDENCE()).to.equal(written.evidence);
      const evidence = await ethers.getContractAt("Evidence", written.evidence);
      expect(await evidence.CANON()).to.equal(written.canon);
      expect(await evidence.MARKET()).to.equal(written.market);
      expect(await evidence.MODELS()).to.equal(written.models);
      expect(written.canonKind).to.equal("contracts");
      expect(errors).to.match(/^canon: contracts, as nothing is at 0x0+4F5047$/m);
      const canon = await ethers.getContractAt("Canon", written.canon);
      expect(await canon.specVersion()).to.equal(1n);
      const { market: marketParameters, court: courtParameters, workers: stakes } = profile(name);
      const integers = (set) => Object.fromEntries(Object.entries(set).map(([key, value]) => [key, BigInt(value)]));
      expect((await parameterSets.marketParametersOf(1)).toObject()).to.deep.equal(integers(marketParameters));
      expect((await parameterSets.courtParametersOf(1)).toObject()).to.deep.equal(integers(courtParameters));
      expect(await parameterSets.COOLDOWN()).to.equal(stakes.cooldown);
      expect(await workers.MINIMUM_STAKE()).to.equal(stakes.minimumStake);
      expect((await ethers.provider.getBlock(0)).hash).to.equal(written.genesisHash);
      expect(await ethers.provider.getCode(written.market, written.blockNumber - 1)).to.equal("0x");
    });
  }

  it("takes a key, a treasury, a proposer and a court", async () => {
    const { address: treasury } = ethers.Wallet.createRandom();
    const payer = ethers.Wallet.createRandom();
    const [rich, proposer, court] = await ethers.getSigners();
    await rich.sendTransaction({ to: payer.address, value: ethers.parseEther("10") });
    const file = join(folder, "chosen.json");
    const given = ["--key", payer.privateKey, "--treasury", treasury, "--court", court.address];
    const { status, errors } = await run(
      ...["--rpc", url, "--profile", "local", "--out", file, "--proposer", proposer.address],
      ...given,
    );
    expect(status, errors).to.equal(0);
    const written = JSON.parse(readFileSync(file, "utf8"));
    expect(written.treasury).to.equal(treasury);
    const token = await ethers.getContractAt("OPG", written.token);
    expect(await token.balanceOf(treasury)).to.equal(await token.totalSupply());
    const market = await ethers.getContractAt("InferenceMarket", written.market);
    expect(await market.COURT()).to.equal(court.address);
    expect(written.court).to.equal(court.address);
    expect(written).to.not.have.any.keys("evidence", "canon", "canonKind");
  });

  it("tells how it is used", async () => {
    const { status, output } = await run("--help");
    expect(status).to.equal(0);
    expect(output).to.match(/^usage: node scripts\/deploy\.js/);
  });

  for (const [what, given, status, message] of [
    ["arguments it doesn't know", ["--colour", "blue"], 2, /Unknown option '--colour'/],
    ["missing arguments", ["--profile", "local"], 2, /missing --rpc, --out/],
    ["an unknown profile", ["--rpc", "URL", "--out", "FILE", "--profile", "moon"], 2, /no profile "moon".*local/],
    ["no node", ["--rpc", "http://127.0.0.1:9", "--out", "FILE", "--profile", "local"], 3, /no JSON-RPC node answers/],
    [
      "a wrong address",
      ["--rpc", "URL", "--out", "FILE", "--profile", "local", "--court", "0x12"],
      2,
      /not an address/,
    ],
    [
      "an unknown canon",
      ["--rpc", "URL", "--out", "FILE", "--profile", "local", "--canon", "law"],
      2,
      /auto, precompile or contracts, not law/,
    ],
    [
      "a precompile that isn't there",
      ["--rpc", "URL", "--out", "FILE", "--profile", "local", "--canon", "precompile"],
      1,
      /nothing is at 0x/,
    ],
    ["a wrong key", ["--rpc", "URL", "--out", "FILE", "--profile", "local", "--key", "0x12"], 2, /not a private key/],
  ]) {
    it(`names ${what}`, async () => {
      const places = { URL: url, FILE: join(folder, "none.json") };
      const result = await run(...given.map((value) => places[value] ?? value));
      expect(result.errors).to.match(message);
      expect(result.status).to.equal(status);
    });
  }

  it("says what the node said of an account without money", async () => {
    const { privateKey } = ethers.Wallet.createRandom();
    const given = ["--rpc", url, "--profile", "local", "--out", join(folder, "none.json"), "--key", privateKey];
    const { status, errors } = await run(...given);
    expect(errors).to.match(/funds/);
    expect(status).to.equal(1);
  });
});
