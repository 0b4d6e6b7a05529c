import { parseArgs } from "node:util";

/** Wrong arguments: what is wrong with them. */
export class UsageError extends Error {}

const HELP_OPTION = { help: { type: "boolean", short: "h", default: false } };

/**
 * Runs a script with the arguments that it was given. With --help it writes its help; wrong arguments are answered with what is wrong, the help, and
 * the exit status 2.
 *
 * @param script {help, options, allowPositionals}, of which the latter two are parseArgs's; --help comes with it
 * @param main gets values and positionals; gives the exit status, or throws a UsageError
 */
export async function runMain({ help, options, allowPositionals }, main) {
  try {
    const { values, positionals } = parsed({ options: { ...options, ...HELP_OPTION }, allowPositionals });
    if (values.help) console.log(help);
    else process.exitCode = await main(values, positionals);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}\n\n${help}`);
    process.exitCode = 2;
  }
}

function parsed(config) {
  try {
    return parseArgs(config);
  } catch (error) {
    if (!error.code?.startsWith("ERR_PARSE_ARGS")) throw error;
    throw new UsageError(error.message);
  }
}
