// The ids that the importer of UnixFS by others gives, a line of JSON for each shape: node unixFsIds.js
// Contents are said by seed and size, as in SeededFiles.java.
import { BlackHoleBlockstore } from "blockstore-core/black-hole";
import { importFile, importer } from "ipfs-unixfs-importer";
import { fixedSize } from "ipfs-unixfs-importer/chunker";
import { balanced } from "ipfs-unixfs-importer/layout";
import { seededContent } from "../seededContent.js";

const MIB = 1 << 20;
const PROFILE = { profile: "unixfs-v1-2025" };

/** Around every boundary of trees of up to three levels. */
const boundaries = (leaf, links) =>
  [1, links, links ** 2, links ** 3].flatMap((leaves) => [leaves * leaf - 1, leaves * leaf, leaves * leaf + 1]);

const files = [
  ...[0, 1, ...boundaries(16, 3)].map((size) => ({ leaf: 16, links: 3, size })),
  ...boundaries(64, 2).map((size) => ({ leaf: 64, links: 2, size })),
  ...[0, 1, MIB - 1, MIB, MIB + 1, 2 * MIB, 9 * MIB + 7].map((size) => ({ leaf: MIB, links: 1024, size })),
].map((shape, index) => ({ ...shape, seed: index + 1 }));

const file = (path, index) => ({ path, seed: index, size: 3 + (index % 40) });
const many = (count, prefix = "") =>
  Array.from({ length: count }, (_, index) => file(`${prefix}entry-${index}`, index));
const directories = {
  "one file": [file("a", 1)],
  flat: ["b", "a", "c"].map(file),
  nested: ["a/b/c/d", "a/b/e", "f", "a/g"].map(file),
  "empty directories": [{ path: "empty" }, { path: "a/empty" }, file("a/file", 1)],
  "the same file twice": [
    { path: "a", seed: 1, size: 9 },
    { path: "b", seed: 1, size: 9 },
  ],
  "an empty file": [{ path: "empty", seed: 1, size: 0 }],
  "a file of two leaves": [{ path: "large", seed: 1, size: MIB + 1 }],
  "names of other scripts": ["żółć", "模型", "🤖.onnx", "ｚ", "naïve café", "𝒳"].map(file),
  "names that sort by bytes": ["a.b", "a-b", "a", "A", "a b", "aa", "～", "😀"].map(file),
  "a hundred": many(100),
  "the last that is one block": many(4_875),
  "the first that is sharded": many(4_876),
  "ten thousand": many(10_000),
  "a sharded one inside": [...many(6_000, "inside/"), file("outside", 7)],
};

for (const shape of files) {
  const tree = { chunker: fixedSize({ chunkSize: shape.leaf }), layout: balanced({ maxChildrenPerNode: shape.links }) };
  const content = { content: seededContent(shape.seed, shape.size) };
  const { cid, size } = await importFile(content, new BlackHoleBlockstore(), { ...PROFILE, ...tree });
  console.log(JSON.stringify({ ...shape, cid: cid.toString(), treeSize: Number(size) }));
}
for (const [shape, entries] of Object.entries(directories)) {
  const source = entries.map(({ path, seed, size }) =>
    size === undefined ? { path } : { path, content: seededContent(seed, size) },
  );
  let root;
  for await (const entry of importer(source, new BlackHoleBlockstore(), { ...PROFILE, wrapWithDirectory: true }))
    root = entry;
  console.log(JSON.stringify({ shape, entries, cid: root.cid.toString(), treeSize: Number(root.size) }));
}
