import { spawn } from "node:child_process";
import { join } from "node:path";

/** Runs Hardhat in a folder; gives its exit status and what it wrote. */
export function hardhat(folder, ...given) {
  const program = join(folder, "node_modules", ".bin", "hardhat");
  const child = spawn(program, given, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status) => resolve({ status, output }));
  });
}

/** A pattern for nothing but this text. */
export const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const counted = (output, what) => Number(output.match(new RegExp(`^\\s*(\\d+) ${what}`, "m"))?.[1] ?? 0);

/** What became of one test: {passed, failed} as numbers, and all that was written. */
export async function runTest(folder, [file, title]) {
  const kind = file.endsWith(".sol") ? "solidity" : "mocha";
  const { output } = await hardhat(folder, "test", kind, file, "--grep", escaped(title));
  return { passed: counted(output, "passing"), failed: counted(output, "failing"), output };
}
