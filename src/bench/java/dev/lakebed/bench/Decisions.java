package dev.lakebed.bench;

import dev.lakebed.auth.Authenticated.SigningFacts;
import dev.lakebed.auth.CredentialLookup.Credential;
import dev.lakebed.auth.Permission;
import dev.lakebed.auth.Permission.Resource;
import dev.lakebed.auth.Principal;
import dev.lakebed.auth.Principal.SessionFacts;
import dev.lakebed.auth.RequestCaller;
import dev.lakebed.auth.TrustedProxies;
import dev.lakebed.http.Headers;
import dev.lakebed.http.QueryParameters;
import dev.lakebed.http.RawTarget;
import dev.lakebed.http.Request;
import dev.lakebed.http.RequestBody;
import dev.lakebed.policy.Decision;
import dev.lakebed.policy.Policy;
import dev.lakebed.policy.Question.Grants;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The decisions whose cost is measured: all that a request pays for authorisation once its
 * signature is verified and its identity, with compiled policies, came out of the cache.
 */
final class Decisions {
  private static final String ACCOUNT = "000000000000";
  private static final String BUCKET = "lakebed-bench";
  private static final String ARN = "arn:aws:s3:::" + BUCKET + "/";
  private static final String BUCKET_POLICY =
      """
      {"Version":"2012-10-17","Statement":[\
      {"Sid":"Auditor","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},\
      "Action":["s3:GetObject","s3:ListBucket"],\
      "Resource":["arn:aws:s3:::lakebed-bench","arn:aws:s3:::lakebed-bench/*"]},\
      {"Sid":"NoOldClients","Effect":"Deny","Principal":"*","Action":"s3:*",\
      "Resource":"arn:aws:s3:::lakebed-bench/*",\
      "Condition":{"StringLike":{"aws:UserAgent":"*aws-sdk-java/1.*"}}}]}\
      """;

  /** Longest key that S3 allows, so that the pattern has most to do. */
  private static final int LONGEST_KEY = 1024;

  private static final int STARS = 200;

  private Decisions() {}

  /** What is asked, and the class of answer that it must have. */
  record Case(Principal principal, Permission permission, Class<? extends Decision> answer) {
    /**
     * Decides once, as for a request of its own.
     *
     * @throws IllegalStateException when the answer is another than it must be
     */
    void decide() {
      RequestCaller caller =
          new RequestCaller(
              new Credential("AKIABENCHBENCHBENCH", "unused", principal),
              REQUEST,
              SIGNED,
              TrustedProxies.NONE);
      Decision decision = caller.decide(permission);
      if (decision.getClass() != answer) {
        throw new IllegalStateException(decision.detail());
      }
    }
  }

  private static final SigningFacts SIGNED =
      new SigningFacts(
          Optional.of("REST-HEADER"),
          Optional.of("AWS4-HMAC-SHA256"),
          Optional.of("us-east-1"),
          Optional.of(Instant.EPOCH));

  private static final Request REQUEST =
      new Request(
          "0123456789ABCDEF",
          "GET",
          new RawTarget("/" + BUCKET + "/key", ""),
          QueryParameters.parse(""),
          Headers.builder()
              .add("host", "127.0.0.1")
              .add("user-agent", "aws-sdk-java/2.30.1 md/io#sync md/http#Apache ua/2.1")
              .add("x-amz-date", "20260101T000000Z")
              .build(),
          new dev.lakebed.http.Request.Connection("127.0.0.1", false, 8333),
          Instant.parse("2026-01-01T00:00:00Z"),
          RequestBody.EMPTY);

  /** Cases by name, for a principal with that many managed policies. */
  static Map<String, Case> with(int policies) {
    List<Policy> identity = compiled(TeamPolicies.documents(policies, BUCKET));
    Principal user = user(new Grants(identity, Optional.empty(), List.of(), false));
    Policy narrow = Policy.parse("session", AssumeRoleWorkload.policy(BUCKET), Policy.Kind.SESSION);
    Principal session = session(new Grants(identity, Optional.empty(), List.of(narrow), false));
    String inTable = AssumeRoleWorkload.tablePath(BUCKET) + "/data/part-0.parquet";
    Map<String, Case> cases = new LinkedHashMap<>();
    cases.put("allowed by the last statement", allowed(user, Resource.of(ARN + "key", ACCOUNT)));
    cases.put(
        "denied by the last policy",
        new Case(
            user,
            Permission.of("s3:PutObject", Resource.of(ARN + "archive/key", ACCOUNT)),
            Decision.ExplicitDeny.class));
    cases.put(
        "nothing matches",
        new Case(
            user,
            Permission.of("s3:GetObject", Resource.of("arn:aws:s3:::elsewhere/key", ACCOUNT)),
            Decision.ImplicitDeny.class));
    cases.put(
        "allowed in a session of 2 KB, with a bucket policy",
        allowed(
            session,
            new Resource(
                ARN + inTable,
                ACCOUNT,
                List.of(Policy.parse(BUCKET, BUCKET_POLICY, Policy.Kind.RESOURCE)))));
    return cases;
  }

  /** One policy whose pattern is two hundred stars, and the longest keys. */
  static Map<String, Case> stars() {
    String document =
        """
        {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObject",\
        "Resource":"%s%s"}}\
        """
            .formatted(ARN, "*a".repeat(STARS));
    Principal user =
        user(new Grants(compiled(List.of(document)), Optional.empty(), List.of(), false));
    String key = "a".repeat(LONGEST_KEY);
    Map<String, Case> cases = new LinkedHashMap<>();
    cases.put("200 x `*a`, matches", allowed(user, Resource.of(ARN + key, ACCOUNT)));
    cases.put(
        "200 x `*a`, does not match",
        new Case(
            user,
            Permission.of("s3:GetObject", Resource.of(ARN + key.substring(1) + "b", ACCOUNT)),
            Decision.ImplicitDeny.class));
    return cases;
  }

  private static Case allowed(Principal who, Resource what) {
    return new Case(who, Permission.of("s3:GetObject", what), Decision.Allowed.class);
  }

  private static List<Policy> compiled(List<String> documents) {
    List<Policy> policies = new ArrayList<>();
    for (String document : documents) {
      policies.add(Policy.parse("policy-" + policies.size(), document, Policy.Kind.IDENTITY));
    }
    return policies;
  }

  private static Principal user(Grants grants) {
    return new Principal.User(
        ACCOUNT,
        "arn:aws:iam::" + ACCOUNT + ":user/bench",
        "AIDABENCH",
        "bench",
        Map.of("duty", "reader"),
        grants);
  }

  private static Principal session(Grants grants) {
    return new Principal.RoleSession(
        ACCOUNT,
        "arn:aws:sts::" + ACCOUNT + ":assumed-role/bench/s",
        "AROABENCH",
        "arn:aws:iam::" + ACCOUNT + ":role/bench",
        new SessionFacts(
            "s",
            Instant.EPOCH,
            Instant.MAX,
            Map.of("duty", "reader"),
            Set.of(),
            Optional.empty(),
            List.of("AKIABENCHBENCHBENCH"),
            Map.of()),
        grants);
  }
}
