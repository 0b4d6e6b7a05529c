// Writes the golden vectors that the Solidity and the Java tests read.
//
//   node canon/vectors/generate.js            writes the *.json files beside this one
//   node canon/vectors/generate.js --check    fails if a committed file differs from what would be written

import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { tensorCommitments } from "./cases/commitmentCases.js";
import { canonicalFloats, tensorTypes } from "./cases/dataTypeCases.js";
import { descriptorCases } from "./cases/descriptorCases.js";
import { fixedPoints } from "./cases/fixedPointCases.js";
import { foldGroups } from "./cases/foldCases.js";
import { functionGroups } from "./cases/functionCases.js";
import { openingCases } from "./cases/openingCases.js";
import { primitiveGroups } from "./cases/primitiveCases.js";
import { programCases } from "./cases/programCases.js";
import { programFileCases } from "./cases/programFileCases.js";
import { textOfGroups, textOfLists } from "./cases/text.js";
import { verdictCases } from "./cases/verdictCases.js";

/** Every vector file's name and text. */
export function vectorFiles() {
  return {
    "tensor-types.json": textOfLists(tensorTypes()),
    "float32-canonical.json": textOfLists({ vectors: canonicalFloats() }),
    "tensor-commitments.json": textOfLists({ vectors: tensorCommitments() }),
    "fixed-point.json": textOfLists(fixedPoints()),
    "primitives.json": textOfGroups({ primitives: primitiveGroups() }),
    "functions.json": textOfGroups({ functions: functionGroups() }),
    "folds.json": textOfGroups({ folds: foldGroups() }),
    "descriptors.json": textOfLists({ descriptors: descriptorCases() }),
    "programs.json": textOfLists({ programs: programCases() }),
    "program-files.json": textOfLists({ files: programFileCases() }),
    "openings.json": textOfLists({ openings: openingCases() }),
    "verdicts.json": textOfLists({ verdicts: verdictCases() }),
  };
}

/** The names of the files that are not there or have another text. */
export function staleFiles() {
  return Object.entries(vectorFiles())
    .filter(([name, text]) => readIfThere(new URL(name, import.meta.url)) !== text)
    .map(([name]) => name);
}

function readIfThere(file) {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  if (process.argv[2] === "--check") {
    const stale = staleFiles();
    for (const name of stale)
      console.error(`canon/vectors/${name} is not what generate.js writes: run it and look at the difference`);
    process.exitCode = stale.length === 0 ? 0 : 1;
  } else {
    for (const [name, text] of Object.entries(vectorFiles())) writeFileSync(new URL(name, import.meta.url), text);
  }
}
