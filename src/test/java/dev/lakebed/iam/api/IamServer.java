package dev.lakebed.iam.api;

import dev.lakebed.auth.Authenticated.SigningFacts;
import dev.lakebed.auth.AuthenticationException;
import dev.lakebed.auth.Caller;
import dev.lakebed.auth.CredentialLookup.Credential;
import dev.lakebed.auth.Permission;
import dev.lakebed.auth.Permission.Resource;
import dev.lakebed.auth.RequestCaller;
import dev.lakebed.auth.TrustedProxies;
import dev.lakebed.http.Headers;
import dev.lakebed.http.PercentEncoding;
import dev.lakebed.http.QueryParameters;
import dev.lakebed.http.RawTarget;
import dev.lakebed.http.Request;
import dev.lakebed.http.Request.Connection;
import dev.lakebed.http.RequestBody;
import dev.lakebed.http.Response;
import dev.lakebed.iam.IamCredentials;
import dev.lakebed.iam.IamDirectory;
import dev.lakebed.iam.IdentityLoader;
import dev.lakebed.iam.SessionKeys;
import dev.lakebed.iam.SessionKeys.StoreKeys;
import dev.lakebed.iam.TokenSigningKeys;
import dev.lakebed.iam.api.IamProtocol.Services;
import dev.lakebed.iam.session.AuthorizationMessages;
import dev.lakebed.iam.session.RevocationWatch;
import dev.lakebed.iam.session.SessionCredentials;
import dev.lakebed.iam.session.SessionTokens;
import dev.lakebed.iam.store.ChangeWatch;
import dev.lakebed.iam.store.LayeredView;
import dev.lakebed.iam.store.SecretSeal;
import dev.lakebed.iam.store.UseLog;
import dev.lakebed.kit.SharedDatabase;
import dev.lakebed.operation.Call;
import dev.lakebed.operation.Protocol;
import dev.lakebed.storage.metadata.iam.IamStore;
import dev.lakebed.storage.metadata.iam.LastUses.LastUse;
import dev.lakebed.sts.StsProtocol;
import dev.lakebed.sts.StsProtocol.Federation;
import dev.lakebed.sts.outbound.OutboundClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * IAM, STS and the credential look-up of one node over the shared database, without network and
 * signatures. Each has an account of its own, whose root user has the key ROOTKEYOFACCOUNT, whose
 * administrator has the key ADMIN and whose reader has the key READER.
 */
final class IamServer implements AutoCloseable {
  static final String TRUST =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\","
          + "\"Action\":\"sts:AssumeRole\"}]}";

  final String account;
  private final Path folder;
  private final IamDirectory directory;
  private final IamCredentials credentials;
  private final Protocol iam;
  private final Protocol sts;
  private final ChangeWatch watch;
  private final UseLog uses;
  private final RevocationWatch revocations;

  private IamServer(String account, Path folder, boolean readOnly, String reader) {
    try {
      this.account = account;
      this.folder = folder;
      Path config = Files.writeString(folder.resolve("iam.json"), config(account, reader));
      this.directory = new IamDirectory(new IdentityLoader(List.of(config), Map.of(), folder));
      IamStore store =
          new IamStore(
              SharedDatabase.get(),
              SharedDatabase.store().changes(),
              new SecretSeal(new StoreKeys(folder)::all));
      directory.extend(configured -> new LayeredView(configured, store));
      this.watch = new ChangeWatch(store, directory::refresh);
      this.uses = new UseLog(store);
      Clock clock = Clock.systemUTC();
      SessionTokens tokens = new SessionTokens(new SessionKeys(directory, folder)::ring);
      this.revocations = new RevocationWatch(SharedDatabase.store().revocations(), clock).start();
      this.credentials =
          new IamCredentials(directory, new SessionCredentials(tokens, revocations, clock), clock);
      this.iam = new IamProtocol(() -> readOnly, new Services(directory, store, uses, clock));
      this.sts =
          new StsProtocol(
              directory::view,
              tokens,
              new AuthorizationMessages(new SessionKeys(directory, folder)::ring),
              revocations,
              clock,
              new Federation(
                  new OutboundClient(() -> List.of()),
                  request -> request.connection().remoteAddress(),
                  new TokenSigningKeys(folder)::all,
                  SharedDatabase.store().usedAssertions()));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  static IamServer start() {
    return start(false);
  }

  static IamServer start(boolean readOnly) {
    try {
      long number = ThreadLocalRandom.current().nextLong(100_000_000_000L, 1_000_000_000_000L);
      return new IamServer(
          String.valueOf(number), Files.createTempDirectory("lakebed-iam"), readOnly, "reader");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Another node on the same database and configuration. */
  IamServer neighbour() {
    return new IamServer(account, folder, false, "reader");
  }

  /** Another node on the same database, where the reader of the configuration has that name. */
  IamServer neighbour(String reader) {
    return new IamServer(account, folder, false, reader);
  }

  /** Takes the root user out of the configuration, or puts it back. */
  void rootUser(boolean present) {
    try {
      String config = config(account, "reader");
      Files.writeString(
          folder.resolve("iam.json"),
          present ? config : config.replaceFirst("(?s)\\{\"name\":\"account-root\".*?}]},", ""));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    if (!directory.reload()) {
      throw new IllegalStateException("not reloaded");
    }
  }

  private static String config(String account, String reader) {
    return """
    {"sts":{"accountId":"%1$s"},
     "identities":[
      {"name":"account-root","root":true,"account":{"id":"%1$s"},
       "credentials":[{"accessKey":"ROOTKEYOFACCOUNT","secretKey":"0123456789abcdef"}]},
      {"name":"root-admin","account":{"id":"%1$s"},"actions":["Admin"],
       "credentials":[{"accessKey":"ADMIN","secretKey":"0123456789abcdef"}]},
      {"name":"%3$s","account":{"id":"%1$s"},"policyNames":["Reading"],
       "credentials":[{"accessKey":"READER","secretKey":"0123456789abcdef"}]}],
     "policies":[{"name":"Reading","document":{"Version":"2012-10-17","Statement":[
       {"Effect":"Allow","Action":"s3:Get*","Resource":"*"}]}}],
     "providers":[
      {"name":"idp","type":"oidc","config":{"issuer":"https://idp.example/lake","clientId":"a"}},
      {"name":"gone","type":"oidc","enabled":false,
       "config":{"issuer":"https://gone.example/lake","clientId":"a"}}],
     "roles":[{"roleName":"FileRole","trustPolicy":%2$s,"attachedPolicies":["Reading"]}]}
    """
        .formatted(account, TRUST, reader);
  }

  /** An IAM call of the administrator. */
  Answer call(String action, String... parameters) {
    return call(key("ADMIN"), action, parameters);
  }

  Answer call(Credential caller, String action, String... parameters) {
    return send(iam, caller, "2010-05-08", action, parameters);
  }

  Answer sts(Credential caller, String action, String... parameters) {
    return send(sts, caller, "2011-06-15", action, parameters);
  }

  Credential key(String id) {
    return proven(credentials.find(id, Optional.empty()));
  }

  /** Makes a user with a key and gives its credential. */
  Credential user(String name) {
    call("CreateUser", "UserName", name).requireOk();
    return key(call("CreateAccessKey", "UserName", name).requireOk().text("AccessKeyId"));
  }

  Credential session(Answer issued) {
    return proven(
        credentials.find(issued.text("AccessKeyId"), Optional.of(issued.text("SessionToken"))));
  }

  /** As after an accepted signature. */
  private static Credential proven(Credential found) {
    return new Credential(found.accessKeyId(), found.secret(), found.principal());
  }

  /** What a credential is refused with, or {@code ok}. */
  String use(String keyId, Optional<String> token) {
    try {
      proven(credentials.find(keyId, token));
      return "ok";
    } catch (AuthenticationException refused) {
      return refused.reason().name();
    }
  }

  String use(Answer issued) {
    return use(issued.text("AccessKeyId"), Optional.of(issued.text("SessionToken")));
  }

  /** Notes a use as the pipeline does for each request. */
  void note(LastUse use) {
    uses.note(use);
  }

  boolean may(Credential who, String action, String arn) {
    return new RequestCaller(who, request(""), SigningFacts.NONE, TrustedProxies.NONE)
        .may(Permission.of(action, Resource.of(arn, account)));
  }

  String arn(String resource) {
    return "arn:aws:iam::" + account + ":" + resource;
  }

  private static Answer send(
      Protocol protocol, Credential caller, String version, String action, String... parameters) {
    StringBuilder query = new StringBuilder("Action=" + action + "&Version=" + version);
    for (int i = 0; i < parameters.length; i += 2) {
      query
          .append('&')
          .append(PercentEncoding.encode(parameters[i]))
          .append('=')
          .append(PercentEncoding.encode(parameters[i + 1]));
    }
    Request request = request(query.toString());
    try {
      Call call = protocol.resolve(request);
      Caller asking = new RequestCaller(caller, request, SigningFacts.NONE, TrustedProxies.NONE);
      return Answer.of(call.authorise(asking).run());
    } catch (IOException | RuntimeException failure) {
      Response error = protocol.error(request, failure);
      return Answer.of(error);
    }
  }

  private static Request request(String query) {
    return new Request(
        "0123456789ABCDEF",
        "GET",
        new RawTarget("/", query),
        QueryParameters.parse(query),
        Headers.NONE,
        new Connection("192.0.2.1", false, 8333),
        Instant.now(),
        RequestBody.EMPTY);
  }

  @Override
  public void close() {
    watch.close();
    uses.close();
    revocations.close();
  }
}
