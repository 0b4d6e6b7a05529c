// Answers a question in SMT-LIB on standard input, by Z3, within so many seconds.
import { text } from "node:stream/consumers";

import { init } from "z3-solver";

const NARROWED = "(bv2nat (ite (>= ";

/**
 * The question with conversions to narrower integers as remainders, which is what they are. The compiler writes them by way of bit vectors:
 * `(bv2nat (ite (>= x 0) ((_ int2bv n) x) (bvneg ((_ int2bv n) (- x)))))` is x modulo 2ⁿ. Z3 is quick with the one and lost with the other.
 */
function withoutBitVectors(question) {
  let rest = question;
  let rewritten = "";
  for (let start = rest.indexOf(NARROWED); start >= 0; start = rest.indexOf(NARROWED)) {
    const end = endOfTerm(rest, start);
    const operand = start + NARROWED.length;
    const number = rest.slice(operand, endOfTerm(rest, operand));
    const [, width] = /\(_ int2bv (\d+)\)/.exec(rest.slice(start, end));
    rewritten += rest.slice(0, start);
    // The number may have conversions in it: it is looked through next.
    rest = `(mod ${number} ${2n ** BigInt(width)})${rest.slice(end)}`;
  }
  return rewritten + rest;
}

/** Behind the term that begins at `start`: a list, a name in bars, or a plain one. */
function endOfTerm(text, start) {
  const token = /\|[^|]*\||[()]|[^\s()|]+/g;
  token.lastIndex = start;
  for (let depth = 0; ;) {
    const [found] = token.exec(text);
    if (found === "(") depth++;
    else if (found === ")") depth--;
    if (depth === 0) return token.lastIndex;
  }
}

const [limit] = process.argv.slice(2);
const { Z3 } = await init();
Z3.global_param_set("timeout", String(limit * 1_000));
const question = withoutBitVectors(await text(process.stdin));
process.stdout.write(await Z3.eval_smtlib2_string(Z3.mk_context(Z3.mk_config()), question));
// Z3's threads would wait for more.
process.exit();
