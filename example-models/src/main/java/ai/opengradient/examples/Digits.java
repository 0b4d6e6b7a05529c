package ai.opengradient.examples;

import java.util.Random;

/**
 * Draws digits of 16 × 16 grey pixels: strokes, turned, slanted, scaled and shifted at random, with
 * noise.
 */
final class Digits {
  static final int SIZE = 16;
  static final int CLASSES = 10;

  /**
   * Strokes in a square from (0, 0), top left, to (1, 1): x, y of the points, one line a stroke.
   */
  private static final float[][][] STROKES = {
    {
      {
        .5f, .05f, .75f, .15f, .85f, .5f, .75f, .85f, .5f, .95f, .25f, .85f, .15f, .5f, .25f, .15f,
        .5f, .05f
      }
    },
    {{.3f, .25f, .55f, .05f, .55f, .95f}},
    {{.2f, .25f, .35f, .07f, .65f, .07f, .8f, .25f, .75f, .45f, .2f, .95f, .82f, .95f}},
    {
      {
        .2f, .12f, .5f, .05f, .78f, .18f, .75f, .4f, .45f, .48f, .78f, .58f, .8f, .82f, .5f, .95f,
        .2f, .88f
      }
    },
    {{.65f, .95f, .65f, .05f, .15f, .68f, .88f, .68f}},
    {{.78f, .06f, .28f, .06f, .25f, .45f, .55f, .4f, .8f, .55f, .8f, .8f, .52f, .95f, .2f, .88f}},
    {
      {
        .7f, .06f, .4f, .2f, .22f, .5f, .22f, .78f, .45f, .95f, .72f, .88f, .8f, .68f, .65f, .5f,
        .4f, .5f, .22f, .68f
      }
    },
    {{.15f, .06f, .85f, .06f, .42f, .95f}, {.35f, .5f, .75f, .5f}},
    {
      {
        .5f, .5f, .25f, .38f, .25f, .15f, .5f, .05f, .75f, .15f, .75f, .38f, .5f, .5f, .2f, .65f,
        .22f, .88f, .5f, .95f, .78f, .88f, .8f, .65f, .5f, .5f
      }
    },
    {
      {
        .78f, .35f, .6f, .5f, .35f, .48f, .2f, .3f, .3f, .1f, .55f, .05f, .78f, .2f, .78f, .5f,
        .65f, .8f, .4f, .95f
      }
    },
  };

  private Digits() {}

  /**
   * One drawing.
   *
   * @return pixels row by row, 0 for paper to 255 for ink
   */
  static byte[] draw(int digit, Random random) {
    Placement placement = Placement.random(random);
    float radius = .045f + .035f * random.nextFloat();
    byte[] pixels = new byte[SIZE * SIZE];
    for (int at = 0; at < pixels.length; at++) {
      float x = (at % SIZE + .5f) / SIZE;
      float y = (Math.floorDiv(at, SIZE) + .5f) / SIZE;
      float distance = distance(STROKES[digit], placement.toGlyphX(x, y), placement.toGlyphY(x, y));
      float ink = Math.clamp(1 - (distance - radius) * 14, 0f, 1f);
      float noisy = 225 * ink + 30 * random.nextFloat() * random.nextFloat() - 4;
      pixels[at] = (byte) (int) Math.clamp(noisy, 0f, 255f);
    }
    return pixels;
  }

  /** Where a point of the image lies on the glyph: an affine map around the middle. */
  private record Placement(float xx, float xy, float yx, float yy, float shiftX, float shiftY) {
    static Placement random(Random random) {
      double turn = (random.nextDouble() - .5) * .6;
      double slant = (random.nextDouble() - .5) * .5;
      double height = 1 / (.62 + .28 * random.nextDouble());
      double width = height * (.85 + .4 * random.nextDouble());
      double cosine = StrictMath.cos(turn);
      double sine = StrictMath.sin(turn);
      return new Placement(
          (float) (width * (cosine + slant * sine)),
          (float) (width * (slant * cosine - sine)),
          (float) (height * sine),
          (float) (height * cosine),
          (random.nextFloat() - .5f) * .16f,
          (random.nextFloat() - .5f) * .16f);
    }

    float toGlyphX(float x, float y) {
      return .5f + xx * (x - .5f - shiftX) + xy * (y - .5f - shiftY);
    }

    float toGlyphY(float x, float y) {
      return .5f + yx * (x - .5f - shiftX) + yy * (y - .5f - shiftY);
    }
  }

  private static float distance(float[][] strokes, float x, float y) {
    float nearest = Float.MAX_VALUE;
    for (float[] stroke : strokes) {
      for (int at = 0; at + 3 < stroke.length; at += 2) {
        nearest =
            Math.min(
                nearest,
                squaredDistance(stroke[at], stroke[at + 1], stroke[at + 2], stroke[at + 3], x, y));
      }
    }
    return (float) Math.sqrt(nearest);
  }

  private static float squaredDistance(
      float fromX, float fromY, float toX, float toY, float x, float y) {
    float dx = toX - fromX;
    float dy = toY - fromY;
    float along = Math.clamp(((x - fromX) * dx + (y - fromY) * dy) / (dx * dx + dy * dy), 0f, 1f);
    float awayX = x - fromX - along * dx;
    float awayY = y - fromY - along * dy;
    return awayX * awayX + awayY * awayY;
  }
}
