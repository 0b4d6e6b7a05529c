import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";

const pathOf = (name) => fileURLToPath(new URL(`../../scripts/${name}`, import.meta.url));

/** Runs one of the scripts with these arguments; tells its exit status, its output and its errors. */
export const runScript = (name, ...given) =>
  new Promise((resolve) =>
    execFile(pathOf(name), given, { maxBuffer: 2 ** 24 }, (error, output, errors) =>
      resolve({ status: error ? error.code : 0, output, errors }),
    ),
  );
