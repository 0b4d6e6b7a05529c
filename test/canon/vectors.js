import { readFileSync } from "node:fs";

/** Reads a file of golden vectors from canon/vectors. */
export const vectors = (name) =>
  JSON.parse(readFileSync(new URL(`../../canon/vectors/${name}`, import.meta.url), "utf8"));
