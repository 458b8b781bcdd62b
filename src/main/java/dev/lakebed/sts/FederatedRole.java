package dev.lakebed.sts;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Principal.SessionFacts;
import dev.lakebed.iam.model.IdentityView;
import dev.lakebed.iam.model.Role;
import dev.lakebed.iam.model.RoleArn;
import dev.lakebed.iam.session.ChainLink.ProviderOrigin;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryError.QueryException;
import dev.lakebed.operation.query.QueryXml;
import dev.lakebed.sts.SessionTags.SessionLength;
import dev.lakebed.sts.Sessions.AssumedRole;
import dev.lakebed.sts.identity.ExternalIdentity;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A role for somebody whom an identity provider vouches for. */
record FederatedRole(Sessions sessions) {
  /** Longer values of condition keys do not go into the token. */
  private static final int MAX_KEY_VALUE = 512;

  /** One of the actions must be allowed; {@code last} runs when nothing is left to refuse. */
  AssumedRole assume(
      ExternalIdentity who,
      RoleArn arn,
      AssumeRoleRequest asked,
      List<String> actions,
      Caller caller,
      Runnable last) {
    SessionTags tags = given(() -> SessionTags.of(who.tags(), who.transitiveTags()));
    Optional<String> sourceIdentity =
        given(() -> who.sourceIdentity().map(AssumeRoleRequest::sourceIdentity));
    AssumeRoleRequest request = asked.with(arn, tags, sourceIdentity);
    FederatedTrust trust =
        new FederatedTrust(caller, who, request.keys(sourceIdentity), sessions.now());
    IdentityView identities = sessions.identities();
    Role role = trust.require(arn, identities.role(arn), actions);
    if (!tags.values().isEmpty()) {
      trust.require(role, "sts:TagSession");
    }
    if (sourceIdentity.isPresent()) {
      trust.require(role, "sts:SetSourceIdentity");
    }
    request.policies().requireKnown(identities, arn.account());
    Duration length =
        SessionLength.ofRole(role.maxSession(), identities.sts())
            .choose(request.durationSeconds(), SessionLength.usual(identities.sts()));
    SessionFacts facts =
        new SessionFacts(
            request.sessionName(),
            sessions.now(),
            earlier(sessions.end(length), who),
            tags.values(),
            tags.transitive(),
            sourceIdentity,
            List.of(new ProviderOrigin(who.provider(), who.subject()).toString()),
            kept(who));
    last.run();
    return sessions.assume(role, facts, request.policies());
  }

  /** What the provider says is checked like a parameter, but the fault is the provider's. */
  private static <T> T given(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (QueryException violated) {
      throw QueryError.IDP_REJECTED_CLAIM.because(String.valueOf(violated.getMessage()));
    }
  }

  private static Instant earlier(Instant end, ExternalIdentity who) {
    return who.endsBy()
        .map(limit -> limit.truncatedTo(ChronoUnit.SECONDS))
        .filter(limit -> limit.isBefore(end))
        .orElse(end);
  }

  private static Map<String, String> kept(ExternalIdentity who) {
    Map<String, String> kept = new HashMap<>();
    for (String key : who.sessionKeys()) {
      List<String> values = who.keys().getOrDefault(key, List.of());
      if (values.size() == 1 && values.getFirst().length() <= MAX_KEY_VALUE) {
        kept.put(key, values.getFirst());
      }
    }
    return kept;
  }

  /** An action that nobody needs to sign, with its parameters read. */
  @FunctionalInterface
  interface UnsignedAction {
    /** Runs it for a source address. */
    QueryXml.Content run(String address, Caller caller);
  }
}
