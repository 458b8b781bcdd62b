package dev.lakebed.tables.rest;

import dev.lakebed.tables.rest.TableArn.InvalidValueException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * ARN of a table bucket. Requests may say any {@code aws*} partition and any region, since a client
 * takes its region from its own configuration; answers and policies use one region and the
 * partition {@code aws}.
 *
 * @param account twelve digits
 * @param bucket name, in the wide form that AWS's model allows in ARNs
 */
public record TableBucketArn(String account, String bucket) {
  private static final Pattern FORM =
      Pattern.compile(
          "arn:aws[-a-z0-9]{0,32}:s3tables:[-a-z0-9]{0,64}:([0-9]{12}):bucket/([a-z0-9_-]{3,63})");

  /**
   * Parses an ARN, or fails with InvalidValueException when it is not the ARN of a table bucket.
   */
  public static TableBucketArn parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new InvalidValueException(
          "The table bucket ARN is not valid: arn:aws:s3tables:REGION:ACCOUNT:bucket/NAME");
    }
    return new TableBucketArn(matcher.group(1), matcher.group(2));
  }

  /** The ARN as answers and policies write it. */
  public String in(String region) {
    return "arn:aws:s3tables:" + region + ':' + account + ":bucket/" + bucket;
  }
}
