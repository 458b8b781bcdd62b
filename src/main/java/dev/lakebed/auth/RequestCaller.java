package dev.lakebed.auth;

import dev.lakebed.auth.Authenticated.SigningFacts;
import dev.lakebed.auth.Caller.ForwardingCaller;
import dev.lakebed.auth.ConditionKeys.PrincipalKeys;
import dev.lakebed.auth.ConditionKeys.RequestKeys;
import dev.lakebed.auth.CredentialLookup.Credential;
import dev.lakebed.auth.Denial.DenialSealer;
import dev.lakebed.auth.Permission.Resource;
import dev.lakebed.http.Request;
import dev.lakebed.limit.ClientPlaces.ClientShare;
import dev.lakebed.limit.ClientRate;
import dev.lakebed.limit.ServerBusyException;
import dev.lakebed.policy.Decision;
import dev.lakebed.policy.Keys;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The caller of one request. Puts every permission to the policy engine together with the condition
 * keys of the request and of the principal.
 */
public final class RequestCaller implements ForwardingCaller {
  private static final System.Logger LOG = System.getLogger("dev.lakebed.denials");

  /** The header that asks for the encoded message of refusals, and that answers with it. */
  private static final String MESSAGE = "x-lakebed-authorization-message";

  private static final String DECODE = "sts:DecodeAuthorizationMessage";

  /** DeleteObjects can be refused a thousand times; the first refusals say enough. */
  private static final int MAX_DENIALS = 16;

  private final Trace trace;
  private final String requestId;
  private final DenialSealer sealer;
  private final Optional<String> accessKeyId;
  private final RequestKeys request;
  private final KeyedCaller asking;

  /** What one request asked for, in whosever name. */
  private static final class Trace {
    private final Supplier<String> client;
    private final ClientRate rate;
    private final EvaluationTurns.Exertion exertion;
    private final List<Denial> denials = new ArrayList<>(1);
    private @Nullable Permission asked;

    Trace(Supplier<String> client, ClientRate rate, EvaluationTurns turns) {
      this.client = client;
      this.rate = rate;
      this.exertion = turns.begin();
    }

    static Trace alone() {
      return new Trace(
          () -> "",
          new ClientRate(MAX_DENIALS, System::nanoTime),
          EvaluationTurns.of(ClientShare.ALL));
    }
  }

  /** A caller whose signature was verified with the credential. */
  public RequestCaller(
      Credential credential, Request request, SigningFacts signing, TrustedProxies proxies) {
    this(
        credential.principal(),
        Optional.of(credential.accessKeyId()),
        new RequestKeys(request, signing, proxies),
        DenialSealer.NONE,
        Trace.alone());
  }

  public RequestCaller(Principal.Anonymous nobody, Request request, TrustedProxies proxies) {
    this(
        nobody,
        Optional.empty(),
        new RequestKeys(request, SigningFacts.NONE, proxies),
        DenialSealer.NONE,
        Trace.alone());
  }

  /**
   * {@code region} is of this endpoint, {@code rate} bounds the log lines of refusals, and {@code
   * turns} are of requests whose policies take long.
   */
  public static RequestCaller of(
      Authenticated authenticated,
      String region,
      TrustedProxies proxies,
      DenialSealer sealer,
      ClientRate rate,
      EvaluationTurns turns) {
    return new RequestCaller(
        authenticated.principal(),
        authenticated.accessKeyId(),
        new RequestKeys(authenticated.request(), SigningFacts.of(authenticated, region), proxies),
        sealer,
        new Trace(() -> proxies.clientAddress(authenticated.request()), rate, turns));
  }

  private RequestCaller(
      Principal principal,
      Optional<String> accessKeyId,
      RequestKeys request,
      DenialSealer sealer,
      Trace trace) {
    this.trace = trace;
    this.requestId = request.request().id();
    this.sealer = sealer;
    this.accessKeyId = accessKeyId;
    this.request = request;
    this.asking = new KeyedCaller(principal, request, trace.exertion);
  }

  @Override
  public Optional<String> accessKeyId() {
    return accessKeyId;
  }

  @Override
  public Caller as(Principal proven) {
    return new RequestCaller(proven, Optional.empty(), request, sealer, trace);
  }

  @Override
  public Caller caller() {
    return asking;
  }

  @Override
  public Decision decide(Permission permission) {
    if (trace.asked == null) {
      trace.asked = permission;
    }
    return asking.decide(permission);
  }

  @Override
  public Optional<Permission> asked() {
    return Optional.ofNullable(trace.asked);
  }

  @Override
  public Denial deny(Permission permission, Decision decision, String note) {
    Denial denial = Denial.of(principal(), permission, decision, note, context(permission));
    if (trace.denials.size() < MAX_DENIALS) {
      trace.denials.add(denial);
      log(denial);
    }
    return denial;
  }

  private void log(Denial denial) {
    long leftOut = trace.rate.permit(trace.client.get());
    if (leftOut >= 0) {
      String more = leftOut == 0 ? "" : " (and " + leftOut + " more before)";
      LOG.log(
          System.Logger.Level.INFO,
          () -> "denied request=" + requestId + " " + denial.line() + more);
    }
  }

  /**
   * Only for who asks for it or may decode it: its two thousand letters fill what clients show.
   * Nobody gets none: it would make an answer that costs more than the question.
   */
  @Override
  public Optional<String> seal(Denial denial) {
    boolean wanted =
        !(principal() instanceof Principal.Anonymous) && (asksForMessage() || mayDecode());
    return wanted ? sealer.seal(denial) : Optional.empty();
  }

  private boolean asksForMessage() {
    return request.request().headers().first(MESSAGE).filter("true"::equals).isPresent();
  }

  private boolean mayDecode() {
    String account = principal().account();
    try {
      return asking
          .decide(Permission.of(DECODE, Resource.of("arn:aws:sts::" + account + ":*", account)))
          .allowed();
    } catch (ServerBusyException busy) {
      // The refusal stands without it.
      return false;
    }
  }

  @Override
  public List<Denial> denials() {
    return List.copyOf(trace.denials);
  }

  private Map<String, List<String>> context(Permission permission) {
    Keys all = asking.keysOf(permission);
    Map<String, List<String>> context = new LinkedHashMap<>();
    Stream<String> fixed = ConditionKeys.ALL.stream().filter(name -> !name.endsWith("/"));
    Stream.concat(fixed, PrincipalKeys.names(principal()))
        .forEach(
            name -> {
              List<String> values = all.values(name.toLowerCase(Locale.ROOT));
              if (!values.isEmpty()) {
                context.put(name, List.copyOf(values));
              }
            });
    return context;
  }
}
