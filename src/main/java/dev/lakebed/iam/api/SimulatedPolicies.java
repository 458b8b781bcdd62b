package dev.lakebed.iam.api;

import dev.lakebed.operation.query.QueryXml;
import dev.lakebed.policy.Evaluation.Match;
import dev.lakebed.policy.Policy;
import dev.lakebed.policy.Policy.Position;
import dev.lakebed.policy.Policy.Span;
import dev.lakebed.policy.Policy.UnknownAction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamException;

/** Where each policy of a simulation comes from, for the statements that its results name. */
final class SimulatedPolicies {
  private static final int MOST_WARNINGS = 10;

  /** Policies are equal when they are the same one, so two of one name stay two. */
  private final Map<Policy, Source> sources = new HashMap<>();

  private final List<UnknownAction> unknown = new ArrayList<>();

  /**
   * What the API tells of a policy.
   *
   * @param shown whether places in its document mean something to the reader
   */
  private record Source(String type, boolean shown) {}

  Policy attached(PolicySource source) {
    return add(source.policy(), new Source(source.type(), source.shown()));
  }

  Policy given(Policy policy) {
    return add(policy, new Source("none", true));
  }

  Policy resource(Policy policy) {
    return add(policy, new Source("resource", true));
  }

  private Policy add(Policy policy, Source source) {
    if (sources.put(policy, source) == null) {
      policy.unknownActions().stream()
          .limit((long) MOST_WARNINGS - unknown.size())
          .forEach(unknown::add);
    }
    return policy;
  }

  /** Actions that the policies name and nobody knows, the first ones. */
  List<UnknownAction> unknownActions() {
    return List.copyOf(unknown);
  }

  void write(QueryXml xml, List<Match> matches) throws XMLStreamException {
    for (Match match : matches) {
      Source source = sources.getOrDefault(match.policy(), new Source("none", false));
      xml.element(
          "member",
          member -> {
            member
                .text("SourcePolicyId", match.policy().name())
                .text("SourcePolicyType", source.type());
            if (source.shown()) {
              place(member, match.place());
            }
          });
    }
  }

  private static void place(QueryXml xml, Span place) throws XMLStreamException {
    xml.element("StartPosition", start -> position(start, place.start()))
        .element("EndPosition", end -> position(end, place.end()));
  }

  private static void position(QueryXml xml, Position position) throws XMLStreamException {
    xml.text("Line", String.valueOf(position.line()))
        .text("Column", String.valueOf(position.column()));
  }
}
