package dev.lakebed.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A pattern of literals, {@code *} and {@code ?}, matched over code points without backtracking
 * over more than one star: each piece between two stars is taken at its first fit, which is never
 * worse than a later one. Time is at most text length times longest piece, without allocation.
 */
final class Glob implements TextMatcher {
  private static final int ANY_ONE = -1;

  /** Pieces between stars; the first is tied to the start of the text, the last to its end. */
  private final int[][] pieces;

  private final boolean ignoreCase;

  private Glob(int[][] pieces, boolean ignoreCase) {
    this.pieces = pieces;
    this.ignoreCase = ignoreCase;
  }

  /** Compiles parts without variables; {@code ignoreCase} folds A-Z only. */
  static Glob of(List<Part> parts, boolean ignoreCase) {
    List<int[]> pieces = new ArrayList<>();
    IntStream.Builder piece = IntStream.builder();
    for (Part part : parts) {
      switch (part) {
        case Part.Literal literal ->
            literal.text().codePoints().map(c -> ignoreCase ? fold(c) : c).forEach(piece::add);
        case Part.AnyOne one -> piece.add(ANY_ONE);
        case Part.AnyRun run -> {
          pieces.add(piece.build().toArray());
          piece = IntStream.builder();
        }
        case Part.Variable variable ->
            throw new IllegalArgumentException("unresolved variable " + variable.key());
      }
    }
    pieces.add(piece.build().toArray());
    return new Glob(pieces.toArray(int[][]::new), ignoreCase);
  }

  @Override
  public boolean matches(String text) {
    return matches(text, 0, text.length());
  }

  /** Matches the text from {@code from} to before {@code to}. */
  boolean matches(String text, int from, int to) {
    int at = matchAt(pieces[0], text, from, to);
    int last = pieces.length - 1;
    if (at < 0 || last == 0) {
      return at == to;
    }
    for (int i = 1; i < last; i++) {
      at = find(pieces[i], text, at, to);
      if (at < 0) {
        return false;
      }
    }
    return endsWith(pieces[last], text, at, to);
  }

  private int find(int[] piece, String text, int from, int to) {
    for (int at = from; to - at >= piece.length; at += Character.charCount(text.codePointAt(at))) {
      int end = matchAt(piece, text, at, to);
      if (end >= 0) {
        return end;
      }
      if (at == to) {
        return -1;
      }
    }
    return -1;
  }

  private boolean endsWith(int[] piece, String text, int from, int to) {
    int at = to;
    for (int i = 0; i < piece.length; i++) {
      if (at <= from) {
        return false;
      }
      at -= Character.charCount(text.codePointBefore(at));
    }
    return at >= from && matchAt(piece, text, at, to) == to;
  }

  /** The end of the match that begins at {@code from}, or -1. */
  private int matchAt(int[] piece, String text, int from, int to) {
    int at = from;
    for (int expected : piece) {
      if (at >= to) {
        return -1;
      }
      int c = text.codePointAt(at);
      if (expected != ANY_ONE && expected != (ignoreCase ? fold(c) : c)) {
        return -1;
      }
      at += Character.charCount(c);
    }
    return at;
  }

  private static int fold(int c) {
    return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
  }
}
