import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";

const ROOT = resolve(import.meta.dirname, "../..");
const CLASSES = [join(ROOT, "example-models/target/classes"), join(ROOT, "oracle-worker/target/lib/*")].join(":");
const WRITER = "ai.opengradient.examples.shapes.WriteShapes";

/** Writes the ONNX file of one of the project's own networks to a folder, and gives its path. */
export function writtenShape({ name, shape }, folder) {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.onnx`);
  execFileSync(join(process.env.JAVA_HOME, "bin/java"), ["-cp", CLASSES, WRITER, shape, file], { stdio: "inherit" });
  return file;
}
