package dev.lakebed.sts;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Permission;
import dev.lakebed.auth.Principal;
import dev.lakebed.auth.Resource;
import dev.lakebed.iam.model.IdentityView;
import dev.lakebed.iam.session.AuthorizationMessages;
import dev.lakebed.iam.session.RevocationWatch;
import dev.lakebed.iam.session.SessionTokens;
import dev.lakebed.pipeline.Call;
import dev.lakebed.pipeline.Call.Authorization;
import dev.lakebed.pipeline.Effect;
import dev.lakebed.pipeline.Protocol;
import dev.lakebed.query.QueryError;
import dev.lakebed.query.QueryException;
import dev.lakebed.query.QueryRequest;
import dev.lakebed.query.QueryService;
import dev.lakebed.wire.Request;
import dev.lakebed.wire.Response;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** STS: POST or GET at any path, since a catalog may put {@code /sts} behind the endpoint. */
public final class StsProtocol implements Protocol {
  /** Operations of AWS Organizations and of partners, for which there is nothing here. */
  private static final Set<String> NOT_OFFERED = Set.of("AssumeRoot", "GetDelegatedAccessToken");

  private final Sessions sessions;
  private final AssumeRole assumeRole;
  private final UserSession userSession;
  private final AuthorizationMessages messages;
  private final RevocationWatch revocations;
  private final Clock clock;
  private final FederatedActions federated;
  private final WebToken webToken;
  private final Function<Request, String> address;

  /**
   * The service.
   *
   * @param identities the identities in force, asked once for each request
   * @param messages opens encoded authorization messages
   * @param revocations ends sessions
   * @param federation what identities from elsewhere need
   */
  public StsProtocol(
      Supplier<IdentityView> identities,
      SessionTokens tokens,
      AuthorizationMessages messages,
      RevocationWatch revocations,
      Clock clock,
      Federation federation) {
    this.messages = messages;
    this.revocations = revocations;
    this.clock = clock;
    this.sessions = new Sessions(identities, tokens, clock);
    this.assumeRole = new AssumeRole(sessions);
    this.userSession = new UserSession(sessions);
    this.federated = federation.actions(sessions, clock);
    this.webToken = new WebToken(sessions, federation.signingKeys());
    this.address = federation.address();
  }

  @Override
  public Kind kind() {
    return Kind.STS;
  }

  @Override
  public Call resolve(Request request) throws IOException {
    QueryRequest query = QueryRequest.read(request, QueryService.STS.version());
    return switch (query.action()) {
      case "AssumeRole" -> assumeRole(request, query);
      case "GetCallerIdentity" -> callerIdentity(request, query);
      case "GetSessionToken" -> sessionToken(request, query);
      case "GetFederationToken" -> federationToken(request, query);
      case "RevokeSessions" -> revokeSessions(request, query);
      case "DecodeAuthorizationMessage" -> decodeMessage(request, query);
      case "GetAccessKeyInfo" -> accessKeyInfo(request, query);
      case "GetWebIdentityToken" -> webIdentityToken(request, query);
      case "GetScopedCredentials" -> notBuilt(request, query);
      default ->
          federated
              .read(query)
              .map(action -> unsigned(request, query, action))
              .orElseThrow(() -> unknown(query.action()));
    };
  }

  private Call unsigned(Request request, QueryRequest query, Action action) {
    String source = address.apply(request);
    return StsCall.of(request, query, Authorization.OPEN, caller -> action.run(source, caller));
  }

  private Call webIdentityToken(Request request, QueryRequest query) {
    WebTokenRequest asked = WebTokenRequest.read(query);
    return StsCall.of(
        request,
        query,
        Authorization.AUTHENTICATED,
        caller -> {
          WebToken.Issued issued = webToken.issue(asked, caller);
          return xml ->
              xml.text("WebIdentityToken", issued.token())
                  .text("Expiration", issued.expiresAt().toString());
        });
  }

  private static Call notBuilt(Request request, QueryRequest query) {
    return StsCall.of(
        request,
        query,
        Authorization.AUTHENTICATED,
        caller -> {
          throw new QueryException(
              QueryError.NOT_IMPLEMENTED, query.action() + " is not implemented");
        });
  }

  /** Every action makes, ends, changes or tells about identities and sessions. */
  @Override
  public Effect effect(String operation) {
    return Effect.ADMINISTERS;
  }

  @Override
  public Response error(Request request, Throwable failure) {
    return QueryService.STS.failure(request, failure);
  }

  @Override
  public String errorCode(Request request, Throwable failure) {
    return QueryService.errorCode(failure);
  }

  private Call assumeRole(Request request, QueryRequest query) {
    AssumeRoleRequest assume = AssumeRoleRequest.read(query, sessions.identities().sts().account());
    return StsCall.of(
        request,
        query,
        Authorization.PER_ITEM,
        caller -> {
          AssumedRole assumed =
              assume.role().isPresent()
                  ? assumeRole.assume(assume, assume.role().get(), caller)
                  : userSession.assume(assume, caller);
          return assumed::writeTo;
        });
  }

  private static Call callerIdentity(Request request, QueryRequest query) {
    query.allowOnly(Set.of());
    return StsCall.of(
        request,
        query,
        Authorization.AUTHENTICATED,
        caller -> {
          Principal who = caller.principal();
          return xml ->
              xml.text("UserId", who.userId())
                  .text("Account", who.account())
                  .text("Arn", who.arn());
        });
  }

  private Call sessionToken(Request request, QueryRequest query) {
    query.allowOnly(Set.of("DurationSeconds", "SerialNumber", "TokenCode"));
    Unsupported.refuse(query, "SerialNumber", "TokenCode");
    OptionalInt seconds = SessionLength.read(query);
    return StsCall.of(
        request,
        query,
        Authorization.AUTHENTICATED,
        caller -> userSession.token(seconds, caller)::writeCredentials);
  }

  private Call federationToken(Request request, QueryRequest query) {
    FederationToken federation = FederationToken.read(query);
    return StsCall.of(
        request,
        query,
        Authorization.PER_ITEM,
        caller -> {
          IssuedSession issued = federation.issue(sessions, caller);
          Principal who = caller.principal();
          return xml -> {
            issued.writeCredentials(xml);
            xml.element(
                "FederatedUser",
                user ->
                    user.text("FederatedUserId", who.account() + ":" + federation.name())
                        .text("Arn", federation.arn(caller)));
            issued.writePackedSize(xml);
          };
        });
  }

  private Call revokeSessions(Request request, QueryRequest query) {
    RevokeSessions revoke = RevokeSessions.read(query, sessions.identities().sts().account());
    return StsCall.allowed(
        request,
        query,
        revoke::permissions,
        caller -> revoke.revoke(revocations, sessions.identities(), clock.instant(), caller));
  }

  private Call decodeMessage(Request request, QueryRequest query) {
    DecodeMessage message = DecodeMessage.read(query);
    return StsCall.allowed(
        request,
        query,
        caller -> onAccount("sts:DecodeAuthorizationMessage", caller),
        caller -> message.decode(messages, caller));
  }

  private Call accessKeyInfo(Request request, QueryRequest query) {
    query.allowOnly(Set.of("AccessKeyId"));
    String id =
        Constraint.ACCESS_KEY.check(
            query.text("AccessKeyId").orElseThrow(Constraint.ACCESS_KEY::missing));
    return StsCall.allowed(
        request,
        query,
        caller -> onAccount("sts:GetAccessKeyInfo", caller),
        caller -> {
          String owner = owner(id);
          return xml -> xml.text("Account", owner);
        });
  }

  private static List<Permission> onAccount(String action, Caller caller) {
    String account = caller.principal().account();
    return List.of(Permission.of(action, Resource.of("arn:aws:sts::" + account + ":*", account)));
  }

  private String owner(String accessKeyId) {
    return sessions
        .identities()
        .key(accessKeyId)
        .map(owned -> owned.owner().account())
        .orElseThrow(
            () -> new QueryException(QueryError.VALIDATION_ERROR, "There is no such access key"));
  }

  private static QueryException unknown(String action) {
    if (NOT_OFFERED.contains(action)) {
      return new QueryException(
          QueryError.REGION_DISABLED, action + " is not offered in any region of this server");
    }
    return new QueryException(
        QueryError.INVALID_ACTION,
        "Could not find the requested operation for version " + QueryService.STS.version());
  }
}
