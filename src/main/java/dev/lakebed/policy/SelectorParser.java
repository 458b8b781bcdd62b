package dev.lakebed.policy;

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
    List<Part> parts = PartReader.read(text, variables, true);
    if (!text.value().equals("*") && !isArn(parts)) {
      throw text.error("malformed resource " + Quoted.of(text.value()) + ", expected an ARN or *");
    }
    return TextPattern.of(parts, Style.GLOB);
  }

  /** Six parts, or fewer when a star at the end may stand for the rest. */
  private static boolean isArn(List<Part> parts) {
    return !parts.isEmpty()
        && parts.get(0) instanceof Part.Literal first
        && first.text().startsWith("arn:")
        && (ArnGlob.split(parts).size() == ArnGlob.ARN_PARTS
            || parts.get(parts.size() - 1) instanceof Part.AnyRun);
  }
}
