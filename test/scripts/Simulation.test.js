import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { disputeAward, jobBondNeeded } from "../../scripts/lib/simulation/amounts.js";
import * as griefer from "../../scripts/lib/simulation/actors/griefer.js";
import * as watcher from "../../scripts/lib/simulation/actors/watcher.js";
import * as worker from "../../scripts/lib/simulation/actors/worker.js";
import { breakPoints, VARIED } from "../../scripts/lib/simulation/breakPoints.js";
import { bestResponses } from "../../scripts/lib/simulation/bestResponses.js";
import { blocksFor, finalityBound, longestDispute, longestGame } from "../../scripts/lib/simulation/clocks.js";
import { alternations, GAS } from "../../scripts/lib/simulation/gas.js";
import { economicsPage, plotsFolder } from "../../scripts/lib/simulation/page.js";
import { playPopulation } from "../../scripts/lib/simulation/population.js";
import { check, failing, PROPERTIES } from "../../scripts/lib/simulation/properties.js";
import { best, combinations, turningPoint } from "../../scripts/lib/simulation/search.js";
import { settle } from "../../scripts/lib/simulation/settlement.js";
import { linePlot } from "../../scripts/lib/simulation/svg.js";
import { figure, simulatedProfiles, varied, worldOf } from "../../scripts/lib/simulation/world.js";
import { runScript } from "./runScript.js";

const ALL = Object.values(VARIED).flat();

const run = (...given) => runScript("simulate", ...given);

const namesOf = (properties) => properties.map(({ name }) => name);

describe("Simulation of the court's economics", () => {
  it("is about every profile but the one for demonstrations", () => {
    expect(simulatedProfiles).to.deep.equal(["consortium", "l2", "l1"]);
    expect(() => worldOf("local")).to.throw(/"local" stands for no real chain.*consortium, l2, l1/);
    expect(() => worldOf("moon")).to.throw(/no profile "moon"/);
  });

  for (const name of simulatedProfiles) {
    describe(`the profile ${name}`, () => {
      const world = worldOf(name);

      for (const { name: property, holds, margin } of check(world)) {
        it(`keeps: ${property}`, () => {
          expect(holds, `margin ${margin}`).to.equal(true);
        });
      }

      it("keeps everything where gas is free", () => {
        expect(namesOf(failing(varied(world, "assumed.gasPrice", 0)))).to.deep.equal([]);
      });

      it("makes honest work the best of all plans of a worker with strangers", () => {
        const { plan } = worker.bestPlan(world, ({ requester }) => requester === "stranger");
        expect(plan).to.deep.equal(worker.HONEST);
      });

      it("makes cheating the best plan where nobody watches, and honest work from the least watched share on", () => {
        const { leastWatched } = bestResponses(world);
        const answer = (watched) =>
          worker.bestPlan(varied(world, "assumed.watchedShare", watched), ({ requester }) => requester === "stranger")
            .plan.answer;
        expect(answer(0)).to.equal("wrong");
        expect(answer(leastWatched * 0.99)).to.equal("wrong");
        expect(answer(leastWatched * 1.01)).to.equal("right");
      });

      it("leaves the worker richer after one, 50 and 500 sham challenges, and the griefer poorer by each bond", () => {
        for (const challenges of [1, 50, 500]) {
          const plan = { challenges, opened: true, walk: false, demands: false };
          const outcome = griefer.outcome(world, plan, world.assumed.gasPrice);
          expect(outcome.worker, `${challenges} challenges`).to.be.above(0);
          expect(outcome.griefer).to.be.at.most(-2 * challenges * disputeAward(world));
        }
      });

      it("makes watching pay just above the break-even rate of fraud, and not below", () => {
        for (const [share, rivals] of [
          [1, 0],
          [0.1, 0],
          [0.1, 9],
        ]) {
          const fraud = watcher.breakEvenFraud(world, { share, rivals });
          // The rate leaves out the canonical run that a wrong answer takes: far less than a part in a thousand of what it wins.
          const earned = (rate) => watcher.payoff(world, { way: "filter", share }, { fraud: rate, rivals });
          expect(earned(fraud * 1.001)).to.be.above(0);
          expect(earned(fraud * 0.999)).to.be.below(0);
        }
      });

      it("leaves watchers idle where there is no fraud", () => {
        expect(watcher.bestPlan(world, { fraud: 0 }).plan.way).to.equal("idle");
      });

      it("breaks the named property behind each break point, and none before", () => {
        let ends = 0;
        for (const { path, value, least, greatest } of breakPoints(world, ALL)) {
          for (const [end, outwards] of [
            [least, -1],
            [greatest, 1],
          ]) {
            if (end === null) continue;
            ends++;
            const step = path === "court.demandLimit" ? 1 : Math.max(Math.abs(end.value), Math.abs(value)) * 0.002;
            const inside = varied(world, path, value + (end.value - value) * 0.999);
            const beyond = varied(world, path, end.value + outwards * step);
            expect(namesOf(failing(inside)), `${path} within ${end.value}`).to.deep.equal([]);
            expect(namesOf(failing(beyond)), `${path} beyond ${end.value}`).to.include(end.property);
          }
        }
        expect(ends).to.be.above(30);
      });
    });
  }

  describe("properties", () => {
    it("each break somewhere", () => {
      const broken = new Set();
      for (const name of simulatedProfiles) {
        const world = worldOf(name);
        for (const path of ALL) {
          for (const factor of [0, 0.001, 0.1, 10, 1_000]) {
            for (const property of failing(varied(world, path, figure(world, path) * factor)))
              broken.add(property.name);
          }
        }
      }
      expect(namesOf(PROPERTIES).filter((name) => !broken.has(name))).to.deep.equal([]);
    });

    it("hold for a model whose bond is what it needs, as far as money goes", () => {
      for (const name of simulatedProfiles) {
        for (const model of ["mnist", "resnet-50", "bert-base", "greatest"]) {
          const world = worldOf(name, model);
          const bonded = varied(world, "market.minimumBond", Math.max(world.market.minimumBond, jobBondNeeded(world)));
          expect(namesOf(failing(bonded))).not.to.include.members(["job bond covers a dispute"]);
          expect(namesOf(failing(bonded))).not.to.include.members(["a challenge wins what it risks"]);
          expect(namesOf(failing(bonded))).not.to.include.members(["conviction pays"]);
        }
      }
    });

    it("name the trace price that nobody could challenge", () => {
      const dear = varied(worldOf("l2"), "model.tracePrice", 1_000_000);
      expect(namesOf(failing(dear))).to.include("a challenge wins what it risks");
    });
  });

  describe("settlement", () => {
    it("moves money and makes none, whatever the plan", () => {
      for (const name of simulatedProfiles) {
        for (const plan of worker.plans) {
          for (const caught of [false, true]) {
            const sum = Object.values(settle(worldOf(name), plan, caught)).reduce((total, balance) => total + balance);
            expect(Math.abs(sum), JSON.stringify({ name, plan, caught })).to.be.below(1e-6);
          }
        }
      }
    });

    it("burns half of a caught worker's bond, whoever challenges", () => {
      const world = worldOf("l2");
      for (const plan of worker.plans.filter(({ answer }) => answer === "wrong")) {
        expect(settle(world, plan, true).burned).to.be.at.least(world.market.minimumBond / 2);
      }
    });

    it("gives the winner's share to the partner who committed earlier", () => {
      const world = worldOf("l2");
      const plan = { answer: "wrong", selfChallenge: "none", defence: "silent" };
      expect(settle(world, plan, true).watcher).to.be.within(
        0.3 * world.market.minimumBond,
        0.4 * world.market.minimumBond,
      );
      expect(settle(world, { ...plan, selfChallenge: "opened" }, true).watcher).to.be.below(0);
    });
  });

  describe("clocks", () => {
    it("finds the longest game: both clocks, and an extension for each other move", () => {
      for (const questions of [1, 2, 5]) {
        expect(longestGame(1_000, 2_000, 10, questions)).to.equal(3_000 + (2 * questions - 1) * 10);
      }
      expect(longestGame(5, 5, 10, 1)).to.equal(5 + 10 + 10);
    });

    it("finds the dispute no longer with eight challenges than with one, and never beyond the bound", () => {
      for (const name of simulatedProfiles) {
        const world = worldOf(name);
        expect(longestDispute(world, 8)).to.equal(longestDispute(world, 1));
        expect(longestDispute(world, 9)).to.equal(longestDispute(world, 1) + world.court.extension);
        expect(longestDispute(world, 1e6)).to.equal(longestDispute(world, 1) + world.court.workerClock);
        expect(longestDispute(world, 1e6)).to.be.at.most(finalityBound(world));
      }
    });

    it("counts the blocks that outlast censors", () => {
      expect(blocksFor(3, 0)).to.equal(3);
      // One move past half of the producers: 2^-30 is the first power below a thousand-millionth.
      expect(blocksFor(1, 0.5)).to.equal(30);
      expect(blocksFor(2, 0.5)).to.be.within(31, 36);
      expect(blocksFor(1, 0.99)).to.equal(Math.ceil(Math.log(1e-9) / Math.log(0.99)));
    });

    it("counts questions", () => {
      expect(alternations({ nodes: 1, leaves: 1 })).to.equal(2);
      expect(alternations({ nodes: 16, leaves: 17 })).to.equal(4);
      expect(alternations({ nodes: 65_536, leaves: 2 ** 24 })).to.equal(11);
    });
  });

  describe("gas", () => {
    const snapshot = JSON.parse(readFileSync(new URL("../../gas-snapshot.json", import.meta.url), "utf8"));

    it("is a little above what is measured", () => {
      const job = snapshot["second job, 4 B"];
      const measured = {
        request: job.request,
        challenge: snapshot["court.challenge"],
        ask: snapshot["court.ask, Leaves, the leaf"],
      };
      for (const [move, gas] of Object.entries(measured)) expect(GAS[move], move).to.be.within(gas, gas + 10_000);
    });

    it("has answers as dear as any that is measured", () => {
      const answers = Object.keys(snapshot).filter((move) => move.startsWith("court.reveal, "));
      expect(answers).to.have.length(7);
      for (const answer of answers) {
        expect(snapshot[answer], answer).to.be.at.most(answer.includes("hashes") ? GAS.revealHashes : GAS.revealLeaf);
      }
    });
  });

  describe("population", () => {
    it("is the same from the same seed, and another from another", () => {
      const world = worldOf("l2");
      const played = playPopulation(world, { seed: 7, rounds: 40 });
      expect(playPopulation(world, { seed: 7, rounds: 40 })).to.deep.equal(played);
      expect(playPopulation(world, { seed: 8, rounds: 40 })).not.to.deep.equal(played);
    });

    it("unlearns cheating: two thirds at first, a small rest in the end", () => {
      for (const seed of [1, 2, 3]) {
        const rounds = playPopulation(worldOf("l2"), { seed });
        const mean = (field, from, to) =>
          rounds.slice(from, to).reduce((sum, row) => sum + row[field], 0) / (to - from);
        expect(mean("wrong", 0, 2), `seed ${seed}`).to.be.above(0.5);
        expect(mean("wrong", 50, 300), `seed ${seed}`).to.be.below(0.15);
        expect(mean("stood", 50, 300), `seed ${seed}`).to.be.below(0.05);
      }
    });
  });

  describe("search", () => {
    it("combines all choices, finds the best, and where a condition turns", () => {
      const plans = combinations({ one: [1, 2], other: [3, 4] });
      expect(plans).to.have.length(4);
      expect(best(plans, ({ one, other }) => one * other)).to.deep.equal({ plan: { one: 2, other: 4 }, payoff: 8 });
      expect(turningPoint(0, 10, (value) => value <= Math.PI)).to.be.within(3.1415, Math.PI);
      expect(turningPoint(10, 0, (value) => value >= Math.E)).to.be.within(Math.E, 2.7183);
    });
  });

  describe("plots", () => {
    it("draw each line, and write names so that no document breaks", () => {
      const plot = linePlot({
        title: "a < b",
        x: { label: "x", logarithmic: true },
        y: { label: "y & z" },
        lines: [
          { name: "one", points: [[0.01, 1], [100, 5]] }, // prettier-ignore
          { name: "two", points: [[0.1, -2], [10, 2]] }, // prettier-ignore
        ],
      });
      expect(plot).to.match(/^<svg [^>]*>/);
      expect(plot).to.include("a &lt; b").and.include("y &amp; z");
      expect(plot.match(/stroke-width="2"/g)).to.have.length(4);
      expect(plot).not.to.match(/NaN|Infinity|undefined/);
    });
  });

  describe("docs/economics.md", () => {
    it("says what the simulation says (node scripts/lib/simulation/page.js renews it)", () => {
      const { text, plots } = economicsPage();
      expect(readFileSync(new URL("../../docs/economics.md", import.meta.url), "utf8")).to.equal(text);
      for (const [name, plot] of Object.entries(plots)) {
        expect(readFileSync(new URL(name, plotsFolder), "utf8"), name).to.equal(plot);
        expect(text).to.include(`economics/${name}`);
      }
      expect(readdirSync(plotsFolder).sort()).to.deep.equal(Object.keys(plots).sort());
    });
  });
});

describe("scripts/simulate", () => {
  let folder;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "opg-simulation-"));
  });

  after(() => rmSync(folder, { recursive: true }));

  it("tells how it is used", async () => {
    const { status, output } = await run("--help");
    expect(status).to.equal(0);
    expect(output).to.match(/^scripts\/simulate \[--profile NAME\]/);
  });

  it("says of a profile what holds, and where it breaks", async () => {
    const { status, output, errors } = await run("--profile", "l2");
    expect(status, errors).to.equal(0);
    expect(output).to.include("=== l2: all properties hold ===");
    for (const { name } of PROPERTIES) expect(output).to.include(name);
    for (const path of ALL) expect(output).to.include(path.split(".")[1]);
  });

  it("gives the same JSON for the same seed, and writes its plots", async () => {
    const given = ["--profile", "consortium", "--json", "--seed", "3"];
    const plots = join(folder, "plots");
    const first = await run(...given, "--out", plots);
    const second = await run(...given);
    const other = await run("--profile", "consortium", "--json", "--seed", "4");
    expect(first.status, first.errors).to.equal(0);
    expect(first.output).to.equal(second.output);
    expect(other.output).not.to.equal(second.output);
    const { seed, holds, profiles } = JSON.parse(first.output);
    expect({ seed, holds }).to.deep.equal({ seed: 3, holds: true });
    expect(profiles.map(({ profile }) => profile)).to.deep.equal(["consortium"]);
    expect(readdirSync(plots).sort()).to.deep.equal(
      ["break-even-by-cost", "break-even-by-share", "deterrence", "finality", "griefing", "population"].map(
        (name) => `consortium-${name}.svg`,
      ),
    );
  });

  it("tries other values, and says what they break", async () => {
    const plots = join(folder, "broken");
    const { status, output } = await run(
      "--out",
      plots,
      "--profile",
      "l2",
      "--set",
      "court.extension=60",
      "--set",
      "market.minimumBond=1",
    );
    expect(status).to.equal(1);
    expect(output).to.include("=== l2: A PROPERTY BREAKS ===");
    expect(output).to.match(/an earlier challenger is heard +-\S+ +s +NO/);
    expect(output).to.match(/job bond covers a dispute +-\S+ +\$OPG +NO/);
    for (const plot of readdirSync(plots)) expect(readFileSync(join(plots, plot), "utf8")).not.to.include("NaN");
    expect(output).to.match(/window outlasts censorship +\S+ +s +yes/);
  });

  for (const [what, given, message] of [
    ["arguments it doesn't know", ["--colour"], /Unknown option '--colour'/],
    ["a word too many", ["l2"], /Unexpected argument 'l2'/],
    ["an unknown profile", ["--profile", "moon"], /No assumptions about a profile "moon".*consortium, l2, l1/],
    ["the profile for demonstrations", ["--profile", "local"], /No assumptions about a profile "local"/],
    ["a profile without a name", ["--profile"], /--profile/],
    ["a seed that is none", ["--seed", "twelve"], /--seed needs a whole number from 0 to 4294967295, not "twelve"/],
    ["a negative seed", ["--seed=-1"], /--seed needs a whole number/],
    ["a seed too large", ["--seed", "4294967296"], /--seed needs a whole number/],
    ["a figure without a value", ["--set", "court.extension"], /--set needs FIGURE=VALUE.*not "court.extension"/],
    ["a value that is none", ["--set", "court.extension=-1"], /--set needs FIGURE=VALUE/],
    ["a figure that is none", ["--set", "court.patience=1"], /there is no figure "court.patience"/],
    ["a figure that is no number", ["--set", "name.length=1"], /there is no figure "name.length"/],
    ["a share of more than all", ["--set", "assumed.censors=1"], /assumed.censors is a share, below 1/],
    ["a zero that others are divided by", ["--set", "court.openPeriod=0"], /court.openPeriod can't be zero/],
    ["no folder", ["--out", ""], /--out needs a folder/],
  ]) {
    it(`names ${what}`, async () => {
      const { status, output, errors } = await run(...given);
      expect(errors).to.match(message);
      expect(errors).to.include("scripts/simulate [--profile NAME]");
      expect(output).to.equal("");
      expect(status).to.equal(2);
    });
  }

  it("names a folder that can't be made", async () => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    const { status, errors } = await run("--profile", "l2", "--out", join(file, "plots"));
    expect(errors).to.match(/can't make the folder .*ENOTDIR/);
    expect(status).to.equal(2);
  });
});
