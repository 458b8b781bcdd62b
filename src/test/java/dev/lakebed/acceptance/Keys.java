package dev.lakebed.acceptance;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.Credentials;

/**
 * Key pairs of {@code config/seed.json} and {@code config/acceptance.json}, and sessions of them.
 */
final class Keys {
  static final AwsCredentials ADMIN = AwsBasicCredentials.create("admin", "admin");

  /** Read, List, Write on everything, as a catalog has. */
  static final AwsCredentials KEEPER =
      AwsBasicCredentials.create("AKKEEPER", "keeper-secret-of-the-tests");

  /** The root user of the account 111122223333. */
  static final AwsCredentials ROOT =
      AwsBasicCredentials.create("AKROOTOFTHETESTS", "root-secret-of-the-tests");

  static final String VENDED_ROLE = "arn:aws:iam::000000000000:role/LakekeeperVendedRole";

  private Keys() {}

  /** A session of the seed's role, cut down by the policy. */
  static AwsSessionCredentials vended(Endpoint endpoint, AwsCredentials caller, String policy) {
    return session(endpoint, caller, request(policy).roleArn(VENDED_ROLE).build());
  }

  /** A session of the caller without a role, cut down by the policy. */
  static AwsSessionCredentials ownSession(Endpoint endpoint, AwsCredentials caller, String policy) {
    return session(endpoint, caller, request(policy).build());
  }

  static AwsSessionCredentials session(
      Endpoint endpoint, AwsCredentials caller, AssumeRoleRequest request) {
    try (StsClient sts = endpoint.sts(caller)) {
      return of(sts.assumeRole(request).credentials());
    }
  }

  static AwsSessionCredentials of(Credentials given) {
    return AwsSessionCredentials.create(
        given.accessKeyId(), given.secretAccessKey(), given.sessionToken());
  }

  private static AssumeRoleRequest.Builder request(String policy) {
    return AssumeRoleRequest.builder()
        .roleSessionName("lakekeeper-sts")
        .durationSeconds(3600)
        .policy(policy);
  }
}
