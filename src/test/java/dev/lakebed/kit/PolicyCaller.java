package dev.lakebed.kit;

import dev.lakebed.auth.Authenticated.SigningFacts;
import dev.lakebed.auth.Caller;
import dev.lakebed.auth.CredentialLookup.Credential;
import dev.lakebed.auth.Principal;
import dev.lakebed.auth.RequestCaller;
import dev.lakebed.auth.TrustedProxies;
import dev.lakebed.http.Headers;
import dev.lakebed.http.QueryParameters;
import dev.lakebed.http.RawTarget;
import dev.lakebed.http.Request;
import dev.lakebed.http.Request.Connection;
import dev.lakebed.http.RequestBody;
import dev.lakebed.iam.model.UniqueId;
import dev.lakebed.policy.Policy;
import dev.lakebed.policy.Question.Grants;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Callers whose rights the real policy engine decides, from 203.0.113.7. */
public final class PolicyCaller {
  /** The account of the buckets. */
  public static final String ACCOUNT = "000000000000";

  private PolicyCaller() {}

  /** A user with one policy, whose statements are written with single quotes. */
  public static Caller user(String account, String name, String statements) {
    Policy policy = Policy.parse("own", policy(statements), Policy.Kind.IDENTITY);
    Principal user =
        new Principal.User(
            account,
            "arn:aws:iam::" + account + ":user/" + name,
            UniqueId.ofArn("AIDA", name),
            name,
            Map.of(),
            new Grants(List.of(policy), Optional.empty(), List.of(), false));
    return new RequestCaller(
        new Credential("AKIA" + name, "secret", user),
        request(),
        SigningFacts.NONE,
        TrustedProxies.NONE);
  }

  /** A user of the account, called test, that may do this. */
  public static Caller allowed(String action, String resource) {
    return user(
        ACCOUNT,
        "test",
        "{'Effect':'Allow','Action':'%s','Resource':'%s'}".formatted(action, resource));
  }

  /** The same under a condition. */
  public static Caller allowed(String action, String resource, String condition) {
    return user(
        ACCOUNT,
        "test",
        "{'Effect':'Allow','Action':'%s','Resource':'%s','Condition':%s}"
            .formatted(action, resource, condition));
  }

  /** A user of the account that may do everything. */
  public static Caller admin() {
    return user(ACCOUNT, "admin", "{'Effect':'Allow','Action':'*','Resource':'*'}");
  }

  /** The root user of the account. */
  public static Caller root() {
    Principal root =
        new Principal.AccountRoot(
            ACCOUNT, new Grants(List.of(), Optional.empty(), List.of(), true));
    return new RequestCaller(
        new Credential("AKIAROOT", "secret", root),
        request(),
        SigningFacts.NONE,
        TrustedProxies.NONE);
  }

  /** A user that its own policies allow nothing useful. */
  public static Caller powerless(String account, String name) {
    return user(account, name, "{'Effect':'Allow','Action':'iam:GetUser','Resource':'*'}");
  }

  /** Somebody who did not sign. */
  public static Caller anonymous() {
    return anonymous(Grants.NONE);
  }

  /** Somebody who did not sign, where everybody has these rights. */
  public static Caller anonymous(Grants grants) {
    return new RequestCaller(new Principal.Anonymous(grants), request(), TrustedProxies.NONE);
  }

  /** A current document with the given statements, written with single quotes. */
  public static String policy(String statements) {
    return "{'Version':'2012-10-17','Statement':[%s]}".formatted(statements).replace('\'', '"');
  }

  private static Request request() {
    return new Request(
        "0123456789ABCDEF",
        "GET",
        new RawTarget("/", ""),
        QueryParameters.NONE,
        Headers.NONE,
        new Connection("203.0.113.7", false, 8333),
        Instant.now(),
        RequestBody.EMPTY);
  }
}
