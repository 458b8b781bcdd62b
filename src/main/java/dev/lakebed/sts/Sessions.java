package dev.lakebed.sts;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Principal;
import dev.lakebed.auth.Principal.SessionFacts;
import dev.lakebed.iam.model.IdentityView;
import dev.lakebed.iam.model.Role;
import dev.lakebed.iam.session.ChainLink;
import dev.lakebed.iam.session.SessionGrant;
import dev.lakebed.iam.session.SessionGrant.RoleGrant;
import dev.lakebed.iam.session.SessionTokens;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryXml;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Issues sessions, whoever asked for them. */
final class Sessions {
  private final Supplier<IdentityView> identities;
  private final SessionTokens tokens;
  private final Clock clock;

  Sessions(Supplier<IdentityView> identities, SessionTokens tokens, Clock clock) {
    this.identities = identities;
    this.tokens = tokens;
    this.clock = clock;
  }

  IdentityView identities() {
    return identities.get();
  }

  /** Whole seconds, as the wire has them. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  /** Rounded up, so that a client never gets a shorter session than it asked for. */
  Instant end(Duration length) {
    Instant end = clock.instant().plus(length);
    Instant second = end.truncatedTo(ChronoUnit.SECONDS);
    return second.equals(end) ? end : second.plusSeconds(1);
  }

  /** What a new session of the caller will rest on; see {@link SessionFacts#chain}. */
  static List<String> chain(Caller caller) {
    String key = caller.accessKeyId().orElse("");
    if (caller.principal() instanceof Principal.Session session) {
      List<String> chain = new ArrayList<>(session.facts().chain());
      chain.add(ChainLink.to(session, key).toString());
      return chain;
    }
    if (key.isEmpty()) {
      throw QueryError.MISSING_AUTHENTICATION_TOKEN.because(
          "Request is missing Authentication Token");
    }
    return List.of(key);
  }

  /** What a session has that begins now. */
  SessionFacts facts(
      String name,
      Duration length,
      SessionTags tags,
      Optional<String> sourceIdentity,
      List<String> chain) {
    return new SessionFacts(
        name,
        now(),
        end(length),
        tags.values(),
        tags.transitive(),
        sourceIdentity,
        chain,
        Map.of());
  }

  IssuedSession issue(SessionGrant grant) {
    SessionTokens.Issued issued = tokens.issue(grant);
    if (issued.packedPercent() > 100) {
      throw QueryError.PACKED_POLICY_TOO_LARGE.because(
          "Packed session policies and tags take %d %% of the room for them"
              .formatted(issued.packedPercent()));
    }
    return new IssuedSession(issued, grant.facts().expiresAt());
  }

  /** A session of a role, narrowed when there are policies. */
  AssumedRole assume(Role role, SessionFacts facts, RequestedPolicies policies) {
    SessionGrant grant =
        new RoleGrant(role.arn().toString(), role.id(), facts, policies.narrowing());
    return new AssumedRole(
        role.arn().session(facts.name()),
        role.id() + ":" + facts.name(),
        facts.sourceIdentity(),
        issue(grant));
  }

  /** New credentials with what the answer says about them. */
  record IssuedSession(SessionTokens.Issued credentials, Instant expiresAt) {
    void writeCredentials(QueryXml xml) {
      xml.element(
          "Credentials",
          c ->
              c.text("AccessKeyId", credentials.accessKeyId())
                  .text("SecretAccessKey", credentials.secret())
                  .text("SessionToken", credentials.token())
                  .text("Expiration", expiresAt.toString()));
    }

    void writePackedSize(QueryXml xml) {
      xml.text("PackedPolicySize", String.valueOf(credentials.packedPercent()));
    }
  }

  /** The result of AssumeRole. */
  record AssumedRole(
      String arn, String assumedRoleId, Optional<String> sourceIdentity, IssuedSession session) {
    void writeTo(QueryXml xml) {
      xml.element(
          "AssumedRoleUser", user -> user.text("AssumedRoleId", assumedRoleId).text("Arn", arn));
      session.writeCredentials(xml);
      session.writePackedSize(xml);
      if (sourceIdentity.isPresent()) {
        xml.text("SourceIdentity", sourceIdentity.get());
      }
    }
  }
}
