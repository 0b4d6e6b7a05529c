import { readFileSync } from "node:fs";

import { expect } from "chai";

import { occurrences } from "../../scripts/lib/defences/copy.js";
import { escaped } from "../../scripts/lib/defences/run.js";
import { DEFENCES } from "../../scripts/lib/defences/table.js";
import { runScript } from "./runScript.js";

const read = (name) => readFileSync(new URL(`../../${name}`, import.meta.url), "utf8");

/** A pattern for the titles that a template literal gives. */
const patternOf = (template) =>
  template
    .split(/\$\{[^}]*\}/)
    .map(escaped)
    .join(".+");

/** Whether a file has a test of this title, written out, a function's name, or made by a template. */
function hasTest(file, title) {
  const text = read(file);
  if (file.endsWith(".sol")) return text.includes(`function ${title}(`);
  if (text.includes(JSON.stringify(title))) return true;
  return [...text.matchAll(/\bit\(`([^`]+)`/g)].some(([, template]) =>
    new RegExp(`^${patternOf(template)}$`).test(title),
  );
}

describe("scripts/mutate-defences", () => {
  const page = read("docs/security.md");

  it("has each defence under a name of its own", () => {
    const names = DEFENCES.map(({ name }) => name);
    expect(new Set(names).size).to.equal(names.length);
    for (const name of names) expect(name).to.match(/^[a-z]+(?:['-][a-z]+)*$/);
  });

  for (const defence of DEFENCES) {
    const { name, text, without, test } = defence;
    it(`finds ${name} once, with its test, in docs/security.md too`, () => {
      expect(occurrences(defence)).to.equal(1);
      expect(without).not.to.equal(text);
      expect(hasTest(...test), test.join(": ")).to.equal(true);
      expect(page).to.include(`\`${name}\``).and.to.include(test[1]);
    });
  }

  it("names them", async () => {
    const { status, output } = await runScript("mutate-defences", "--list", "--json");
    expect(status).to.equal(0);
    expect(JSON.parse(output).map(({ name }) => name)).to.deep.equal(DEFENCES.map(({ name }) => name));
    const { output: one } = await runScript("mutate-defences", "--list", "band");
    expect(one).to.equal(
      "band\n  contracts/court/Evidence.sol\n  test/court/Proofs.test.js: refute nothing; one step beyond it they do\n",
    );
  });

  it("tells how it is used", async () => {
    const { status, output } = await runScript("mutate-defences", "--help");
    expect(status).to.equal(0);
    expect(output).to.match(/^scripts\/mutate-defences \[NAME\]/);
  });

  for (const [what, given, message] of [
    ["an unknown defence", ["moat"], /No defence "moat"/],
    ["an unknown option", ["--all"], /Unknown option '--all'/],
  ]) {
    it(`names ${what}`, async () => {
      const { status, errors } = await runScript("mutate-defences", ...given);
      expect(status).to.equal(2);
      expect(errors).to.match(message);
    });
  }
});

describe("scripts/prove", () => {
  it("tells how it is used", async () => {
    const { status, output } = await runScript("prove", "--help");
    expect(status).to.equal(0);
    expect(output).to.match(/^scripts\/prove \[CONTRACT\]/);
  });

  for (const [what, given, message] of [
    ["an unknown contract", ["Moat"], /No contract "Moat" in test\/proofs\/ClockProofs\.sol/],
    ["a limit that is none", ["--limit", "soon"], /--limit needs seconds, not "soon"/],
  ]) {
    it(`names ${what}`, async () => {
      const { status, errors } = await runScript("prove", ...given);
      expect(status).to.equal(2);
      expect(errors).to.match(message);
    });
  }
});
