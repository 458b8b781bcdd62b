package dev.lakebed.policy;

import dev.lakebed.policy.Glob.ArnGlob;
import dev.lakebed.policy.PatternPart.Reader;
import dev.lakebed.policy.Selector.TextPattern;
import java.util.List;
import java.util.regex.Pattern;

/** Compiles the Action and Resource elements. */
final class SelectorParser {
  private static final Pattern ACTION = Pattern.compile("\\*|[A-Za-z0-9*?_-]+:[A-Za-z0-9*?._-]+");

  private SelectorParser() {}

  static ActionSet actions(Node.Member member) {
    List<String> values =
        member.value().strings(member.name()).stream().map(SelectorParser::action).toList();
    return ActionSet.of(values, member.name().startsWith("Not"));
  }

  static Selector resources(Node.Member member, boolean deny, boolean variables) {
    List<TextPattern> patterns =
        member.value().strings(member.name()).stream()
            .map(text -> resource(text, variables))
            .toList();
    return Selector.of(patterns, member.name().startsWith("Not"), deny);
  }

  private static String action(Node.Text text) {
    if (!ACTION.matcher(text.value()).matches()) {
      throw text.error("malformed action " + Quoted.of(text.value()) + ", expected service:name");
    }
    return text.value();
  }

  private static TextPattern resource(Node.Text text, boolean variables) {
    List<PatternPart> parts = Reader.read(text, variables, true);
    if (!text.value().equals("*") && !isArn(parts)) {
      throw text.error("malformed resource " + Quoted.of(text.value()) + ", expected an ARN or *");
    }
    return TextPattern.of(parts, MatchStyle.GLOB);
  }

  /** Six parts, or fewer when a star at the end may stand for the rest. */
  private static boolean isArn(List<PatternPart> parts) {
    return !parts.isEmpty()
        && parts.get(0) instanceof PatternPart.Literal first
        && first.text().startsWith("arn:")
        && (ArnGlob.split(parts).size() == ArnGlob.ARN_PARTS
            || parts.get(parts.size() - 1) instanceof PatternPart.AnyRun);
  }
}
