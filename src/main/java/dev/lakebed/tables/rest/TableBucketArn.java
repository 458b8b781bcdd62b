package dev.lakebed.tables.rest;

import java.util.Optional;
import java.util.UUID;
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

  /** Parses an ARN, or fails with BadRequestException when it is not the ARN of a table bucket. */
  public static TableBucketArn parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw TablesError.BAD_REQUEST.because(
          "The table bucket ARN is not valid: arn:aws:s3tables:REGION:ACCOUNT:bucket/NAME");
    }
    return new TableBucketArn(matcher.group(1), matcher.group(2));
  }

  public String in(String region) {
    return "arn:aws:s3tables:" + region + ':' + account + ":bucket/" + bucket;
  }

  /** ARN of a table. Its id stays when the table is renamed and is never used again. */
  public record TableArn(TableBucketArn bucket, UUID table) {
    private static final String INFIX = "/table/";
    private static final Pattern ID =
        Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    /** Parses an ARN, or fails with BadRequestException when it is not the ARN of a table. */
    public static TableArn parse(String text) {
      return parseIfTable(text)
          .orElseThrow(
              () ->
                  TablesError.BAD_REQUEST.because(
                      "The table ARN is not valid:"
                          + " arn:aws:s3tables:REGION:ACCOUNT:bucket/NAME/table/ID"));
    }

    /**
     * Parses an ARN of a table; empty for one of a table bucket. Fails with BadRequestException
     * when it names a table wrongly.
     */
    public static Optional<TableArn> parseIfTable(String text) {
      int infix = text.indexOf(INFIX);
      if (infix < 0) {
        return Optional.empty();
      }
      String id = text.substring(infix + INFIX.length());
      if (!ID.matcher(id).matches()) {
        throw TablesError.BAD_REQUEST.because("The table id in the ARN is not valid");
      }
      return Optional.of(
          new TableArn(TableBucketArn.parse(text.substring(0, infix)), UUID.fromString(id)));
    }

    public String in(String region) {
      return bucket.in(region) + INFIX + table;
    }
  }
}
