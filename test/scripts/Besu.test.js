import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import { expect } from "chai";

import { genesis } from "../../scripts/lib/besu/genesis.js";
import { PRECOMPILE } from "../../scripts/lib/canonChoice.js";

const SCRIPT = join(resolve(import.meta.dirname, "../.."), "scripts/besu");
const VALIDATOR = "0x9fE9C960f01a27B8b9043f86b649776703CDd1CC";
const RICH = `0x${"12".repeat(20)}`;

describe("A genesis file of Besu's", () => {
  it("names one validator as Besu's own generator does", () => {
    const { extraData } = genesis({ validators: [VALIDATOR], rich: RICH });
    expect(extraData).to.equal(`0xf83aa0${"00".repeat(32)}d594${VALIDATOR.slice(2).toLowerCase()}c080c0`);
  });

  it("names several in the order of their addresses", () => {
    const others = ["0xff", "0x01", "0xa0"].map((first) => first.padEnd(42, "5"));
    const { extraData } = genesis({ validators: others, rich: RICH });
    const ascending = [others[1], others[2], others[0]].map((address) => `94${address.slice(2)}`);
    expect(extraData).to.contain(`f83f${ascending.join("")}c080c0`);
  });

  it("keeps the precompile's account: code that fails, the activation block, the spec version", () => {
    const { alloc } = genesis({ validators: [VALIDATOR], rich: RICH, activation: 300, specVersion: 2 });
    const word = (digits) => `0x${digits.padStart(64, "0")}`;
    expect(alloc[PRECOMPILE.slice(2)]).to.deep.equal({
      balance: "0x0",
      code: "0xfe",
      storage: { [word("0")]: word("12c"), [word("1")]: word("2") },
    });
  });
});

describe("scripts/besu", () => {
  const { BESU_HOME, ...environment } = process.env;
  const run = (...given) => spawnSync(SCRIPT, given, { env: environment, encoding: "utf8" });

  it("explains itself", () => {
    const { status, stdout } = run("--help");
    expect(status).to.equal(0);
    expect(stdout).to.include("scripts/besu [--validators 1|4]").and.to.include("BESU_HOME");
  });

  it("says that it has not run where there is no Besu, with a status of its own", () => {
    const { status, stdout } = run("--check", "--validators", "4");
    expect(status).to.equal(77);
    expect(stdout).to.match(/^NOT RUN: BESU_HOME is not set/);
  });

  it("without --check is wrongly used where there is no Besu", () => {
    const { status, stderr } = run();
    expect(status).to.equal(2);
    expect(stderr).to.match(/^BESU_HOME is not set/);
  });

  for (const [what, given, message] of [
    ["another number of validators", ["--validators", "3"], /--validators is 1 or 4/],
    ["a missing plugin where one validator is all", ["--without-plugin", "1"], /three others have to go on/],
    ["a missing plugin of the node that is asked", ["--validators", "4", "--without-plugin", "1"], /2, 3 or 4/],
    ["two ways at once", ["--validators", "4", "--without-plugin", "2", "--no-plugin"], /exclude each other/],
    ["an option that there is not", ["--nodes", "4"], /Unknown option '--nodes'/],
  ]) {
    it(`refuses ${what} before anything starts`, () => {
      const { status, stderr } = run(...given);
      expect(status).to.equal(2);
      expect(stderr).to.match(message);
    });
  }
});
