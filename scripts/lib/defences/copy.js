import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

const COPIED = ["contracts", "test", "scripts", "hardhat.config.js", "package.json"];
/** What nothing is removed from, so that a link will do. */
const LINKED = ["canon", "docs", "gas-snapshot.json", "node_modules"];
/** What the compiler leaves behind; with it only what changed is compiled. */
const COMPILED = ["artifacts", "cache"];

const copyInto = (to, from, names) => {
  for (const name of names) cpSync(join(from, name), join(to, name), { recursive: true });
};

/** Copies of the tree in a folder that goes away with them. */
export class Copies {
  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), "opg-defences-"));
    this.base = join(this.folder, "base");
    mkdirSync(this.base);
    copyInto(this.base, ROOT, COPIED);
    this.#link(this.base);
  }

  #link(folder) {
    for (const name of LINKED) symlinkSync(realpathSync(join(ROOT, name)), join(folder, name));
  }

  /** A copy of the first one, compiled as that was. */
  another(name) {
    const folder = join(this.folder, name);
    mkdirSync(folder);
    copyInto(folder, this.base, [...COPIED, ...COMPILED]);
    this.#link(folder);
    return folder;
  }

  drop(folder) {
    rmSync(folder, { recursive: true });
  }

  end() {
    this.drop(this.folder);
  }
}

/** How often the defence's text stands in its file. */
export const occurrences = ({ file, text }, folder = ROOT) =>
  readFileSync(join(folder, file), "utf8").split(text).length - 1;

/** Takes a defence out of a copy in which it stands once. */
export function remove({ file, text, without }, folder) {
  const path = join(folder, file);
  const [before, after] = readFileSync(path, "utf8").split(text);
  writeFileSync(path, before + without + after);
}
