package dev.lakebed.auth;

import dev.lakebed.policy.Decision;
import dev.lakebed.policy.Keys;
import dev.lakebed.policy.Policy;
import dev.lakebed.policy.PolicyEngine;
import dev.lakebed.policy.Question;
import dev.lakebed.policy.Subject;
import dev.lakebed.wire.Request;
import java.util.List;
import java.util.Optional;

/**
 * The caller of one request. Puts every permission to the policy engine together with the condition
 * keys of the request and of the principal.
 */
public final class RequestCaller implements Caller {
  private final Principal principal;
  private final Optional<String> accessKeyId;
  private final Subject subject;
  private final Keys request;
  private final Keys keys;

  /** A caller whose signature was verified with the credential. */
  public RequestCaller(
      Credential credential, Request request, SigningFacts signing, TrustedProxies proxies) {
    this(
        credential.principal(),
        Optional.of(credential.accessKeyId()),
        new RequestKeys(request, signing, proxies));
  }

  /** A caller who did not sign. */
  public RequestCaller(Principal.Anonymous nobody, Request request, TrustedProxies proxies) {
    this(nobody, Optional.empty(), new RequestKeys(request, SigningFacts.NONE, proxies));
  }

  /**
   * The caller of an authenticated request.
   *
   * @param region region of this endpoint
   */
  public static RequestCaller of(
      Authenticated authenticated, String region, TrustedProxies proxies) {
    return new RequestCaller(
        authenticated.principal(),
        authenticated.accessKeyId(),
        new RequestKeys(authenticated.request(), SigningFacts.of(authenticated, region), proxies));
  }

  private RequestCaller(Principal principal, Optional<String> accessKeyId, Keys request) {
    this.principal = principal;
    this.accessKeyId = accessKeyId;
    this.subject = subject(principal);
    this.request = request;
    this.keys = new PrincipalKeys(principal).or(request);
  }

  @Override
  public Optional<String> accessKeyId() {
    return accessKeyId;
  }

  @Override
  public Caller as(Principal proven) {
    return new RequestCaller(proven, Optional.empty(), request);
  }

  @Override
  public Principal principal() {
    return principal;
  }

  /**
   * {@inheritDoc}
   *
   * <p>When the resource is a role, guarded by its trust policy, the rules of trust policies apply.
   */
  @Override
  public Decision decide(Permission permission) {
    Resource resource = permission.resource();
    Optional<Policy> trust =
        resource.policies().stream().filter(p -> p.kind() == Policy.Kind.TRUST).findFirst();
    Question question =
        new Question(
            permission.action(),
            resource.arn(),
            resource.account(),
            subject,
            principal.grants(),
            trust.isPresent() ? List.of() : resource.policies(),
            keysOf(permission));
    return trust
        .map(policy -> PolicyEngine.decideTrust(policy, question))
        .orElseGet(() -> PolicyEngine.decide(question));
  }

  /** The keys of the principal come first, so that no permission can replace them. */
  private Keys keysOf(Permission permission) {
    String account = permission.resource().account();
    Keys resource =
        key ->
            key.equals("aws:resourceaccount") || key.equals("s3:resourceaccount")
                ? List.of(account)
                : List.of();
    return keys.or(resource).or(permission.keys());
  }

  /** A user whose key is restricted counts as a session, so that the restriction always binds. */
  private static Subject subject(Principal principal) {
    return switch (principal) {
      case Principal.Anonymous nobody -> Subject.ANONYMOUS;
      case Principal.AccountRoot root -> of(Subject.Kind.ROOT, root);
      case Principal.User user ->
          of(
              user.grants().session().isEmpty() ? Subject.Kind.USER : Subject.Kind.USER_SESSION,
              user);
      case Principal.Session session when session.roleSession() ->
          new Subject(
              Subject.Kind.ROLE_SESSION,
              session.account(),
              session.arn(),
              Optional.of(session.issuer()));
      case Principal.Session session ->
          of(
              session.userName().isPresent() ? Subject.Kind.USER_SESSION : Subject.Kind.FEDERATED,
              session);
    };
  }

  private static Subject of(Subject.Kind kind, Principal principal) {
    return new Subject(kind, principal.account(), principal.arn(), Optional.empty());
  }
}
