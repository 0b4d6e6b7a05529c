// Where the ONNX files of exampleModels.js are.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";

const ROOT = resolve(import.meta.dirname, "../..");
const OWN = join(ROOT, "example-models/models");
const SHARED = join(ROOT, "../shared/models");
const CLASSES = [join(ROOT, "example-models/target/classes"), join(ROOT, "oracle-worker/target/lib/*")].join(":");
const WRITER = "ai.opengradient.examples.shapes.WriteShapes";

/**
 * The ONNX file of a model. One of the example networks is written anew.
 *
 * @param folder for written files
 * @param tell called with a line for people
 * @returns file; or, where it can't be had, notRun: the reason
 */
export function modelFile(model, folder, tell) {
  if (model.shape) return { file: written(model, folder, tell) };
  const file = model.own ? join(OWN, model.own) : join(SHARED, model.file);
  return existsSync(file) ? { file } : { notRun: `there is no ../shared/models/${model.file}` };
}

function written({ name, shape, apart }, folder, tell) {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.onnx`);
  tell(`${name}: written to ${file}`);
  execFileSync(
    join(process.env.JAVA_HOME, "bin/java"),
    ["-cp", CLASSES, WRITER, shape, file, ...(apart ? ["--data"] : [])],
    { stdio: "inherit" },
  );
  return file;
}
