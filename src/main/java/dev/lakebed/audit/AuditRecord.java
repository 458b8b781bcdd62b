package dev.lakebed.audit;

import dev.lakebed.auth.Denial;
import dev.lakebed.auth.Permission;
import dev.lakebed.auth.Principal;
import dev.lakebed.auth.Principal.SessionFacts;
import dev.lakebed.http.LogText;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One request that matters to an auditor. Holds no secret: no signature, token or header but the
 * user agent, and no query, which can hold signatures. Without a caller it was refused before that
 * was known, and only claims the access key. The source address leaves trusted proxies out; {@code
 * denied} is for want of rights or of a sender.
 */
public record AuditRecord(
    Instant time,
    String requestId,
    Optional<Principal> caller,
    Optional<String> accessKeyId,
    String sourceIp,
    Optional<String> userAgent,
    String protocol,
    String operation,
    String request,
    Optional<Permission> asked,
    boolean denied,
    List<Denial> denials,
    int status,
    Optional<String> errorCode) {
  public AuditRecord {
    denials = List.copyOf(denials);
  }

  /** A record as one line of json. */
  static final class AuditLine {
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
      line.add("protocol", record.protocol())
          .add("operation", record.operation())
          .add("request", cut(record.request()))
          .add("decision", record.denied() ? "denied" : "allowed");
      if (record.denials().isEmpty()) {
        record.asked().ifPresent(asked -> permission(line, asked));
      } else {
        denials(line, record.denials());
      }
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
        case Principal.RootSession root -> "Root";
        case Principal.User user -> "User";
        case Principal.RoleSession role -> "AssumedRole";
        case Principal.UserSession user -> "Session";
        case Principal.FederatedUser federated -> "Session";
      };
    }

    private void asWhom(JsonObjectBuilder line, Principal caller) {
      if (!(caller instanceof Principal.Session session)) {
        return;
      }
      JsonArrayBuilder chain = json.createArrayBuilder();
      SessionFacts facts = session.facts();
      facts.chain().forEach(link -> chain.add(cut(link)));
      JsonObjectBuilder asWhom =
          json.createObjectBuilder()
              .add("issuer", cut(session.issuer()))
              .add("sessionName", facts.name())
              .add("issuedAt", facts.issuedAt().toString())
              .add("chain", chain);
      facts.sourceIdentity().ifPresent(identity -> asWhom.add("sourceIdentity", identity));
      line.add("session", asWhom);
    }

    private static void permission(JsonObjectBuilder line, Permission asked) {
      line.add("action", asked.action()).add("resource", cut(asked.resource().arn()));
    }

    /** The first one in the line itself, the others in a list. */
    private void denials(JsonObjectBuilder line, List<Denial> denials) {
      line.add("denials", denials.size());
      denial(line, denials.getFirst());
      if (denials.size() > 1) {
        JsonArrayBuilder further = json.createArrayBuilder();
        denials.stream()
            .skip(1)
            .forEach(denial -> further.add(denial(json.createObjectBuilder(), denial)));
        line.add("furtherDenials", further);
      }
    }

    private static JsonObjectBuilder denial(JsonObjectBuilder line, Denial denial) {
      permission(line, denial.permission());
      line.add("decisionId", denial.id());
      denial.decision().facts().forEach((name, value) -> line.add(name, cut(value)));
      line.add("reason", cut(denial.decision().detail()));
      if (!denial.note().isEmpty()) {
        line.add("note", cut(denial.note()));
      }
      return line;
    }

    private static String cut(String text) {
      return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
    }
  }
}
