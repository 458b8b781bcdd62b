package dev.lakebed.sts;

import dev.lakebed.auth.Authenticated;
import dev.lakebed.auth.Authenticated.AuthType;
import dev.lakebed.auth.Authenticated.SignedScope;
import dev.lakebed.auth.Authenticated.SigningFacts;
import dev.lakebed.auth.Caller;
import dev.lakebed.auth.CredentialLookup;
import dev.lakebed.auth.CredentialLookup.Credential;
import dev.lakebed.auth.EvaluationTurns;
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
import dev.lakebed.iam.TokenSigningKeys;
import dev.lakebed.iam.session.AuthorizationMessages;
import dev.lakebed.iam.session.RevocationWatch;
import dev.lakebed.iam.session.SessionCredentials;
import dev.lakebed.iam.session.SessionTokens;
import dev.lakebed.kit.MemoryAssertions;
import dev.lakebed.kit.MemoryRevocations;
import dev.lakebed.kit.MovableClock;
import dev.lakebed.limit.ClientPlaces.ClientShare;
import dev.lakebed.limit.ClientRate;
import dev.lakebed.operation.Call;
import dev.lakebed.policy.Policy;
import dev.lakebed.sts.StsProtocol.Federation;
import dev.lakebed.sts.outbound.OutboundClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** STS and the credential look-up over one configuration, without network and signatures. */
final class StsServer {
  final MovableClock clock = MovableClock.standing();
  final IamDirectory directory;
  final CredentialLookup credentials;
  final StsProtocol protocol;
  final AuthorizationMessages messages;
  final MemoryAssertions assertions;
  final MemoryRevocations revoked = new MemoryRevocations();
  final RevocationWatch revocations = new RevocationWatch(revoked, clock);
  final TokenSigningKeys signing;
  final Path folder;
  private final Path config;
  private final SessionTokens tokens;

  StsServer(String json) {
    this(json, new MemoryAssertions());
  }

  /** A node that shares the table of used assertions with others. */
  StsServer(String json, MemoryAssertions shared) {
    assertions = shared;
    try {
      folder = Files.createTempDirectory("lakebed-sts");
      config = Files.writeString(folder.resolve("iam.json"), json);
      directory = new IamDirectory(new IdentityLoader(List.of(config), Map.of(), folder));
      tokens = new SessionTokens(new SessionKeys(directory, folder)::ring);
      credentials =
          new IamCredentials(directory, new SessionCredentials(tokens, revocations, clock), clock);
      messages = new AuthorizationMessages(new SessionKeys(directory, folder)::ring);
      signing = new TokenSigningKeys(folder);
      protocol =
          new StsProtocol(
              directory::view,
              tokens,
              messages,
              revocations,
              clock,
              new Federation(
                  new OutboundClient(
                      () -> directory.snapshot().sts().federation().outboundAddresses()),
                  request -> request.connection().remoteAddress(),
                  signing::all,
                  assertions));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  static StsServer seed() {
    try {
      return new StsServer(Files.readString(Path.of("src/test/resources/seed/iam_config.json")));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  void reconfigure(String json) {
    try {
      Files.writeString(config, json);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    if (!directory.reload()) {
      throw new IllegalStateException("not reloaded");
    }
  }

  /** How another node with the same database and signing key looks credentials up. */
  CredentialLookup otherNode(RevocationWatch watch) {
    return new IamCredentials(directory, new SessionCredentials(tokens, watch, clock), clock);
  }

  Credential key(String id) {
    return proven(credentials.find(id, Optional.empty()));
  }

  /** A form POST that nobody signed. */
  StsAnswer unsigned(String action, String... parameters) {
    Request request = form("/", query(action, parameters));
    return send(new RequestCaller(directory.anonymous(), request, TrustedProxies.NONE), request);
  }

  Credential session(StsAnswer issued) {
    return proven(
        credentials.find(issued.text("AccessKeyId"), Optional.of(issued.text("SessionToken"))));
  }

  /** As after an accepted signature. */
  private static Credential proven(Credential found) {
    return new Credential(found.accessKeyId(), found.secret(), found.principal());
  }

  /** A form POST of an action with parameters, name and value in turn. */
  StsAnswer call(Credential signer, String action, String... parameters) {
    return send(signer, form("/", query(action, parameters)));
  }

  StsAnswer assume(Credential signer, String... parameters) {
    return call(signer, "AssumeRole", parameters);
  }

  StsAnswer send(Credential signer, Request request) {
    return send(caller(signer, request), request);
  }

  private StsAnswer send(Caller caller, Request request) {
    try {
      Call call = protocol.resolve(request);
      return StsAnswer.of(call.authorise(caller).run());
    } catch (IOException | RuntimeException failure) {
      Response error = protocol.error(request, failure);
      return StsAnswer.of(error);
    }
  }

  private RequestCaller caller(Credential signer, Request request) {
    Authenticated signed =
        new Authenticated(
            signer.principal(),
            request,
            AuthType.HEADER,
            Optional.of(signer.accessKeyId()),
            Optional.of(clock.instant()),
            Optional.of(new SignedScope("us-east-1", "sts")));
    return RequestCaller.of(
        signed,
        "us-east-1",
        TrustedProxies.NONE,
        messages,
        new ClientRate(100, System::nanoTime),
        EvaluationTurns.of(ClientShare.ALL));
  }

  boolean may(Credential who, String action, String arn) {
    return mayAt(who, action, arn, "000000000000");
  }

  /** Whether it may do something to what another account owns. */
  boolean mayAt(Credential who, String action, String arn, String owner) {
    Request request = form("/", "");
    return new RequestCaller(who, request, SigningFacts.NONE, TrustedProxies.NONE)
        .may(Permission.of(action, Resource.of(arn, owner)));
  }

  /** Whether it may do something to an object of this account whose bucket has a policy. */
  boolean mayWith(Credential who, String action, Policy bucket) {
    Resource object = new Resource("arn:aws:s3:::b/k", "000000000000", List.of(bucket));
    return new RequestCaller(who, form("/", ""), SigningFacts.NONE, TrustedProxies.NONE)
        .may(Permission.of(action, object));
  }

  static String query(String action, String... parameters) {
    return "Action="
        + action
        + "&Version=2011-06-15"
        + IntStream.range(0, parameters.length / 2)
            .mapToObj(
                i ->
                    "&"
                        + PercentEncoding.encode(parameters[2 * i])
                        + "="
                        + PercentEncoding.encode(parameters[2 * i + 1]))
            .collect(Collectors.joining());
  }

  Request form(String path, String body) {
    return request("POST", path, "", body, "application/x-www-form-urlencoded; charset=utf-8");
  }

  Request request(String method, String path, String query, String body, String contentType) {
    Headers.Builder headers = Headers.builder().add("x-lakebed-authorization-message", "true");
    if (!contentType.isEmpty()) {
      headers.add("Content-Type", contentType);
    }
    return new Request(
        "0123456789ABCDEF",
        method,
        new RawTarget(path, query),
        QueryParameters.parse(query),
        headers.build(),
        new Connection("192.0.2.1", false, 8333),
        clock.instant(),
        new FormBody(body.getBytes(StandardCharsets.UTF_8)));
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record FormBody(byte[] bytes) implements RequestBody {
    @Override
    public OptionalLong length() {
      return OptionalLong.of(bytes.length);
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(bytes);
    }
  }
}
