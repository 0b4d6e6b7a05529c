package ai.opengradient.canon.engine.commitment;

import static jdk.incubator.vector.VectorOperators.AND_NOT;
import static jdk.incubator.vector.VectorOperators.ROL;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The permutation Keccak-f[1600] of several states at once, one in each lane of a vector.
 *
 * <p>A round stands written out, on 25 vectors that are variables and nothing else, because of how
 * the compiler works: in a method as large as this one it no longer inlines small methods, and a
 * vector that crosses a call becomes an object. The species is a constant for the same reason: if
 * it were a parameter, one other species anywhere in the process would make this a hundred times
 * slower.
 *
 * <p>Source: the Keccak reference, version 3.0 (keccak.team).
 */
final class LanewisePermutation {
  /** Words of 64 bits in a state. */
  static final int WORDS = 25;

  private static final VectorSpecies<Long> SPECIES = LongVector.SPECIES_PREFERRED;

  /** States permuted at once. */
  static final int LANES = SPECIES.length();

  private static final long[] ROUND_CONSTANTS = {
    0x0000000000000001L, 0x0000000000008082L, 0x800000000000808aL, 0x8000000080008000L,
    0x000000000000808bL, 0x0000000080000001L, 0x8000000080008081L, 0x8000000000008009L,
    0x000000000000008aL, 0x0000000000000088L, 0x0000000080008009L, 0x000000008000000aL,
    0x000000008000808bL, 0x800000000000008bL, 0x8000000000008089L, 0x8000000000008003L,
    0x8000000000008002L, 0x8000000000000080L, 0x000000000000800aL, 0x800000008000000aL,
    0x8000000080008081L, 0x8000000000008080L, 0x0000000080000001L, 0x8000000080008008L,
  };

  private LanewisePermutation() {}

  /**
   * Permutes each of the states.
   *
   * @param states word w = x + 5y of the state in lane l at w · LANES + l
   */
  static void permute(long[] states) {
    LongVector word0 = LongVector.fromArray(SPECIES, states, 0);
    LongVector word1 = LongVector.fromArray(SPECIES, states, LANES);
    LongVector word2 = LongVector.fromArray(SPECIES, states, 2 * LANES);
    LongVector word3 = LongVector.fromArray(SPECIES, states, 3 * LANES);
    LongVector word4 = LongVector.fromArray(SPECIES, states, 4 * LANES);
    LongVector word5 = LongVector.fromArray(SPECIES, states, 5 * LANES);
    LongVector word6 = LongVector.fromArray(SPECIES, states, 6 * LANES);
    LongVector word7 = LongVector.fromArray(SPECIES, states, 7 * LANES);
    LongVector word8 = LongVector.fromArray(SPECIES, states, 8 * LANES);
    LongVector word9 = LongVector.fromArray(SPECIES, states, 9 * LANES);
    LongVector word10 = LongVector.fromArray(SPECIES, states, 10 * LANES);
    LongVector word11 = LongVector.fromArray(SPECIES, states, 11 * LANES);
    LongVector word12 = LongVector.fromArray(SPECIES, states, 12 * LANES);
    LongVector word13 = LongVector.fromArray(SPECIES, states, 13 * LANES);
    LongVector word14 = LongVector.fromArray(SPECIES, states, 14 * LANES);
    LongVector word15 = LongVector.fromArray(SPECIES, states, 15 * LANES);
    LongVector word16 = LongVector.fromArray(SPECIES, states, 16 * LANES);
    LongVector word17 = LongVector.fromArray(SPECIES, states, 17 * LANES);
    LongVector word18 = LongVector.fromArray(SPECIES, states, 18 * LANES);
    LongVector word19 = LongVector.fromArray(SPECIES, states, 19 * LANES);
    LongVector word20 = LongVector.fromArray(SPECIES, states, 20 * LANES);
    LongVector word21 = LongVector.fromArray(SPECIES, states, 21 * LANES);
    LongVector word22 = LongVector.fromArray(SPECIES, states, 22 * LANES);
    LongVector word23 = LongVector.fromArray(SPECIES, states, 23 * LANES);
    LongVector word24 = LongVector.fromArray(SPECIES, states, 24 * LANES);
    for (long constant : ROUND_CONSTANTS) {
      // θ: two columns' parities change each column.
      LongVector parity0 =
          word0
              .lanewise(XOR, word5)
              .lanewise(XOR, word10)
              .lanewise(XOR, word15)
              .lanewise(XOR, word20);
      LongVector parity1 =
          word1
              .lanewise(XOR, word6)
              .lanewise(XOR, word11)
              .lanewise(XOR, word16)
              .lanewise(XOR, word21);
      LongVector parity2 =
          word2
              .lanewise(XOR, word7)
              .lanewise(XOR, word12)
              .lanewise(XOR, word17)
              .lanewise(XOR, word22);
      LongVector parity3 =
          word3
              .lanewise(XOR, word8)
              .lanewise(XOR, word13)
              .lanewise(XOR, word18)
              .lanewise(XOR, word23);
      LongVector parity4 =
          word4
              .lanewise(XOR, word9)
              .lanewise(XOR, word14)
              .lanewise(XOR, word19)
              .lanewise(XOR, word24);
      LongVector change0 = parity4.lanewise(XOR, parity1.lanewise(ROL, 1));
      LongVector change1 = parity0.lanewise(XOR, parity2.lanewise(ROL, 1));
      LongVector change2 = parity1.lanewise(XOR, parity3.lanewise(ROL, 1));
      LongVector change3 = parity2.lanewise(XOR, parity4.lanewise(ROL, 1));
      LongVector change4 = parity3.lanewise(XOR, parity0.lanewise(ROL, 1));
      // ρ and π: each word is rotated and moves to another place.
      LongVector moved0 = word0.lanewise(XOR, change0);
      LongVector moved1 = word6.lanewise(XOR, change1).lanewise(ROL, 44);
      LongVector moved2 = word12.lanewise(XOR, change2).lanewise(ROL, 43);
      LongVector moved3 = word18.lanewise(XOR, change3).lanewise(ROL, 21);
      LongVector moved4 = word24.lanewise(XOR, change4).lanewise(ROL, 14);
      LongVector moved5 = word3.lanewise(XOR, change3).lanewise(ROL, 28);
      LongVector moved6 = word9.lanewise(XOR, change4).lanewise(ROL, 20);
      LongVector moved7 = word10.lanewise(XOR, change0).lanewise(ROL, 3);
      LongVector moved8 = word16.lanewise(XOR, change1).lanewise(ROL, 45);
      LongVector moved9 = word22.lanewise(XOR, change2).lanewise(ROL, 61);
      LongVector moved10 = word1.lanewise(XOR, change1).lanewise(ROL, 1);
      LongVector moved11 = word7.lanewise(XOR, change2).lanewise(ROL, 6);
      LongVector moved12 = word13.lanewise(XOR, change3).lanewise(ROL, 25);
      LongVector moved13 = word19.lanewise(XOR, change4).lanewise(ROL, 8);
      LongVector moved14 = word20.lanewise(XOR, change0).lanewise(ROL, 18);
      LongVector moved15 = word4.lanewise(XOR, change4).lanewise(ROL, 27);
      LongVector moved16 = word5.lanewise(XOR, change0).lanewise(ROL, 36);
      LongVector moved17 = word11.lanewise(XOR, change1).lanewise(ROL, 10);
      LongVector moved18 = word17.lanewise(XOR, change2).lanewise(ROL, 15);
      LongVector moved19 = word23.lanewise(XOR, change3).lanewise(ROL, 56);
      LongVector moved20 = word2.lanewise(XOR, change2).lanewise(ROL, 62);
      LongVector moved21 = word8.lanewise(XOR, change3).lanewise(ROL, 55);
      LongVector moved22 = word14.lanewise(XOR, change4).lanewise(ROL, 39);
      LongVector moved23 = word15.lanewise(XOR, change0).lanewise(ROL, 41);
      LongVector moved24 = word21.lanewise(XOR, change1).lanewise(ROL, 2);
      // χ mixes the words of a row, and ι breaks the symmetry of the rounds.
      word0 = moved0.lanewise(XOR, moved2.lanewise(AND_NOT, moved1)).lanewise(XOR, constant);
      word1 = moved1.lanewise(XOR, moved3.lanewise(AND_NOT, moved2));
      word2 = moved2.lanewise(XOR, moved4.lanewise(AND_NOT, moved3));
      word3 = moved3.lanewise(XOR, moved0.lanewise(AND_NOT, moved4));
      word4 = moved4.lanewise(XOR, moved1.lanewise(AND_NOT, moved0));
      word5 = moved5.lanewise(XOR, moved7.lanewise(AND_NOT, moved6));
      word6 = moved6.lanewise(XOR, moved8.lanewise(AND_NOT, moved7));
      word7 = moved7.lanewise(XOR, moved9.lanewise(AND_NOT, moved8));
      word8 = moved8.lanewise(XOR, moved5.lanewise(AND_NOT, moved9));
      word9 = moved9.lanewise(XOR, moved6.lanewise(AND_NOT, moved5));
      word10 = moved10.lanewise(XOR, moved12.lanewise(AND_NOT, moved11));
      word11 = moved11.lanewise(XOR, moved13.lanewise(AND_NOT, moved12));
      word12 = moved12.lanewise(XOR, moved14.lanewise(AND_NOT, moved13));
      word13 = moved13.lanewise(XOR, moved10.lanewise(AND_NOT, moved14));
      word14 = moved14.lanewise(XOR, moved11.lanewise(AND_NOT, moved10));
      word15 = moved15.lanewise(XOR, moved17.lanewise(AND_NOT, moved16));
      word16 = moved16.lanewise(XOR, moved18.lanewise(AND_NOT, moved17));
      word17 = moved17.lanewise(XOR, moved19.lanewise(AND_NOT, moved18));
      word18 = moved18.lanewise(XOR, moved15.lanewise(AND_NOT, moved19));
      word19 = moved19.lanewise(XOR, moved16.lanewise(AND_NOT, moved15));
      word20 = moved20.lanewise(XOR, moved22.lanewise(AND_NOT, moved21));
      word21 = moved21.lanewise(XOR, moved23.lanewise(AND_NOT, moved22));
      word22 = moved22.lanewise(XOR, moved24.lanewise(AND_NOT, moved23));
      word23 = moved23.lanewise(XOR, moved20.lanewise(AND_NOT, moved24));
      word24 = moved24.lanewise(XOR, moved21.lanewise(AND_NOT, moved20));
    }
    word0.intoArray(states, 0);
    word1.intoArray(states, LANES);
    word2.intoArray(states, 2 * LANES);
    word3.intoArray(states, 3 * LANES);
    word4.intoArray(states, 4 * LANES);
    word5.intoArray(states, 5 * LANES);
    word6.intoArray(states, 6 * LANES);
    word7.intoArray(states, 7 * LANES);
    word8.intoArray(states, 8 * LANES);
    word9.intoArray(states, 9 * LANES);
    word10.intoArray(states, 10 * LANES);
    word11.intoArray(states, 11 * LANES);
    word12.intoArray(states, 12 * LANES);
    word13.intoArray(states, 13 * LANES);
    word14.intoArray(states, 14 * LANES);
    word15.intoArray(states, 15 * LANES);
    word16.intoArray(states, 16 * LANES);
    word17.intoArray(states, 17 * LANES);
    word18.intoArray(states, 18 * LANES);
    word19.intoArray(states, 19 * LANES);
    word20.intoArray(states, 20 * LANES);
    word21.intoArray(states, 21 * LANES);
    word22.intoArray(states, 22 * LANES);
    word23.intoArray(states, 23 * LANES);
    word24.intoArray(states, 24 * LANES);
  }
}
