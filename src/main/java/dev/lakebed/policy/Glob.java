package dev.lakebed.policy;

import dev.lakebed.policy.Keys.Effort;
import dev.lakebed.policy.MatchStyle.TextMatcher;
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

  static Glob of(List<PatternPart> parts) {
    List<Piece> pieces = new ArrayList<>();
    List<PatternPart> piece = new ArrayList<>();
    for (PatternPart part : parts) {
      if (part instanceof PatternPart.AnyRun) {
        pieces.add(piece(piece));
        piece.clear();
      } else {
        piece.add(part);
      }
    }
    pieces.add(piece(piece));
    return new Glob(pieces.toArray(Piece[]::new));
  }

  private static Piece piece(List<PatternPart> parts) {
    return parts.contains(new PatternPart.AnyOne())
        ? new Piece.Flexible(parts.stream().flatMapToInt(Glob::codePoints).toArray())
        : new Piece.Exact(MatchStyle.text(parts));
  }

  private static IntStream codePoints(PatternPart part) {
    return part instanceof PatternPart.AnyOne
        ? IntStream.of(Piece.Flexible.ANY_ONE)
        : MatchStyle.text(List.of(part)).codePoints();
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

  /** An ARN pattern of the Arn* operators: six parts, each matched on its own. */
  static final class ArnGlob implements TextMatcher {
    static final int ARN_PARTS = 6;

    private final List<Glob> globs;

    private ArnGlob(List<Glob> globs) {
      this.globs = globs;
    }

    /** Compiles parts without variables. A lone {@code *} stands for every ARN. */
    static TextMatcher of(List<PatternPart> parts) {
      if (parts.equals(List.of(new PatternPart.AnyRun()))) {
        return (text, effort) -> true;
      }
      List<List<PatternPart>> split = split(parts);
      if (split.size() < ARN_PARTS) {
        return (text, effort) -> false;
      }
      return new ArnGlob(split.stream().map(Glob::of).toList());
    }

    static boolean isArn(String text) {
      return text.startsWith("arn:") && text.chars().filter(c -> c == ':').count() >= ARN_PARTS - 1;
    }

    /** Splits at the first five colons of the literals. */
    static List<List<PatternPart>> split(List<PatternPart> parts) {
      List<List<PatternPart>> split = new ArrayList<>();
      List<PatternPart> current = new ArrayList<>();
      for (PatternPart part : parts) {
        if (!(part instanceof PatternPart.Literal literal)) {
          current.add(part);
          continue;
        }
        String[] texts = literal.text().split(":", ARN_PARTS - split.size());
        for (int i = 0; i < texts.length; i++) {
          if (i > 0) {
            split.add(current);
            current = new ArrayList<>();
          }
          current.add(new PatternPart.Literal(texts[i]));
        }
      }
      split.add(current);
      return split;
    }

    @Override
    public boolean matches(String text, Effort effort) {
      int from = 0;
      for (int i = 0; i < ARN_PARTS - 1; i++) {
        int colon = text.indexOf(':', from);
        if (colon < 0 || !globs.get(i).matches(text, from, colon, effort)) {
          return false;
        }
        from = colon + 1;
      }
      return globs.get(ARN_PARTS - 1).matches(text, from, text.length(), effort);
    }
  }
}
