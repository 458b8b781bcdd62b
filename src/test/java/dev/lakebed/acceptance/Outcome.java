package dev.lakebed.acceptance;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** What a call came to, as {@code 403 AccessDenied}; {@code ok} when it worked. */
final class Outcome {
  private Outcome() {}

  static String of(Runnable call) {
    try {
      call.run();
      return "ok";
    } catch (AwsServiceException refused) {
      AwsErrorDetails details = refused.awsErrorDetails();
      String code = details == null || details.errorCode() == null ? "" : details.errorCode();
      return (refused.statusCode() + " " + code).strip();
    }
  }
}
