/*
 * The oracle of scripts/exhaustive: correctly rounded float32 functions by MPFR, which shares nothing with the code it judges.
 *
 *   oracle FUNCTION FIRST COUNT
 *
 * writes the results for the COUNT arguments whose bits are FIRST, FIRST + 1, ... to standard output, each as four bytes,
 * most significant first, in the canonical form of docs/canon.md (one zero, one NaN). FIRST to FIRST + COUNT - 1 must be
 * arguments of one sign.
 */
#include <mpfr.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NOT_A_NUMBER 0x7fc00000u
#define INFINITE 0x7f800000u
#define SIGN 0x80000000u
#define ONE 0x3f800000u

typedef int (*function)(mpfr_t result, mpfr_t argument);

static mpfr_t argument, result;

static int exponential(mpfr_t y, mpfr_t x) { return mpfr_exp(y, x, MPFR_RNDN); }
static int logarithm(mpfr_t y, mpfr_t x) { return mpfr_log(y, x, MPFR_RNDN); }
static int hyperbolic_tangent(mpfr_t y, mpfr_t x) { return mpfr_tanh(y, x, MPFR_RNDN); }
static int error_function(mpfr_t y, mpfr_t x) { return mpfr_erf(y, x, MPFR_RNDN); }
static int sine(mpfr_t y, mpfr_t x) { return mpfr_sin(y, x, MPFR_RNDN); }
static int cosine(mpfr_t y, mpfr_t x) { return mpfr_cos(y, x, MPFR_RNDN); }
static int arctangent(mpfr_t y, mpfr_t x) { return mpfr_atan(y, x, MPFR_RNDN); }
static int hyperbolic_sine(mpfr_t y, mpfr_t x) { return mpfr_sinh(y, x, MPFR_RNDN); }

/* Rounds what `approximate` gives at growing precision, with a relative error below 2^(4 - precision), once that decides. */
static int rounded(mpfr_t y, mpfr_t x, void (*approximate)(mpfr_t, mpfr_t)) {
  for (mpfr_prec_t precision = 96;; precision *= 2) {
    mpfr_t value;
    mpfr_init2(value, precision);
    approximate(value, x);
    int decided = mpfr_can_round(value, precision - 4, MPFR_RNDN, MPFR_RNDZ, mpfr_get_prec(y) + 1);
    int ternary = decided ? mpfr_set(y, value, MPFR_RNDN) : 0;
    mpfr_clear(value);
    if (decided) return ternary;
  }
}

/* e^-|x|, to the precision of y, which is another variable. */
static void decay(mpfr_t y, mpfr_t x) {
  mpfr_abs(y, x, MPFR_RNDN);
  mpfr_neg(y, y, MPFR_RNDN);
  mpfr_exp(y, y, MPFR_RNDN);
}

/* e^x / (1 + e^x) for negative x, 1 / (1 + e^-x) for others: three roundings. */
static void approximate_sigmoid(mpfr_t y, mpfr_t x) {
  mpfr_t power;
  mpfr_init2(power, mpfr_get_prec(y));
  decay(power, x);
  mpfr_add_ui(y, power, 1, MPFR_RNDN);
  if (mpfr_signbit(x))
    mpfr_div(y, power, y, MPFR_RNDN);
  else
    mpfr_ui_div(y, 1, y, MPFR_RNDN);
  mpfr_clear(power);
}

/* ln(1 + e^x) for negative x, x + ln(1 + e^-x) for others: three roundings. */
static void approximate_softplus(mpfr_t y, mpfr_t x) {
  decay(y, x);
  mpfr_log1p(y, y, MPFR_RNDN);
  if (!mpfr_signbit(x)) mpfr_add(y, y, x, MPFR_RNDN);
}

/* Beyond these, e^x is less than half of the least float32, or e^-x of the last place of 1 or x: no precision need decide. */
static int is_vanishing(mpfr_t x) { return mpfr_cmp_si(x, -128) <= 0; }
static int is_saturated(mpfr_t x) { return mpfr_cmp_si(x, 64) >= 0; }

static int sigmoid(mpfr_t y, mpfr_t x) {
  if (mpfr_zero_p(x)) return mpfr_set_d(y, 0.5, MPFR_RNDN);
  if (is_vanishing(x)) return mpfr_set_ui(y, 0, MPFR_RNDN);
  if (is_saturated(x)) return mpfr_set_ui(y, 1, MPFR_RNDN);
  return rounded(y, x, approximate_sigmoid);
}

static int softplus(mpfr_t y, mpfr_t x) {
  if (is_vanishing(x)) return mpfr_set_ui(y, 0, MPFR_RNDN);
  if (is_saturated(x)) return mpfr_set(y, x, MPFR_RNDN);
  return rounded(y, x, approximate_softplus);
}

static const struct {
  const char *name;
  function evaluate;
  uint32_t at_negative_infinity, at_infinity; /* bits */
  uint32_t monotone;                          /* the function is, on [0, this] and on [-this, 0] */
} FUNCTIONS[] = {
    {"exp", exponential, 0, INFINITE, INFINITE},
    {"log", logarithm, NOT_A_NUMBER, INFINITE, INFINITE},
    {"tanh", hyperbolic_tangent, SIGN | ONE, ONE, INFINITE},
    {"erf", error_function, SIGN | ONE, ONE, INFINITE},
    {"sigmoid", sigmoid, 0, ONE, INFINITE},
    {"sin", sine, NOT_A_NUMBER, NOT_A_NUMBER, ONE},
    {"cos", cosine, NOT_A_NUMBER, NOT_A_NUMBER, ONE},
    {"atan", arctangent, 0xbfc90fdbu, 0x3fc90fdbu, INFINITE},
    {"sinh", hyperbolic_sine, SIGN | INFINITE, INFINITE, INFINITE},
    {"softplus", softplus, 0, INFINITE, INFINITE},
};

static size_t chosen;

/* The exponents of binary32 count for the result only: what leads to it has room. */
static uint32_t evaluate(uint32_t bits) {
  float value;
  if ((bits & ~SIGN) > INFINITE) return NOT_A_NUMBER;
  if (bits == INFINITE) return FUNCTIONS[chosen].at_infinity;
  if (bits == (SIGN | INFINITE)) return FUNCTIONS[chosen].at_negative_infinity;
  memcpy(&value, &bits, sizeof value);
  mpfr_set_flt(argument, value == 0 ? 0.0f : value, MPFR_RNDN);
  int ternary = FUNCTIONS[chosen].evaluate(result, argument);
  mpfr_exp_t least = mpfr_get_emin(), greatest = mpfr_get_emax();
  mpfr_set_emin(-148);
  mpfr_set_emax(128);
  ternary = mpfr_check_range(result, ternary, MPFR_RNDN);
  mpfr_subnormalize(result, ternary, MPFR_RNDN);
  value = mpfr_get_flt(result, MPFR_RNDN);
  mpfr_set_emin(least);
  mpfr_set_emax(greatest);
  if (value != value) return NOT_A_NUMBER;
  if (value == 0) return 0;
  memcpy(&bits, &value, sizeof bits);
  return bits;
}

/* Results between equal results of a monotone function are equal, too. */
static void fill(uint32_t *results, uint32_t first, uint32_t low, uint32_t high) {
  if (high - low < 2) return;
  uint32_t monotone = FUNCTIONS[chosen].monotone;
  int even = results[low - first] == results[high - first] && (high & ~SIGN) <= monotone;
  if (even) {
    for (uint32_t bits = low + 1; bits < high; bits++) results[bits - first] = results[low - first];
    return;
  }
  uint32_t middle = low + (high - low) / 2;
  results[middle - first] = evaluate(middle);
  fill(results, first, low, middle);
  fill(results, first, middle, high);
}

int main(int count_of_words, char **words) {
  if (count_of_words != 4) {
    fprintf(stderr, "usage: oracle FUNCTION FIRST COUNT\n");
    return 2;
  }
  size_t functions = sizeof FUNCTIONS / sizeof *FUNCTIONS;
  while (chosen < functions && strcmp(words[1], FUNCTIONS[chosen].name) != 0) chosen++;
  uint32_t first = strtoul(words[2], NULL, 0), count = strtoul(words[3], NULL, 0);
  if (chosen == functions || count == 0) {
    fprintf(stderr, "oracle: no such function, or nothing to do\n");
    return 2;
  }
  uint32_t *results = malloc(count * sizeof *results);
  if (results == NULL) {
    fprintf(stderr, "oracle: no memory for %u results\n", count);
    return 1;
  }
  mpfr_init2(argument, 24);
  mpfr_init2(result, 24);
  uint32_t last = first + (count - 1);
  results[0] = evaluate(first);
  results[count - 1] = evaluate(last);
  fill(results, first, first, last);
  for (uint32_t i = 0; i < count; i++) {
    uint32_t bits = results[i];
    unsigned char bytes[4] = {bits >> 24, bits >> 16, bits >> 8, bits};
    if (fwrite(bytes, sizeof bytes, 1, stdout) != 1) return 1;
  }
  return fflush(stdout) == 0 ? 0 : 1;
}
