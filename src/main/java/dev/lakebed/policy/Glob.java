package dev.lakebed.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A pattern of literals, {@code *} and {@code ?}, matched over code points. Length, begin and end
 * are looked at first. Each piece between two stars is taken at its first fit, which is never worse
 * than a later one, so nothing is tried twice: time is at most text length times a 64th of the
 * longest piece with {@code ?}.
 */
final class Glob implements TextMatcher {
  /** Pieces between stars; the first is tied to the start of the text, the last to its end. */
  private final Piece[] pieces;

  private final int shortest;

  Glob(Piece... pieces) {
    this.pieces = pieces.clone();
    this.shortest = Arrays.stream(pieces).mapToInt(Piece::shortest).sum();
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
    return parts.contains(new Part.AnyOne())
        ? new Piece.Flexible(parts.stream().flatMapToInt(Glob::codePoints).toArray())
        : new Piece.Exact(Style.text(parts));
  }

  private static IntStream codePoints(Part part) {
    return part instanceof Part.AnyOne
        ? IntStream.of(Piece.Flexible.ANY_ONE)
        : Style.text(List.of(part)).codePoints();
  }

  @Override
  public boolean matches(String text, Effort effort) {
    return matches(text, 0, text.length(), effort);
  }

  /** Matches the text from {@code from} to before {@code to}. */
  boolean matches(String text, int from, int to, Effort effort) {
    if (to - from < shortest) {
      return false;
    }
    int begin = pieces[0].matchAt(text, from, to);
    int last = pieces.length - 1;
    if (begin < 0 || last == 0) {
      return begin == to;
    }
    int end = pieces[last].matchBefore(text, begin, to);
    return end >= 0 && findsRest(text, begin, end, effort);
  }

  /** Whether all pieces but the first and the last are there, one after the other. */
  private boolean findsRest(String text, int from, int to, Effort effort) {
    int at = from;
    long steps = 0;
    for (int i = 1; i < pieces.length - 1 && at >= 0; i++) {
      int found = pieces[i].find(text, at, to);
      steps += (long) pieces[i].effort() * ((found < 0 ? to : found) - at);
      at = found;
    }
    effort.spend(steps);
    return at >= 0;
  }
}
