import { existsSync, readFileSync } from "node:fs";

import solc from "solc";

const root = new URL("../../", import.meta.url);

/** The blocks of a guide whose fence says "LANGUAGE run", in order. */
export function runnableBlocks(guide, language) {
  const text = readFileSync(new URL(`docs/${guide}.md`, root), "utf8");
  return [...text.matchAll(new RegExp(`^\`\`\`${language} run\\n(.*?)^\`\`\`$`, "gms"))].map(([, block]) => block);
}

/** Compiles a source as if it lay in contracts/examples, which is where the guide tells its readers to put it. */
export function compile(name, source) {
  const path = `contracts/examples/${name}.sol`;
  const input = {
    language: "Solidity",
    sources: { [path]: { content: source } },
    settings: { evmVersion: "osaka", outputSelection: { [path]: { [name]: ["abi", "evm.bytecode.object"] } } },
  };
  const { errors = [], contracts } = JSON.parse(solc.compile(JSON.stringify(input), { import: readImport }));
  if (errors.length > 0) throw new Error(errors.map(({ formattedMessage }) => formattedMessage).join("\n"));
  const { abi, evm } = contracts[path][name];
  return { abi, bytecode: `0x${evm.bytecode.object}` };
}

function readImport(path) {
  const found = [path, `node_modules/${path}`].map((place) => new URL(place, root)).find((file) => existsSync(file));
  return found ? { contents: readFileSync(found, "utf8") } : { error: `no file ${path}` };
}
