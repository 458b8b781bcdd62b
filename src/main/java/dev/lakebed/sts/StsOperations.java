package dev.lakebed.sts;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Permission;
import dev.lakebed.auth.Permission.Resource;
import dev.lakebed.auth.Principal;
import dev.lakebed.http.Request;
import dev.lakebed.iam.session.AuthorizationMessages;
import dev.lakebed.iam.session.RevocationWatch;
import dev.lakebed.operation.Call.Authorization;
import dev.lakebed.operation.Operation;
import dev.lakebed.operation.OperationTable;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryRequest;
import dev.lakebed.operation.query.QueryService;
import dev.lakebed.operation.query.QueryService.QueryCall;
import dev.lakebed.operation.query.QueryXml;
import dev.lakebed.operation.query.RolelessSessions;
import dev.lakebed.sts.FederatedRole.UnsignedAction;
import dev.lakebed.sts.Sessions.IssuedSession;
import dev.lakebed.sts.StsProtocol.Federation;
import dev.lakebed.sts.WebToken.WebTokenRequest;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The operations of STS. */
final class StsOperations {
  private final OperationTable.Builder<String, QueryCall> table = OperationTable.builder();
  private final Sessions sessions;
  private final Clock clock;

  private StsOperations(Sessions sessions, Clock clock) {
    this.sessions = sessions;
    this.clock = clock;
  }

  static OperationTable<String, QueryCall> of(
      Sessions sessions,
      AuthorizationMessages messages,
      RevocationWatch revocations,
      Clock clock,
      Federation federation) {
    StsOperations operations = new StsOperations(sessions, clock);
    operations.sessions();
    operations.webIdentityToken(new WebToken(sessions, federation.signingKeys()));
    operations.accounts(messages);
    operations.revocation(revocations);
    federation.addActions(
        sessions, clock, (name, reader) -> operations.open(federation.address(), name, reader));

    operations.others();

    return operations.table.build();
  }

  private void sessions() {
    AssumeRole roles = new AssumeRole(sessions);
    UserSession own = new UserSession(sessions);
    add(
        "AssumeRole",
        Authorization.PER_ITEM,
        query -> AssumeRoleRequest.read(query, sessions.identities().sts().account()),
        (assume, caller) -> {
          if (caller.principal() instanceof Principal.FederatedUser) {
            RolelessSessions.refuse(caller, "sts:AssumeRole");
          }
          return List.of();
        },
        (assume, caller) ->
            assume.role().isPresent()
                ? roles.assume(assume, assume.role().get(), caller)::writeTo
                : own.assume(assume, caller)::writeTo);

    add(
        "GetSessionToken",
        Authorization.AUTHENTICATED,
        query -> {
          query.allowOnly(Set.of("DurationSeconds", "SerialNumber", "TokenCode"));
          StsParameter.refuse(query, "SerialNumber", "TokenCode");
          return StsParameter.DURATION.find(query);
        },
        ofRoles("GetSessionToken"),
        (Optional<Integer> seconds, Caller caller) -> own.token(seconds, caller)::writeCredentials);
    add(
        "GetFederationToken",
        Authorization.PER_ITEM,
        FederationToken::read,
        ofRoles("GetFederationToken"),
        (federation, caller) -> {
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

  private void webIdentityToken(WebToken tokens) {
    add(
        "GetWebIdentityToken",
        Authorization.AUTHENTICATED,
        WebTokenRequest::read,
        ofRoles("GetWebIdentityToken"),
        (asked, caller) -> {
          WebToken.Issued issued = tokens.issue(asked, caller);
          return xml ->
              xml.text("WebIdentityToken", issued.token())
                  .text("Expiration", issued.expiresAt().toString());
        });
  }

  private void accounts(AuthorizationMessages messages) {
    add(
        "GetCallerIdentity",
        Authorization.AUTHENTICATED,
        query -> {
          query.allowOnly(Set.of());
          return query;
        },
        (query, caller) -> List.of(),
        (query, caller) -> {
          Principal who = caller.principal();
          return xml ->
              xml.text("UserId", who.userId())
                  .text("Account", who.account())
                  .text("Arn", who.arn());
        });
    add(
        "GetAccessKeyInfo",
        Authorization.AUTHENTICATED,
        query -> {
          query.allowOnly(Set.of("AccessKeyId"));
          return StsParameter.ACCESS_KEY.require(query);
        },
        onAccount("GetAccessKeyInfo"),
        (key, caller) -> {
          String owner =
              sessions
                  .identities()
                  .key(key)
                  .orElseThrow(
                      () -> QueryError.VALIDATION_ERROR.because("There is no such access key"))
                  .owner()
                  .account();
          return xml -> xml.text("Account", owner);
        });
    add(
        "DecodeAuthorizationMessage",
        Authorization.AUTHENTICATED,
        DecodeMessage::read,
        onAccount("DecodeAuthorizationMessage"),
        (message, caller) -> message.decode(messages, caller));
  }

  private void revocation(RevocationWatch revocations) {
    add(
        "RevokeSessions",
        Authorization.AUTHENTICATED,
        query -> RevokeSessions.read(query, sessions.identities().sts().account()),
        (revoke, caller) -> {
          refuseSessionsOfUsers("RevokeSessions", caller);
          return revoke.permissions(caller);
        },
        (revoke, caller) ->
            revoke.revoke(revocations, sessions.identities(), clock.instant(), caller));
  }

  private void open(
      Function<Request, String> address,
      String name,
      Function<QueryRequest, UnsignedAction> reader) {
    table.add(
        name,
        QueryService.STS.operation(
            name,
            Authorization.OPEN,
            call -> {
              String from = address.apply(call.request());
              UnsignedAction action = reader.apply(call.parameters());
              return (Function<Caller, QueryXml.Content>) caller -> action.run(from, caller);
            },
            (action, caller) -> List.of(),
            (action, caller) -> Optional.of(action.apply(caller))));
  }

  /** Operations of AWS Organizations and of partners, and one that is not built. */
  private void others() {
    for (String name : List.of("AssumeRoot", "GetDelegatedAccessToken")) {
      addNotBuilt(
          name,
          query -> {
            throw QueryError.REGION_DISABLED.because(
                name + " is not offered in any region of this server");
          });
    }
    addNotBuilt("GetScopedCredentials", query -> query);
  }

  private void addNotBuilt(String name, UnaryOperator<QueryRequest> reader) {
    table.add(
        name,
        operation(
                name,
                Authorization.AUTHENTICATED,
                reader,
                onAccount(name),
                (query, caller) -> {
                  throw QueryError.NOT_IMPLEMENTED.because(name + " is not implemented");
                })
            .notBuilt());
  }

  private <P> void add(
      String name,
      Authorization authorization,
      Function<QueryRequest, P> reader,
      BiFunction<P, Caller, List<Permission>> needed,
      BiFunction<P, Caller, QueryXml.Content> work) {
    table.add(name, operation(name, authorization, reader, needed, work));
  }

  private static <P> Operation<QueryCall> operation(
      String name,
      Authorization authorization,
      Function<QueryRequest, P> reader,
      BiFunction<P, Caller, List<Permission>> needed,
      BiFunction<P, Caller, QueryXml.Content> work) {
    return QueryService.STS.operation(
        name,
        authorization,
        call -> reader.apply(call.parameters()),
        needed,
        (parameters, caller) -> Optional.of(work.apply(parameters, caller)));
  }

  /** No permission, but AWS keeps it from users with temporary credentials. */
  private static <P> BiFunction<P, Caller, List<Permission>> ofRoles(String name) {
    return (parameters, caller) -> {
      refuseSessionsOfUsers(name, caller);
      return List.of();
    };
  }

  private static void refuseSessionsOfUsers(String name, Caller caller) {
    RolelessSessions.refuse(caller, "sts:" + name);
  }

  private static <P> BiFunction<P, Caller, List<Permission>> onAccount(String name) {
    return (parameters, caller) -> {
      refuseSessionsOfUsers(name, caller);
      String account = caller.principal().account();
      Resource any = Resource.of("arn:aws:sts::" + account + ":*", account);
      return List.of(Permission.of("sts:" + name, any));
    };
  }
}
