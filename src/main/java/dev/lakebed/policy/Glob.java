package dev.lakebed.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * A pattern of literals, {@code *} and {@code ?}, matched over code points. Each piece between two
 * stars is taken at its first fit, which is never worse than a later one, so nothing is tried
 * twice: time is at most text length times the pieces and a 64th of their lengths.
 */
final class Glob implements TextMatcher {
  /** Pieces between stars; the first is tied to the start of the text, the last to its end. */
  private final Piece[] pieces;

  Glob(Piece... pieces) {
    this.pieces = pieces.clone();
  }

  /** Compiles parts without variables. */
  static Glob of(List<Part> parts) {
    List<Piece> pieces = new ArrayList<>();
    List<Part> piece = new ArrayList<>();
    for (Part part : parts) {
      if (part instanceof Part.AnyRun) {
        pieces.add(piece(piece));
        piece.clear();
      } else {
        piece.add(part);
      }
    }
    pieces.add(piece(piece));
    return new Glob(pieces.toArray(Piece[]::new));
  }

  private static Piece piece(List<Part> parts) {
    StringBuilder text = new StringBuilder();
    boolean flexible = false;
    List<Integer> codePoints = new ArrayList<>();
    for (Part part : parts) {
      switch (part) {
        case Part.Literal literal -> {
          text.append(literal.text());
          literal.text().codePoints().forEach(codePoints::add);
        }
        case Part.AnyOne one -> {
          flexible = true;
          codePoints.add(Piece.Flexible.ANY_ONE);
        }
        case Part.AnyRun run -> throw new IllegalArgumentException("a star ends a piece");
        case Part.Variable variable ->
            throw new IllegalArgumentException("unresolved variable " + variable.key());
      }
    }
    return flexible ? new Piece.Flexible(codePoints) : new Piece.Exact(text.toString());
  }

  @Override
  public boolean matches(String text) {
    return matches(text, 0, text.length());
  }

  /** Matches the text from {@code from} to before {@code to}. */
  boolean matches(String text, int from, int to) {
    int at = pieces[0].matchAt(text, from, to);
    int last = pieces.length - 1;
    if (at < 0 || last == 0) {
      return at == to;
    }
    for (int i = 1; i < last; i++) {
      at = pieces[i].find(text, at, to);
      if (at < 0) {
        return false;
      }
    }
    return pieces[last].endsWith(text, at, to);
  }
}
