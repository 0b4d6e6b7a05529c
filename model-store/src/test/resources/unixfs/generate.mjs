// Writes the golden vectors beside it with the JavaScript implementation of UnixFS, which knows nothing of ours:
//
//   npm install --no-save ipfs-unixfs-importer@17.1.1 blockstore-core@7.0.1
//   node generate.mjs
//
// Byte i of a file with a seed is (seed + i + 7 * floor(i / 256) + 13 * floor(i / 65536)) mod 256.

import { writeFileSync } from "node:fs";
import { BlackHoleBlockstore } from "blockstore-core/black-hole";
import { MemoryBlockstore } from "blockstore-core/memory";
import { importFile } from "ipfs-unixfs-importer";
import { fixedSize } from "ipfs-unixfs-importer/chunker";
import { balanced, flat, trickle } from "ipfs-unixfs-importer/layout";

const MIB = 1 << 20;

function bytes(seed, from, to) {
  const result = new Uint8Array(to - from);
  for (let i = from; i < to; i++) {
    result[i - from] = (seed + i + 7 * Math.floor(i / 256) + 13 * Math.floor(i / 65536)) & 0xff;
  }
  return result;
}

async function* content(seed, size) {
  for (let from = 0; from < size; from += MIB) {
    yield bytes(seed, from, Math.min(size, from + MIB));
  }
}

async function profile() {
  const sizes = [0, 1, 2, 1_000, MIB - 1, MIB, MIB + 1, 2 * MIB, 3 * MIB + 5, 5_000_000, 10 * MIB, 17 * MIB - 3];
  sizes.push(1_024 * MIB, 1_025 * MIB + 1);
  const files = [];
  for (const size of sizes) {
    const seed = files.length + 1;
    const file = { content: content(seed, size) };
    const { cid } = await importFile(file, new BlackHoleBlockstore(), { profile: "unixfs-v1-2025" });
    files.push({ seed, size, cid: cid.toString() });
  }
  return files;
}

async function trees() {
  const chunker = fixedSize({ chunkSize: 16 });
  const shapes = {
    "version 0, wrapped leaves": { cidVersion: 0, rawLeaves: false, layout: balanced({ maxChildrenPerNode: 3 }) },
    "version 1, wrapped leaves of type raw": {
      rawLeaves: false,
      leafType: "raw",
      layout: balanced({ maxChildrenPerNode: 2 }),
    },
    "version 1, raw leaves, three levels": { rawLeaves: true, layout: balanced({ maxChildrenPerNode: 3 }) },
    "version 1, raw leaves, flat": { rawLeaves: true, layout: flat() },
    "version 0, trickle": {
      cidVersion: 0,
      rawLeaves: false,
      layout: trickle({ layerRepeat: 2, maxChildrenPerNode: 3 }),
    },
    "data before links": { rawLeaves: true, fieldOrder: "data-first", layout: balanced({ maxChildrenPerNode: 4 }) },
  };
  const result = [];
  for (const [shape, options] of Object.entries(shapes)) {
    const store = new MemoryBlockstore();
    const seed = 100 + result.length;
    const size = 200;
    const { cid } = await importFile({ content: content(seed, size) }, store, { chunker, ...options });
    const blocks = [];
    for await (const pair of store.getAll()) {
      const parts = [];
      for await (const part of store.get(pair.cid)) parts.push(part);
      blocks.push(Buffer.concat(parts).toString("base64"));
    }
    result.push({ shape, seed, size, cid: cid.toString(), blocks });
  }
  return result;
}

const source = "generate.mjs, with ipfs-unixfs-importer 17.1.1";
for (const [name, values] of Object.entries({ profile: await profile(), trees: await trees() })) {
  writeFileSync(new URL(`${name}.json`, import.meta.url), JSON.stringify({ source, [name]: values }, null, 2) + "\n");
}
