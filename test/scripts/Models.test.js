import { expect } from "chai";

import { drawnSeven } from "../../scripts/lib/drawnSeven.js";
import { tables } from "../../scripts/lib/modelTables.js";
import { numpyFile } from "../../scripts/lib/numpyFile.js";
import { randomElements } from "../../scripts/lib/randomElements.js";

describe("What scripts/bench models is made of", () => {
  it("writes NumPy files whose data begin at a multiple of 64 bytes", () => {
    const file = numpyFile({ type: "int64", shape: [1, 2] }, [3, -1]);
    expect(file.subarray(1, 6).toString("latin1")).to.equal("NUMPY");
    const begin = 10 + file.readUInt16LE(8);
    expect(begin % 64).to.equal(0);
    expect(file.subarray(10, begin).toString("latin1")).to.match(/'descr': '<i8', .*'shape': \(1, 2,\), } *\n$/);
    expect([file.readBigInt64LE(begin), file.readBigInt64LE(begin + 8)]).to.deep.equal([3n, -1n]);
    expect(file.length).to.equal(begin + 16);
  });

  it("writes no file of a type that it does not know", () => {
    expect(() => numpyFile({ type: "bool", shape: [1] }, [1])).to.throw(/a file of bool/);
  });

  it("draws the same elements from the same seed, within their range", () => {
    const tokens = { type: "int64", shape: [1, 1000] };
    const drawn = randomElements(tokens, [5, 7], 1);
    expect(randomElements(tokens, [5, 7], 1)).to.deep.equal(drawn);
    expect(randomElements(tokens, [5, 7], 2)).not.to.deep.equal(drawn);
    expect([...new Set(drawn)].sort()).to.deep.equal([5, 6, 7]);
  });

  it("draws floats that are about normal", () => {
    const drawn = randomElements({ type: "float32", shape: [10_000] }, undefined, 1);
    const mean = drawn.reduce((sum, element) => sum + element, 0) / drawn.length;
    const variance = drawn.reduce((sum, element) => sum + (element - mean) ** 2, 0) / drawn.length;
    expect(mean).to.be.within(-0.05, 0.05);
    expect(variance).to.be.within(0.95, 1.05);
  });

  it("draws a seven inside of its picture", () => {
    const seven = drawnSeven(28);
    expect(seven).to.have.length(28 * 28);
    const inked = seven.filter((element) => element === 255).length;
    expect(seven.filter((element) => element !== 0)).to.have.length(inked);
    expect(inked).to.be.within(60, 160);
  });

  it("tells in its tables why a model was not compared", () => {
    const refused = { compare: { code: "OPG-604" } };
    const [, deviations] = tables([{ title: "a model", refused }]);
    expect(deviations).to.include("ONNX Runtime refuses the file (OPG-604)");
  });

  it("tells in its tables what a job gave by reference", () => {
    const job = { byReference: true, outputsByReference: false, engine: "ONNX Runtime", state: "finalised" };
    const [, , jobs] = tables([
      { title: "a model", job },
      { title: "another", job: { ...job, outputsByReference: true } },
      { title: "never asked" },
    ]);
    expect(jobs).to.match(/a model +\| by reference \| in the claim +\| ONNX Runtime/);
    expect(jobs).to.match(/another +\| by reference \| by reference +\| ONNX Runtime/);
    expect(jobs).to.match(/never asked +\| – +\| – +\| –/);
  });

  it("has a line for each output of a model", () => {
    const outputs = ["first", "second"].map((output) => ({ output, median: 0, p99: 1e-7, max: 2e-7 }));
    const bands = outputs.map(({ output }) => ({ output, absolute: 0, relative: 3e-6 }));
    const convictions = [
      { convicted: 2, samples: 2 },
      { convicted: 1, samples: 2 },
    ];
    const [, deviations] = tables([{ title: "a model", compared: { outputs }, bands, convictions }]);
    expect(deviations.split("\n")).to.have.length(4);
    expect(deviations).to.match(/a model +\| first +\| 0 +\| 1\.0e-7 +\| 2\.0e-7 +\| .*3\.0e-6·y +\| 3 of 4 +\|/);
    expect(deviations).to.match(/\| +\| second/);
  });
});
