package dev.lakebed.auth;

import dev.lakebed.policy.Decision;
import dev.lakebed.policy.Decision.Allowed;
import dev.lakebed.policy.Decision.ExplicitDeny;
import dev.lakebed.policy.Decision.ImplicitDeny;
import dev.lakebed.policy.Decision.Prevented;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import java.util.List;
import java.util.Map;

/**
 * A refusal as JSON, in the shape that AWS documents for decoded authorization messages, with
 * members of our own for policy, layer and near miss.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html">AWS</a>
 */
public final class DenialDocument {
  private static final JsonProvider JSON = JsonProvider.provider();
  private static final int MAX_TEXT = 512;

  private DenialDocument() {}

  /** Of the condition keys it lists the first ones. */
  public static JsonObject of(Denial denial, int conditions) {
    Decision decision = denial.decision();
    JsonObjectBuilder document =
        JSON.createObjectBuilder()
            .add("allowed", false)
            .add("explicitDeny", decision instanceof ExplicitDeny)
            .add("matchedStatements", items(matched(decision)))
            .add("failures", items(JSON.createArrayBuilder()))
            .add("context", context(denial, conditions))
            .add("decisionId", denial.id())
            .add("reason", decision.reason());
    switch (decision) {
      case ExplicitDeny deny -> document.add("layer", deny.layer().name());
      case Allowed allowed -> document.add("layer", allowed.layer().name());
      case Prevented prevented -> document.add("rule", prevented.rule());
      case ImplicitDeny deny -> {
        document.add("layer", deny.layer().name());
        deny.nearMiss()
            .ifPresent(
                near ->
                    document.add(
                        "nearestStatement",
                        JSON.createObjectBuilder()
                            .add("sourcePolicy", cut(near.policy()))
                            .add("statementId", cut(near.statement()))
                            .add("failedCondition", cut(near.condition()))));
      }
    }
    if (!denial.note().isEmpty()) {
      document.add("note", cut(denial.note()));
    }
    return document.build();
  }

  private static JsonArrayBuilder matched(Decision decision) {
    JsonArrayBuilder statements = JSON.createArrayBuilder();
    if (decision instanceof ExplicitDeny deny) {
      statements.add(
          JSON.createObjectBuilder()
              .add("statementId", cut(deny.statement()))
              .add("effect", "DENY")
              .add("sourcePolicy", cut(deny.policy())));
    }
    return statements;
  }

  private static JsonObjectBuilder context(Denial denial, int conditions) {
    Principal who = denial.principal();
    JsonObjectBuilder principal =
        JSON.createObjectBuilder().add("id", cut(who.userId())).add("arn", cut(who.arn()));
    if (!denial.chain().isEmpty()) {
      JsonArrayBuilder chain = JSON.createArrayBuilder();
      denial.chain().stream().limit(8).forEach(link -> chain.add(cut(link)));
      principal.add("chain", chain);
    }
    JsonArrayBuilder keys = JSON.createArrayBuilder();
    denial.context().entrySet().stream()
        .limit(conditions)
        .forEach(entry -> keys.add(condition(entry)));
    return JSON.createObjectBuilder()
        .add("principal", principal)
        .add("action", denial.permission().action())
        .add("resource", cut(denial.permission().resource().arn()))
        .add("conditions", items(keys));
  }

  private static JsonObjectBuilder condition(Map.Entry<String, List<String>> entry) {
    JsonArrayBuilder values = JSON.createArrayBuilder();
    entry.getValue().stream()
        .limit(16)
        .forEach(value -> values.add(JSON.createObjectBuilder().add("value", cut(value))));
    return JSON.createObjectBuilder().add("key", entry.getKey()).add("values", items(values));
  }

  private static JsonObjectBuilder items(JsonArrayBuilder items) {
    return JSON.createObjectBuilder().add("items", items);
  }

  private static String cut(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
  }
}
