package dev.lakebed.audit;

import dev.lakebed.auth.Permission;
import dev.lakebed.auth.Principal;
import dev.lakebed.wire.LogText;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import java.util.Optional;

/** A record as one line of json. */
final class AuditLine {
  private static final int MAX_TEXT = 2048;

  /** Looked for at the start: a class loader that is asked later may be closed for a moment. */
  private final JsonProvider json = JsonProvider.provider();

  String of(AuditRecord record) {
    JsonObjectBuilder line =
        json.createObjectBuilder()
            .add("time", record.time().toString())
            .add("requestId", record.requestId())
            .add("who", who(record));
    record.caller().ifPresent(caller -> asWhom(line, caller));
    line.add("sourceIp", record.sourceIp());
    record.userAgent().ifPresent(agent -> line.add("userAgent", cut(agent)));
    line.add("protocol", record.protocol()).add("operation", record.operation());
    Optional<Permission> permission =
        record.denial().map(denial -> denial.permission()).or(record::asked);
    permission.ifPresent(
        asked -> line.add("action", asked.action()).add("resource", cut(asked.resource().arn())));
    decision(line, record);
    line.add("status", record.status());
    record.errorCode().ifPresent(code -> line.add("errorCode", code));
    return LogText.ofJson(line.build().toString());
  }

  private JsonObjectBuilder who(AuditRecord record) {
    JsonObjectBuilder who = json.createObjectBuilder();
    record
        .caller()
        .ifPresentOrElse(
            caller ->
                who.add("type", type(caller))
                    .add("arn", cut(caller.arn()))
                    .add("userId", cut(caller.userId()))
                    .add("account", caller.account()),
            () -> who.add("type", "Unauthenticated"));
    record
        .accessKeyId()
        .ifPresent(
            id -> who.add(record.caller().isPresent() ? "accessKeyId" : "claimedKeyId", cut(id)));
    return who;
  }

  private static String type(Principal caller) {
    return switch (caller) {
      case Principal.Anonymous nobody -> "Anonymous";
      case Principal.AccountRoot root -> "Root";
      case Principal.Session session when session.isRootUser() -> "Root";
      case Principal.User user -> "User";
      case Principal.Session session -> session.roleSession() ? "AssumedRole" : "Session";
    };
  }

  private void asWhom(JsonObjectBuilder line, Principal caller) {
    if (!(caller instanceof Principal.Session session)) {
      return;
    }
    JsonArrayBuilder chain = json.createArrayBuilder();
    session.chain().forEach(link -> chain.add(cut(link)));
    JsonObjectBuilder asWhom =
        json.createObjectBuilder()
            .add("issuer", cut(session.issuer()))
            .add("sessionName", session.sessionName())
            .add("issuedAt", session.issuedAt().toString())
            .add("chain", chain);
    session.sourceIdentity().ifPresent(identity -> asWhom.add("sourceIdentity", identity));
    line.add("session", asWhom);
  }

  private static void decision(JsonObjectBuilder line, AuditRecord record) {
    boolean denied = record.denial().isPresent() || record.caller().isEmpty();
    line.add("decision", denied ? "denied" : "allowed");
    record
        .denial()
        .ifPresent(
            denial ->
                line.add("decisionId", denial.id())
                    .add("denials", record.denials())
                    .add("reason", cut(denial.decision().detail())));
  }

  private static String cut(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
  }
}
